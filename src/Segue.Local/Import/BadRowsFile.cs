using System.Globalization;
using CsvHelper;
using Segue.Files;

namespace Segue.Local.Import;

/// <summary>Writes refused rows to <c>NAME.bad.csv</c> (line, reasons, raw); without any there is no file.</summary>
public sealed class BadRowsFile : IBadRows, IDisposable
{
    private const int Shown = 3;
    private readonly List<string> _warnings = [];
    private readonly List<BadRow> _first = [];
    private CsvWriter? _csv;

    /// <summary>Removes the file of an earlier import, so that what is there is always of the last.</summary>
    /// <param name="input">Path of the file that is imported.</param>
    /// <param name="folder">Where to write; null is beside the input.</param>
    public BadRowsFile(string input, string? folder = null)
    {
        ArgumentNullException.ThrowIfNull(input);
        FilePath = Path.Combine(folder ?? Path.GetDirectoryName(Path.GetFullPath(input))!, Path.GetFileName(input) + ".bad.csv");
        if (File.Exists(FilePath))
        {
            File.Delete(FilePath);
        }
    }

    /// <summary>Where the rows go.</summary>
    public string FilePath { get; }

    /// <summary>Rows written.</summary>
    public long Count { get; private set; }

    /// <summary>The first few rows written, for whoever looks at the screen and not into the file.</summary>
    public IReadOnlyList<BadRow> First => _first;

    /// <summary>Remarks on the file as a whole.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <inheritdoc/>
    public void Add(BadRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (_csv is null)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
            _csv = CsvWriter.ToFile(FilePath, CsvWriterOptions.Default with { NewLine = "\n" });
            _csv.WriteRecord(["line", "reasons", "raw"]);
        }

        _csv.WriteRecord([row.Line.ToString(CultureInfo.InvariantCulture), string.Join("; ", row.Reasons), SpreadsheetText.Safe(row.Raw)]);
        Count++;
        if (_first.Count < Shown)
        {
            _first.Add(row);
        }
    }

    /// <inheritdoc/>
    public void Warn(string message) => _warnings.Add(message);

    /// <inheritdoc/>
    public void Dispose() => _csv?.Dispose();
}
