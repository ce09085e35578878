using Segue.Orders;

namespace Segue.Local.Import;

/// <summary>How a file's rows are written.</summary>
public enum ImportFormat
{
    /// <summary>CSV with a header; the separator is found from it.</summary>
    Csv,

    /// <summary>One JSON object a line, as the API takes them.</summary>
    JsonLines,
}

/// <summary>What a file is read with.</summary>
/// <param name="File">Name for messages; its extension tells the format: .jsonl and .ndjson are JSON lines, .csv and .tsv CSV.</param>
/// <param name="Context">Currency, rates and the moment of the import.</param>
/// <param name="TempFolder">
/// Where sort files go while a large file is grouped, made and emptied by the import: one import at a time.
/// </param>
public sealed record ImportOptions(string File, OrderContext Context, string TempFolder)
{
    /// <summary>Rows that are sorted in memory; more go through files in <see cref="TempFolder"/>.</summary>
    public const int DefaultRowsInMemory = 250_000;

    /// <summary>Column names of the file by Segue's own (<c>orderedAt</c> to <c>date</c>).</summary>
    public IReadOnlyDictionary<string, string> Map { get; init; } = new Dictionary<string, string>();

    /// <summary>.NET date format such as <c>yyyyMMdd</c>; null is ISO 8601.</summary>
    public string? DateFormat { get; init; }

    /// <summary>IANA zone of dates that say no offset.</summary>
    public string Zone { get; init; } = "UTC";

    /// <summary>The format, where neither extension nor first byte shall tell.</summary>
    public ImportFormat? Format { get; init; }

    /// <summary>Rows that are sorted in memory.</summary>
    public int RowsInMemory { get; init; } = DefaultRowsInMemory;

    /// <summary>Orders that one <see cref="CustomerOrders"/> holds at most.</summary>
    public int OrdersAtATime { get; init; } = 90;

    /// <summary>Reads <c>name=column</c> pairs as the command line gives them.</summary>
    /// <exception cref="FormatException">One is no such pair, or a name is given twice.</exception>
    public static IReadOnlyDictionary<string, string> ParseMap(IEnumerable<string> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        var map = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var pair in pairs)
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0 || at == pair.Length - 1)
            {
                throw new FormatException($"Found '{pair}'; a mapping is name=column, such as orderedAt=date.");
            }

            if (!map.TryAdd(pair[..at].Trim(), pair[(at + 1)..].Trim()))
            {
                throw new FormatException($"'{pair[..at].Trim()}' is mapped twice.");
            }
        }

        return map;
    }
}
