namespace Segue.Local.Import;

/// <summary>Tells a CSV file's separator from its header line.</summary>
internal static class CsvDialect
{
    /// <summary>Of comma, semicolon and tab the one that the header has most of outside quotes; a comma where it has none.</summary>
    public static byte Separator(ReadOnlySpan<byte> header)
    {
        Span<int> counts = stackalloc int[3];
        var quoted = false;
        foreach (var b in header)
        {
            if (b == '"')
            {
                quoted = !quoted;
            }
            else if (!quoted && ",;\t"u8.IndexOf(b) is >= 0 and var which)
            {
                counts[which]++;
            }
        }

        return counts[1] > counts[0] && counts[1] >= counts[2] ? (byte)';' : counts[2] > counts[0] ? (byte)'\t' : (byte)',';
    }
}
