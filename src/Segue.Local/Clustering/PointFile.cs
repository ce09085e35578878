using System.Globalization;
using CsvHelper;
using Segue.Analytics.Clustering;
using Segue.Files;
using Segue.Local.Import;

namespace Segue.Local.Clustering;

/// <summary>Reads number columns of a CSV file with a header.</summary>
internal static class PointFile
{
    /// <summary>The columns named, as points.</summary>
    /// <exception cref="RefusedException">The file has not these columns, no rows, or text where a number belongs.</exception>
    public static PointSet Read(string file, IReadOnlyList<string> columns)
    {
        var text = File.ReadAllBytes(file);
        var csv = new CsvReaderOptions
        {
            HasHeader = false, Separator = (char)CsvDialect.Separator(FirstLine(text)), TrimWhitespace = true, TrackLineNumbers = true,
            DetectSeparatorHint = false,
        };
        using var reader = CsvReader.Create(text.AsMemory(), csv);
        if (!reader.Read())
        {
            throw new RefusedException($"{file} is empty; expected a header and rows.");
        }

        var header = reader.Current.ToArray();
        var places = columns.Select(c => Find(file, header, c)).ToArray();
        var values = columns.Select(_ => new List<double>()).ToArray();
        while (reader.Read())
        {
            var cells = reader.Current.ToArray();
            for (var j = 0; j < places.Length; j++)
            {
                var cell = places[j] < cells.Length ? cells[places[j]] : "";
                if (!double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value))
                {
                    throw new RefusedException(
                        $"{new FileError(file, (int)reader.LineNumber, columns[j], $"Found '{cell}'; expected a number such as 12.5.")}");
                }

                values[j].Add(value);
            }
        }

        return values[0].Count == 0 ? throw new RefusedException($"{file} has a header and no rows.")
            : PointSet.FromColumns([.. values.Select(v => v.ToArray())]);
    }

    private static ReadOnlySpan<byte> FirstLine(ReadOnlySpan<byte> text) => text.IndexOf((byte)'\n') is >= 0 and var end ? text[..end] : text;

    private static int Find(string file, string[] header, string column)
    {
        var at = Array.FindIndex(header, h => string.Equals(h.Trim(), column, StringComparison.OrdinalIgnoreCase));
        return at >= 0 ? at : throw new RefusedException(
            $"{new FileError(file, 1, column, $"There is no such column; found {string.Join(", ", header)}.{Suggestion.For(column, header)}")}");
    }
}
