using HandlebarsDotNet;
using Segue.Campaigns;
using Segue.Files;

namespace Segue.Email;

/// <summary>
/// Reads the files of <c>emails/</c>: <c>NAME.hbs</c> is an e-mail, <c>_layout.hbs</c> what stands around every one, any other
/// <c>_NAME.hbs</c> a part that others include with <c>{{&gt; NAME}}</c>.
/// </summary>
public static class EmailFiles
{
    /// <summary>The keys of the front matter.</summary>
    internal static IReadOnlyList<string> FrontMatterKeys { get; } = ["subject", "preheader"];

    private const string Folder = "emails/";

    private const string Extension = ".hbs";

    private const string LayoutName = "_layout";

    /// <summary>Checks and compiles all e-mails.</summary>
    /// <param name="files">Text by path, <c>emails/NAME.hbs</c>; other paths are passed over.</param>
    /// <param name="formats">How money and dates are shown.</param>
    /// <param name="errors">Takes every fault.</param>
    /// <returns>The templates by name; null for one with a fault, or where layout or a part has one.</returns>
    public static IReadOnlyDictionary<string, EmailTemplate?> Parse(
        IReadOnlyDictionary<string, string> files, EmailFormats formats, FileErrors errors)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(errors);
        var named = files.Where(f => f.Key.LastIndexOf('/') == Folder.Length - 1
                && f.Key.StartsWith(Folder, StringComparison.Ordinal) && f.Key.EndsWith(Extension, StringComparison.Ordinal))
            .OrderBy(f => f.Key, StringComparer.Ordinal)
            .ToDictionary(f => f.Key[Folder.Length..^Extension.Length], f => f);
        var parts = named.Where(f => f.Key.StartsWith('_') && f.Key != LayoutName).ToDictionary(f => f.Key[1..], f => f.Value.Value);
        var folder = new EmailFolder(formats, parts, errors);
        foreach (var (name, _) in parts)
        {
            folder.CheckPart(named["_" + name].Key, parts[name]);
        }

        folder.UseLayout(named.TryGetValue(LayoutName, out var layout) ? layout : new("emails/_layout.hbs", DefaultLayout.Html));
        return named.Where(f => !f.Key.StartsWith('_')).ToDictionary(f => f.Key, f => folder.Compile(f.Key, f.Value.Key, f.Value.Value));
    }
}
