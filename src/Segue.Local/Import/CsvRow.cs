using CsvHelper;

namespace Segue.Local.Import;

/// <summary>One row of a CSV file; valid until the next is asked for.</summary>
internal sealed class CsvRow(CsvColumns columns)
{
    private CsvReader? _reader;

    /// <summary>1-based line where it starts.</summary>
    public long Line { get; private set; }

    /// <summary>The columns.</summary>
    public CsvColumns Columns => columns;

    /// <summary>Its text as it stands in the file.</summary>
    public string Raw => BadRow.Text(_reader!.RawRecord);

    /// <summary>A field's text by its place among the known, trimmed; null where it has no column or is empty.</summary>
    public string? this[int field] => columns.Of(field) is >= 0 and var column ? Column(column) : null;

    /// <summary>A column's text, trimmed; null where it is empty.</summary>
    public string? Column(int column)
    {
        var text = _reader!.GetSpan(column).Trim(" \t"u8);
        return text.IsEmpty ? null : System.Text.Encoding.UTF8.GetString(text);
    }

    /// <summary>Stands on the reader's record.</summary>
    public CsvRow On(CsvReader reader, long line)
    {
        (_reader, Line) = (reader, line);
        return this;
    }
}
