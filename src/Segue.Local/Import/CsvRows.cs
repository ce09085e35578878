using System.Runtime.CompilerServices;
using CsvHelper;

namespace Segue.Local.Import;

/// <summary>Reads the rows of a CSV file; those that are no rows of this file go to the bad ones.</summary>
internal static class CsvRows
{
    /// <summary>All rows that have as many fields as the header. One object serves all rows.</summary>
    /// <exception cref="ImportRefusedException">The header is wrong.</exception>
    public static async IAsyncEnumerable<CsvRow> ReadAsync(RecordScanner scanner, ImportOptions options, string[] fields,
        string[][] required, Action<BadRow> bad, Action<CsvColumns> onHeader, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var separator = CsvDialect.Separator((await scanner.PeekLineAsync(cancellation)).Span);
        var csv = new CsvReaderOptions
        {
            HasHeader = false, Separator = (char)separator, TrimWhitespace = false, TrackLineNumbers = true, DetectSeparatorHint = false,
        };
        CsvRow? row = null;
        await foreach (var run in scanner.ReadAsync(separator, cancellation))
        {
            if (run.Fault is not null)
            {
                if (row is null)
                {
                    throw new ImportRefusedException(new(options.File, (int)run.Line, "", $"The header can't be read: {run.Fault}."));
                }

                bad(new(run.Line, BadRow.Text(run.Bytes.Span), [run.Fault]));
                continue;
            }

            using var reader = CsvReader.Create(run.Bytes, csv);
            while (reader.Read())
            {
                var line = run.Line + reader.LineNumber - 1;
                if (row is null)
                {
                    var headers = reader.Current.ToArray().Select(h => h.Trim()).ToArray();
                    row = new(CsvColumns.Find(headers, fields, required, options, (int)line));
                    onHeader(row.Columns);
                }
                else if (reader.FieldCount != row.Columns.Count)
                {
                    bad(new(line, row.On(reader, line).Raw, [$"found {reader.FieldCount} fields where the header has {row.Columns.Count}"]));
                }
                else
                {
                    yield return row.On(reader, line);
                }
            }
        }

        if (row is null)
        {
            CsvColumns.Find([], fields, required, options, 1);
        }
    }
}
