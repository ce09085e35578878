using Segue.Campaigns;
using Segue.Files;

namespace Segue.Email;

/// <summary>An e-mail's file, taken apart.</summary>
internal sealed record FrontMatter(
    string Subject, int SubjectLine, string Preheader, int PreheaderLine, string Html, int HtmlLine)
{
    private const string Fence = "---";

    /// <summary>Takes a file apart; null after adding what is wrong.</summary>
    public static FrontMatter? Read(string file, string text, FileErrors errors)
    {
        var lines = ContentHash.Normalise(text).Split('\n');
        var end = lines[0].TrimEnd() == Fence ? Array.FindIndex(lines, 1, l => l.TrimEnd() == Fence) : -1;
        if (end < 0)
        {
            errors.Add(new FileError(file, 1, "", "Found no front matter; expected '---', 'subject: …', 'preheader: …', '---', and then the HTML."));
            return null;
        }

        // The fence becomes an empty line, so that lines keep their numbers.
        var before = errors.Errors.Count;
        var yaml = new FileErrors();
        var map = YamlValue.Parse(file, "\n" + string.Join('\n', lines[1..end]), yaml);
        foreach (var error in yaml.Errors)
        {
            errors.Add(error with
            {
                Message = error.Message + " A text that begins with '{' or holds ': ' or ' #' must stand in double quotes.",
            });
        }

        if (map is null || !map.IsMapOf(errors, EmailFiles.FrontMatterKeys))
        {
            return null;
        }

        const string OneLine = "text on one line; in double quotes where it begins with '{'";
        var subject = map.Required("subject", "the subject line", errors);
        var subjectText = subject?.ReadText(OneLine, errors);
        var preheader = map["preheader"];
        var preheaderText = preheader?.ReadText(OneLine, errors);
        var html = string.Join('\n', lines[(end + 1)..]);
        if (string.IsNullOrWhiteSpace(html))
        {
            errors.Add(new FileError(file, end + 1, "html", "Found no HTML behind the front matter."));
        }

        return errors.Errors.Count > before ? null
            : new(subjectText!, subject!.Line, preheaderText ?? "", preheader?.Line ?? 1, html, end + 2);
    }
}
