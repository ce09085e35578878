using System.Text.RegularExpressions;

namespace Segue.Tests.Docs;

/// <summary>Links within the repository lead somewhere.</summary>
public sealed partial class LinkTests
{
    public static TheoryData<string> AllPages { get; } = [.. Pages.All];

    [Theory]
    [MemberData(nameof(AllPages))]
    public void Links_OfAPage_LeadToFilesAndHeadingsThatAreThere(string page)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Pages.Root, page))!;
        foreach (Match link in Link().Matches(Fenced().Replace(Pages.Read(page), "")))
        {
            var target = link.Groups["target"].Value;
            if (target.Contains("://", StringComparison.Ordinal) || target.StartsWith("mailto:", StringComparison.Ordinal))
            {
                continue;
            }

            var parts = target.Split('#');
            var file = parts[0].Length == 0 ? Path.Combine(Pages.Root, page) : Path.GetFullPath(Path.Combine(folder, parts[0]));
            Assert.True(File.Exists(file) || Directory.Exists(file), $"{page}: {target} is not there.");
            Assert.True(parts.Length == 1 || Anchors(file).Contains(parts[1]), $"{page}: {target}: there is no such heading.");
        }
    }

    /// <summary>As GitHub makes them of headings.</summary>
    private static HashSet<string> Anchors(string file) =>
    [
        .. Heading().Matches(Fenced().Replace(File.ReadAllText(file).ReplaceLineEndings("\n"), ""))
            .Select(h => NotInAnchors().Replace(h.Groups["title"].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-')),
    ];

    [GeneratedRegex(@"!?\[[^\]]*\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#+ (?<title>.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchors();

    [GeneratedRegex(@"^```.*?^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fenced();
}
