using Segue.Files;

namespace Segue.Local.Import;

/// <summary>Tells CSV from JSON lines.</summary>
internal static class ImportFormats
{
    /// <summary>As the user says, else by extension, else by the first byte.</summary>
    /// <exception cref="ImportRefusedException">It is a JSON document and not lines.</exception>
    public static async ValueTask<ImportFormat> OfAsync(RecordScanner scanner, ImportOptions options, CancellationToken cancellation)
    {
        var first = (await scanner.PeekLineAsync(cancellation)).Span.TrimStart(" \t"u8);
        if (first is [(byte)'[', ..])
        {
            throw new ImportRefusedException(new FileError(options.File, 1, "",
                "Found a JSON array; a file holds one JSON object a line, or CSV."));
        }

        return options.Format ?? Path.GetExtension(options.File).ToUpperInvariant() switch
        {
            ".JSONL" or ".NDJSON" => ImportFormat.JsonLines,
            ".CSV" or ".TSV" => ImportFormat.Csv,
            _ => first is [(byte)'{', ..] ? ImportFormat.JsonLines : ImportFormat.Csv,
        };
    }
}
