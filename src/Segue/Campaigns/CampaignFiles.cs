using System.Text;
using Segue.Files;

namespace Segue.Campaigns;

/// <summary>The files of a campaigns folder on disk.</summary>
public static class CampaignFiles
{
    /// <summary>The largest file that is read, in bytes.</summary>
    public const int MaxBytes = 1024 * 1024;

    private static readonly string[] _folders = ["journeys", "emails", "surveys"];

    private static readonly UTF8Encoding _utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads the texts of a campaigns folder, for <see cref="CampaignFolder"/>.</summary>
    /// <param name="directory">The folder.</param>
    /// <param name="errors">Takes what can't be read: no folder, a file over <see cref="MaxBytes"/>, or one that is not UTF-8.</param>
    /// <returns>Texts by path within the folder, with <c>/</c>. Schemas, notes and hidden files are left out.</returns>
    public static IReadOnlyDictionary<string, string> Read(string directory, FileErrors errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (!Directory.Exists(directory))
        {
            errors.Add(new FileError(directory, 0, "", "There is no such folder; expected a campaigns folder."));
            return files;
        }

        foreach (var folder in _folders.Prepend(""))
        {
            var path = Path.Combine(directory, folder);
            foreach (var file in Directory.Exists(path) ? Directory.EnumerateFiles(path) : [])
            {
                var name = folder.Length == 0 ? Path.GetFileName(file) : $"{folder}/{Path.GetFileName(file)}";
                if (Belongs(name) && ReadText(file, name, errors) is { } text)
                {
                    files.Add(name, text);
                }
            }
        }

        return files;
    }

    /// <summary>Whether a path within the folder is one that <see cref="CampaignFolder"/> reads.</summary>
    internal static bool IsRead(string path) => path is CampaignFolder.SegmentsFileName or CampaignFolder.SettingsFileName
        || IsJourney(path) || IsSurvey(path) || IsIn("emails/", path, ".hbs") || IsIn("", path, ".csv");

    /// <summary>Whether a path within the folder is that of a journey.</summary>
    internal static bool IsJourney(string path) => IsIn("journeys/", path, ".yaml");

    /// <summary>Whether a path within the folder is that of a survey.</summary>
    internal static bool IsSurvey(string path) => IsIn("surveys/", path, ".yaml");

    private static bool IsIn(string folder, string path, string extension) =>
        path.StartsWith(folder, StringComparison.Ordinal) && path.EndsWith(extension, StringComparison.Ordinal)
        && path.IndexOf('/', folder.Length) < 0;

    // Files that look like campaign files but are none are kept, so that loading can warn that they are not read.
    private static bool Belongs(string path) => !Path.GetFileName(path).StartsWith('.')
        && (IsRead(path) || path.Contains('/', StringComparison.Ordinal) || Path.GetExtension(path) is ".yaml" or ".yml");

    private static string? ReadText(string file, string name, FileErrors errors)
    {
        using var stream = File.OpenRead(file);
        if (stream.Length > MaxBytes)
        {
            errors.Add(new FileError(name, 0, "", $"Found {stream.Length:N0} bytes; a campaign file has at most {MaxBytes:N0}."));
            return null;
        }

        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        try
        {
            return _utf8.GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException e)
        {
            var line = 1 + bytes.AsSpan(0, Math.Clamp(e.Index, 0, bytes.Length)).Count((byte)'\n');
            errors.Add(new FileError(name, line, "", "Found bytes that are not UTF-8; save the file as UTF-8."));
            return null;
        }
    }
}
