using System.Text.RegularExpressions;

namespace Segue.Tests.Infra;

/// <summary>The workflows run nothing that could change under us, and hold no secret.</summary>
public sealed partial class WorkflowTests
{
    public static TheoryData<string> Files => [.. Directory.EnumerateFiles(InfraFiles.Workflows, "*.yml").Select(f => Path.GetFileName(f))];

    [Theory]
    [MemberData(nameof(Files))]
    public void Actions_ArePinnedByCommit(string file)
    {
        var used = Uses().Matches(Read(file)).Select(m => m.Groups[1].Value).ToList();
        Assert.NotEmpty(used);
        Assert.All(used, action => Assert.Matches(@"^[\w.-]+/[\w.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", action));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Rights_AreNamed_AndNoSecretIsRead(string file)
    {
        var text = Read(file);
        Assert.Contains("\npermissions:\n  contents: read\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("secrets.", text, StringComparison.Ordinal);
        Assert.DoesNotContain(": write", text.Replace("id-token: write", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("persist-credentials: false", text, StringComparison.Ordinal);
    }

    /// <summary>What a request for a merge says (title, branch, a typed input) never becomes part of a script.</summary>
    [Theory]
    [MemberData(nameof(Files))]
    public void Scripts_TakeValuesFromTheEnvironmentAlone(string file)
    {
        Assert.All(Script().Matches(Read(file)).Select(m => m.Value), script => Assert.DoesNotContain("${{", script, StringComparison.Ordinal));
    }

    [Fact]
    public void SameActionAndCompiler_HaveOneVersionEverywhere()
    {
        var all = string.Concat(Directory.EnumerateFiles(InfraFiles.Workflows, "*.yml").Select(File.ReadAllText));
        var actions = Uses().Matches(all).Select(m => m.Groups[1].Value).Distinct().ToList();
        Assert.Equal(actions.Count, actions.DistinctBy(a => a.Split('@')[0]).Count());
        Assert.Single(BicepVersion().Matches(all).Select(m => m.Value).Distinct());
    }

    [Fact]
    public void Deploy_GivesEveryVariableThatParametersRead()
    {
        var read = Variable().Matches(InfraFiles.Read("prod.bicepparam")).Select(m => m.Groups[1].Value);
        var deploy = Read("deploy.yml");

        // The mail service's key is set in the vault by an operator: the workflow never sees it.
        Assert.All(read.Where(name => name != "SENDGRID_API_KEY"), name => Assert.Contains($"{name}: ${{{{", deploy.Replace("segue-${{", "${{", StringComparison.Ordinal), StringComparison.Ordinal));
    }

    private static string Read(string file) => File.ReadAllText(Path.Combine(InfraFiles.Workflows, file));

    [GeneratedRegex(@"uses: (.+)$", RegexOptions.Multiline)]
    private static partial Regex Uses();

    [GeneratedRegex(@"run: \|\n((?:          .*\n|\n)+)|run: [^|\n]+\n")]
    private static partial Regex Script();

    [GeneratedRegex(@"az bicep install --version v\S+")]
    private static partial Regex BicepVersion();

    [GeneratedRegex(@"readEnvironmentVariable\('(\w+)'")]
    private static partial Regex Variable();
}
