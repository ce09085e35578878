using System.Text.Json;
using Segue.Campaigns;
using Segue.Files;

namespace Segue.Http.Campaigns;

/// <summary>Reads the bodies of publishing and of going back.</summary>
internal static class CampaignBody
{
    private const int LongestName = 200;
    private const int LongestPath = 200;

    /// <summary><c>{"by": "who decided it", "files": {"segments.yaml": "…"}}</c>.</summary>
    public static (string By, Dictionary<string, string> Files, IReadOnlyList<RequestFault> Faults) ReadFiling(ReadOnlyMemory<byte> body)
    {
        var (files, faults) = (new Dictionary<string, string>(StringComparer.Ordinal), new List<RequestFault>());
        var by = "";
        Read(body, faults, ["by", "files"], root =>
        {
            by = ReadBy(root, faults);
            if (!root.TryGetProperty("files", out var folder) || folder.ValueKind != JsonValueKind.Object)
            {
                faults.Add(new(0, "files", "wants the folder's files: an object of texts by path, such as {\"segments.yaml\": \"…\"}"));
                return;
            }

            foreach (var file in folder.EnumerateObject())
            {
                var fault = file.Name.Length is 0 or > LongestPath ? $"a path has 1 to {LongestPath} characters"
                    : file.Value.ValueKind != JsonValueKind.String ? "wants the file's text"
                    : !files.TryAdd(file.Name, file.Value.GetString()!.TrimStart('\uFEFF')) ? "stands there twice"
                    : files[file.Name].Length > CampaignFiles.MaxBytes ? $"is too long: a campaign file has at most {CampaignFiles.MaxBytes:N0} bytes" : null;
                if (fault is not null)
                {
                    faults.Add(new(0, $"files.{file.Name[..Math.Min(file.Name.Length, LongestPath)]}", fault));
                }
            }
        });
        return (by, files, faults);
    }

    /// <summary><c>{"by": "who decided it", "to": "a version"}</c>, without <c>to</c> the one before.</summary>
    public static (string By, string? To, IReadOnlyList<RequestFault> Faults) ReadRevert(ReadOnlyMemory<byte> body)
    {
        var faults = new List<RequestFault>();
        var (by, to) = ("", (string?)null);
        Read(body, faults, ["by", "to"], root =>
        {
            by = ReadBy(root, faults);
            if (root.TryGetProperty("to", out var version) && version.ValueKind != JsonValueKind.Null)
            {
                to = version.ValueKind == JsonValueKind.String && version.GetString() is { Length: > 0 and <= 64 } text ? text : null;
                if (to is null)
                {
                    faults.Add(new(0, "to", "wants a version, as GET /api/campaigns names them"));
                }
            }
        });
        return (by, to, faults);
    }

    private static void Read(ReadOnlyMemory<byte> body, List<RequestFault> faults, IReadOnlyList<string> known, Action<JsonElement> read)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                faults.Add(new(0, "", $"The body is one object with {string.Join(" and ", known)}."));
                return;
            }

            foreach (var unknown in document.RootElement.EnumerateObject().Select(p => p.Name).Where(name => !known.Contains(name)))
            {
                faults.Add(new(0, unknown, $"unknown field.{Suggestion.For(unknown, known)}"));
            }

            read(document.RootElement);
        }
        catch (JsonException e)
        {
            faults.Add(new(0, "", $"This is no valid JSON, at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1} of it."));
        }
        catch (InvalidOperationException)
        {
            faults.Add(new(0, "", "A text holds half of a surrogate pair, which is no character."));
        }
    }

    private static string ReadBy(JsonElement root, List<RequestFault> faults)
    {
        if (root.TryGetProperty("by", out var name) && name.ValueKind == JsonValueKind.String && name.GetString()!.Trim() is { Length: > 0 and <= LongestName } by)
        {
            return by;
        }

        faults.Add(new(0, "by", $"wants who decided it, in 1 to {LongestName} characters"));
        return "";
    }
}
