using Segue.Files;

namespace Segue.Local.Import;

/// <summary>Which column of a file holds which field.</summary>
internal sealed class CsvColumns
{
    private readonly int[] _at;
    private readonly string[] _headers;

    private CsvColumns(int[] at, string[] headers)
    {
        _at = at;
        _headers = headers;
    }

    /// <summary>Columns of the file.</summary>
    public int Count => _headers.Length;

    /// <summary>Columns that hold no field, with their names.</summary>
    public IEnumerable<(int Column, string Name)> Others =>
        _headers.Select((h, i) => (i, h)).Where(c => !_at.Contains(c.i));

    /// <summary>The column of a field (by its place among the known), or -1.</summary>
    public int Of(int field) => _at[field];

    /// <summary>How messages call a field: with the file's own name for it, where that is another.</summary>
    public string Name(string field, int index) =>
        _at[index] < 0 || _headers[_at[index]].Equals(field, StringComparison.OrdinalIgnoreCase) ? field
            : $"{field} (column '{_headers[_at[index]]}')";

    /// <summary>Finds the fields in a header.</summary>
    /// <param name="headers">The file's names.</param>
    /// <param name="fields">Segue's names.</param>
    /// <param name="required">Groups of fields of which each needs one; the first is named where none is there.</param>
    /// <param name="options">The mapping, and the file's name for errors.</param>
    /// <param name="line">The header's line.</param>
    /// <exception cref="ImportRefusedException">A column is missing or there twice, or the mapping names what is not there.</exception>
    public static CsvColumns Find(
        string[] headers, string[] fields, string[][] required, ImportOptions options, int line)
    {
        ImportRefusedException Refuse(string field, string message) => new(new FileError(options.File, line, field, message));
        foreach (var name in options.Map.Keys.Where(n => !fields.Contains(n, StringComparer.OrdinalIgnoreCase)))
        {
            throw Refuse(name, $"There is no field '{name}' to map a column to.{Suggestion.For(name, fields)}");
        }

        var map = new Dictionary<string, string>(options.Map, StringComparer.OrdinalIgnoreCase);
        int Place(string field)
        {
            var wanted = map.GetValueOrDefault(field, field);
            var places = headers.Select((h, i) => (h, i)).Where(h => h.h.Equals(wanted, StringComparison.OrdinalIgnoreCase)).ToList();
            return places.Count switch
            {
                1 => places[0].i,
                0 when !map.ContainsKey(field) => -1,
                0 => throw Refuse(field, $"There is no column '{wanted}'; found {Found(headers)}.{Near(wanted, headers)}"),
                _ => throw Refuse(field, $"There are {places.Count} columns '{wanted}'; rename one or map {field} to another."),
            };
        }

        var at = fields.Select(Place).ToArray();
        foreach (var group in required.Where(g => !g.Any(f => at[Array.IndexOf(fields, f)] >= 0)))
        {
            throw Refuse(group[0], $"The column '{group[0]}' is missing; found {Found(headers)}.{Near(group[0], headers)} "
                + $"A column of another name is given by --map {group[0]}=NAME.");
        }

        return new(at, headers);
    }

    private static string Found(string[] headers) =>
        headers.Length == 0 ? "nothing" : FieldNames(string.Join(", ", headers.Select(h => $"'{h}'")));

    private static string FieldNames(string all) => all.Length <= 500 ? all : all[..500] + "…";

    /// <summary>The near name only: all of them stand in the message already.</summary>
    private static string Near(string wanted, string[] headers)
    {
        var near = Suggestion.For(wanted, headers.Where(h => h.Length is > 0 and < 60));
        return near.StartsWith(" Did", StringComparison.Ordinal) ? near : "";
    }
}
