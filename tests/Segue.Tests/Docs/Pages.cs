using System.Text.RegularExpressions;
using Segue.Tests.Campaigns;

namespace Segue.Tests.Docs;

/// <summary>The repository's pages for people, and what is fenced off in them.</summary>
internal static partial class Pages
{
    /// <summary>The repository's folder.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(ShippedFolder.Path, "..", ".."));

    /// <summary>All Markdown files, relative to <see cref="Root"/>.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. new[] { Root, Path.Combine(Root, ".github"), Path.Combine(Root, "docs"), Path.Combine(Root, "infra") }
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.md", folder == Root ? SearchOption.TopDirectoryOnly : SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/')).Order(StringComparer.Ordinal),
    ];

    /// <summary>A page's text.</summary>
    public static string Read(string page) => File.ReadAllText(Path.Combine(Root, page)).ReplaceLineEndings("\n");

    /// <summary>What is fenced off or indented as code in a page.</summary>
    public static IEnumerable<Snippet> SnippetsOf(string page)
    {
        var text = Read(page);
        foreach (Match match in Fences().Matches(text))
        {
            yield return new(page, match.Groups["language"].Value, match.Groups["file"].Value, match.Groups["code"].Value);
        }

        foreach (Match match in Indented().Matches(Fences().Replace(text, "")))
        {
            yield return new(page, "sh", "", string.Join('\n', match.Value.Trim('\n').Split('\n').Select(line => line.Length > 4 ? line[4..] : "")));
        }
    }

    [GeneratedRegex(@"(?:<!-- file: (?<file>\S+) -->\n)?^```(?<language>\w*)\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fences();

    [GeneratedRegex(@"(?<=\n\n)(?: {4}[^\n]*\n|\n(?= {4}))+")]
    private static partial Regex Indented();
}

/// <summary>A piece of code in a page.</summary>
/// <param name="Page">The page.</param>
/// <param name="Language">The fence's word; <c>sh</c> for what is only indented.</param>
/// <param name="File">The file that the reader is told to write it to, below the campaigns folder; empty for none.</param>
/// <param name="Code">The code.</param>
internal sealed record Snippet(string Page, string Language, string File, string Code)
{
    /// <summary>For the list of tests.</summary>
    public override string ToString() => $"{Page}: {Code.Trim().Split('\n')[0]}";
}
