using System.Text.RegularExpressions;
using Segue.Tests.Segmentation;

namespace Segue.Tests.Infra;

/// <summary>The files that describe Segue on Azure, as text: no compiler is needed to see that they fit the code.</summary>
internal static partial class InfraFiles
{
    public static string Folder { get; } = Path.Combine(Given.Root(), "infra");

    public static string Workflows { get; } = Path.Combine(Given.Root(), ".github", "workflows");

    public static IReadOnlyList<string> Bicep { get; } =
        [.. Directory.EnumerateFiles(Folder, "*.bicep", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    public static string Read(params string[] path) => File.ReadAllText(Path.Combine([Folder, .. path]));

    /// <summary>The strings of <c>var name = [ 'a' 'b' ]</c>.</summary>
    public static IReadOnlyList<string> Strings(string bicep, string name)
    {
        var list = Regex.Match(bicep, $@"^var {name} = \[(.*?)^\]", RegexOptions.Multiline | RegexOptions.Singleline);
        Assert.True(list.Success, $"There is no list {name}.");
        return [.. QuotedString().Matches(list.Groups[1].Value).Select(m => m.Groups[1].Value)];
    }

    /// <summary>Every resource that is made (not one that is only referred to), by type, with its text.</summary>
    public static IEnumerable<(string File, string Type, string Text)> Resources() =>
        from file in Bicep
        from match in Resource().Matches(File.ReadAllText(file))
        select (Path.GetFileName(file), match.Groups[1].Value, match.Value);

    [GeneratedRegex("'([^']+)'")]
    private static partial Regex QuotedString();

    [GeneratedRegex(@"^resource \w+ '([^@']+)@[^']+' =.*?^[}\]]", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Resource();
}
