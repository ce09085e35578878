namespace Segue.Files;

/// <summary>Text for files that people open in spreadsheets, which take what begins like a formula for one and run it.</summary>
/// <remarks>Source: OWASP, "CSV Injection".</remarks>
public static class SpreadsheetText
{
    private const string Beginnings = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

    /// <summary>The text, with an apostrophe before it where a spreadsheet would take it for a formula.</summary>
    public static string Safe(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var said = text.AsSpan().TrimStart(' ');
        return said.Length > 0 && Beginnings.Contains(said[0], StringComparison.Ordinal) ? "'" + text : text;
    }
}
