using Segue.Campaigns;
using Segue.Files;

namespace Segue.Email;

/// <summary>An e-mail's file, taken apart.</summary>
internal sealed record FrontMatter(
    string Subject, int SubjectLine, string Preheader, int PreheaderLine, string Html, int HtmlLine)
{
    /// <summary>The sender of this mail, where it is not the settings'.</summary>
    public string? From { get; init; }

    /// <summary>The sender's name of this mail, where it is not the settings'.</summary>
    public string? FromName { get; init; }

    /// <summary>Where answers to this mail go, where it is not the settings'.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>The layout, by the name of <c>_layout-NAME.hbs</c>; null for the folder's own.</summary>
    public string? Layout { get; init; }

    /// <summary>The survey whose question it asks, or null.</summary>
    public string? Survey { get; init; }

    /// <summary>What must be there when the mail is sent, else it is not: recommendations, product, cart.</summary>
    public IReadOnlyList<string> Requires { get; init; } = [];

    /// <summary>What may be required.</summary>
    public static IReadOnlyList<string> Requirable { get; } = ["recommendations", "product", "cart"];

    private static List<string> ReadRequires(YamlValue value, FileErrors errors)
    {
        var required = new List<string>();
        foreach (var item in value.IsList ? value.Items : [value])
        {
            if (item.Text is { } name && Requirable.Contains(name))
            {
                required.Add(name);
            }
            else
            {
                errors.Add(item, $"Found {item.Found}; expected one of {string.Join(", ", Requirable)}, or a list of them.");
            }
        }

        return required;
    }

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
        var from = map["from"] is { } f ? SettingValues.ReadAddress(f, errors) : null;
        var fromName = map["fromName"]?.ReadText("the sender's name, on one line", errors);
        var replyTo = map["replyTo"] is { } r ? SettingValues.ReadAddress(r, errors) : null;
        var layout = map["layout"]?.ReadId(errors);
        var survey = map["survey"]?.ReadId(errors);
        var requires = map["requires"] is { } needed ? ReadRequires(needed, errors) : [];
        var html = string.Join('\n', lines[(end + 1)..]);
        if (string.IsNullOrWhiteSpace(html))
        {
            errors.Add(new FileError(file, end + 1, "html", "Found no HTML behind the front matter."));
        }

        return errors.Errors.Count > before ? null
            : new(subjectText!, subject!.Line, preheaderText ?? "", preheader?.Line ?? 1, html, end + 2)
            {
                From = from,
                FromName = fromName,
                ReplyTo = replyTo,
                Layout = layout,
                Survey = survey,
                Requires = requires,
            };
    }
}
