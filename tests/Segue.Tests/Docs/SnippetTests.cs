using System.Text.Json;
using System.Text.RegularExpressions;
using Segue.Campaigns;
using Segue.Files;
using Segue.Local.Commands;
using Segue.Tests.Campaigns;
using Segue.Tests.Local.Commands;

namespace Segue.Tests.Docs;

/// <summary>What pages tell people to write or to run is right.</summary>
public sealed partial class SnippetTests
{
    private const string Program = "dotnet run --project src/Segue.Local";

    public static TheoryData<string> AllPages { get; } = [.. Pages.All];

    [Theory]
    [MemberData(nameof(AllPages))]
    public void CampaignFiles_OfAPage_AreAValidFolderTogetherWithWhatShips(string page)
    {
        var errors = new FileErrors();
        var files = new Dictionary<string, string>(CampaignFiles.Read(ShippedFolder.Path, errors));
        foreach (var snippet in Pages.SnippetsOf(page).Where(s => s.File.Length > 0))
        {
            files[snippet.File] = snippet.Code;
        }

        CampaignFolder.Load(files, errors);
        Assert.True(errors.Errors.Count == 0, string.Join('\n', errors.Errors));
    }

    [Theory]
    [MemberData(nameof(AllPages))]
    public void Commands_OfAPage_AreTakenByTheCommandLine(string page)
    {
        var root = new SegueCommandLine(new FakeShop(), TimeProvider.System, new(TextWriter.Null, TextWriter.Null, TextReader.Null)).Root;
        foreach (var line in Pages.SnippetsOf(page).Where(s => s.Language is "sh" or "").SelectMany(s => s.Code.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n')))
        {
            if (line.Trim().StartsWith(Program, StringComparison.Ordinal))
            {
                var words = line.Trim()[Program.Length..].Split('#')[0].Trim();
                var parsed = root.Parse(words.StartsWith("--", StringComparison.Ordinal) ? words[2..].Trim() : words);
                Assert.True(parsed.Errors.Count == 0, $"{page}: {line.Trim()}: {string.Join(' ', parsed.Errors.Select(e => e.Message))}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(AllPages))]
    public void JsonBodies_OfAPage_AreJson(string page)
    {
        foreach (var snippet in Pages.SnippetsOf(page))
        {
            var bodies = CurlBody().Matches(snippet.Code).Select(m => m.Groups["body"].Value);
            foreach (var body in bodies.Concat(snippet.Language == "json" && !snippet.Code.Contains('…', StringComparison.Ordinal) ? [snippet.Code] : []))
            {
                try
                {
                    JsonDocument.Parse(body).Dispose();
                }
                catch (JsonException e)
                {
                    Assert.Fail($"{snippet}: {e.Message}");
                }
            }
        }
    }

    [GeneratedRegex(@"\s-d '(?<body>[^@'][^']*)'")]
    private static partial Regex CurlBody();
}
