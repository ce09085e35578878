using HandlebarsDotNet;
using Segue.Campaigns;
using Segue.Files;

namespace Segue.Email;

/// <summary>
/// Reads the files of <c>emails/</c>: <c>NAME.hbs</c> is an e-mail, <c>NAME.de.hbs</c> the same in another language,
/// <c>_layout.hbs</c> what stands around every one (<c>_layout-NAME.hbs</c> around those whose front matter names it), any other
/// <c>_NAME.hbs</c> a part that others include with <c>{{&gt; NAME}}</c>.
/// </summary>
public static class EmailFiles
{
    /// <summary>The keys of the front matter.</summary>
    internal static IReadOnlyList<string> FrontMatterKeys { get; } = ["subject", "preheader", "from", "fromName", "replyTo", "layout", "requires", "survey"];

    private const string Folder = "emails/";

    private const string Extension = ".hbs";

    /// <summary>Checks and compiles all e-mails.</summary>
    /// <param name="files">Text by path, <c>emails/NAME.hbs</c>; other paths are passed over.</param>
    /// <param name="formats">How money and dates are shown.</param>
    /// <param name="errors">Takes every fault.</param>
    /// <returns>The templates by name; null for one with a fault, or where layout or a part has one.</returns>
    public static IReadOnlyDictionary<string, EmailTemplate?> Parse(
        IReadOnlyDictionary<string, string> files, EmailFormats formats, FileErrors errors)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(formats);
        ArgumentNullException.ThrowIfNull(errors);
        var all = files.Where(f => f.Key.LastIndexOf('/') == Folder.Length - 1
                && f.Key.StartsWith(Folder, StringComparison.Ordinal) && f.Key.EndsWith(Extension, StringComparison.Ordinal))
            .OrderBy(f => f.Key, StringComparer.Ordinal)
            .Select(f => EmailFile.Of(f.Key, f.Key[Folder.Length..^Extension.Length], f.Value)).ToList();
        var written = CompileAll(all.Where(f => f.Locale is null).ToList(), [], formats, errors);
        var translated = new Dictionary<string, Dictionary<string, EmailTemplate>>();
        foreach (var language in all.Where(f => f.Locale is not null).GroupBy(f => f.Locale!))
        {
            foreach (var (name, template) in CompileAll([.. language], [.. all.Where(f => f.Locale is null)], formats with { Locale = language.Key }, errors))
            {
                if (!written.ContainsKey(name))
                {
                    errors.Add(new FileError(language.First(f => f.Name == name).Path, 0, "",
                        $"This translates '{name}', which there is none of.{Suggestion.For(name, written.Keys)}"));
                }
                else if (template is not null)
                {
                    (translated.TryGetValue(name, out var of) ? of : translated[name] = [])[language.Key] = template;
                }
            }
        }

        return written.ToDictionary(
            w => w.Key, w => w.Value is { } t && translated.TryGetValue(w.Key, out var others) ? t.In(others) : w.Value);
    }

    /// <summary>Compiles the e-mails of one language, with its parts and layouts in place of those of the language written in.</summary>
    private static Dictionary<string, EmailTemplate?> CompileAll(
        List<EmailFile> files, List<EmailFile> behind, EmailFormats formats, FileErrors errors)
    {
        var own = files.Where(f => f.IsPart).ToDictionary(f => f.Name);
        var shared = behind.Where(f => f.IsPart && !own.ContainsKey(f.Name)).Concat(own.Values).ToDictionary(f => f.Name);
        var parts = shared.Where(f => !f.Value.IsLayout).ToDictionary(f => f.Key[1..], f => f.Value.Text);
        var folder = new EmailFolder(formats, parts, errors);
        foreach (var part in shared.Values.Where(f => !f.IsLayout).OrderBy(f => f.Path, StringComparer.Ordinal))
        {
            folder.AddPart(part.Path, part.Name[1..], part.Text, told: !own.ContainsKey(part.Name));
        }

        foreach (var layout in shared.Values.Where(f => f.IsLayout).OrderBy(f => f.Path, StringComparer.Ordinal))
        {
            folder.AddLayout(layout.Path, layout.LayoutName, layout.Text, told: !own.ContainsKey(layout.Name));
        }

        return files.Where(f => !f.IsPart).ToDictionary(f => f.Name, f => folder.Compile(f.Name, f.Path, f.Text));
    }
}

/// <summary>One file of <c>emails/</c>.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Name">Its name without language.</param>
/// <param name="Locale">Its language in lower case, or null.</param>
/// <param name="Text">What is in it.</param>
internal sealed record EmailFile(string Path, string Name, string? Locale, string Text)
{
    private const string Layout = "_layout";

    public bool IsPart => Name.StartsWith('_');

    public bool IsLayout => Name == Layout || Name.StartsWith(Layout + "-", StringComparison.Ordinal);

    public string LayoutName => Name == Layout ? "" : Name[(Layout.Length + 1)..];

    public static EmailFile Of(string path, string name, string text)
    {
        var dot = name.LastIndexOf('.');
        return dot > 0 && IsLocale(name[(dot + 1)..]) ? new(path, name[..dot], name[(dot + 1)..].ToLowerInvariant(), text) : new(path, name, null, text);
    }

    private static bool IsLocale(string tag) =>
        tag.Split('-') is [{ Length: 2 or 3 } language, ..] parts && language.All(char.IsAsciiLetter)
        && parts.Skip(1).All(p => p.Length is > 1 and <= 8 && p.All(char.IsAsciiLetterOrDigit));
}
