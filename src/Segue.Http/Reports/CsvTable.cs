using System.Globalization;
using System.Text;
using Segue.Files;

namespace Segue.Http.Reports;

/// <summary>A table as RFC 4180 has it. What a spreadsheet would take for a formula is made text by an apostrophe.</summary>
internal sealed class CsvTable
{
    private static readonly char[] _quoted = ['"', ',', '\r', '\n'];
    private readonly StringBuilder _text = new();

    public CsvTable(params IEnumerable<string> columns) => Row(columns);

    /// <summary>Adds a row: text, numbers, days; null is nothing.</summary>
    public void Row(params IEnumerable<object?> cells)
    {
        _text.AppendJoin(',', cells.Select(Cell)).Append("\r\n");
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    private static string Cell(object? value)
    {
        var text = value switch
        {
            null => "",
            string s => SpreadsheetText.Safe(s),
            DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString() ?? "",
        };
        return text.IndexOfAny(_quoted) < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
