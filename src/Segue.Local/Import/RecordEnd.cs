namespace Segue.Local.Import;

/// <summary>Where a record ends, by the rules that the CSV reader goes by: RFC 4180, and any line end.</summary>
internal static class RecordEnd
{
    /// <summary>More bytes are needed.</summary>
    public const int Unknown = -1;

    /// <summary>A quote that opened a field is not closed as it should be: by a quote before a separator or a line end.</summary>
    public const int BadQuote = -2;

    /// <summary>Bytes up to and with the line end, or <see cref="Unknown"/> where it is not there yet.</summary>
    public static int OfLine(ReadOnlySpan<byte> bytes, bool isLast)
    {
        var at = bytes.IndexOfAny((byte)'\n', (byte)'\r');
        if (at < 0)
        {
            return isLast && bytes.Length > 0 ? bytes.Length : Unknown;
        }

        if (bytes[at] == '\n')
        {
            return at + 1;
        }

        if (at + 1 == bytes.Length)
        {
            return isLast ? at + 1 : Unknown;
        }

        return bytes[at + 1] == '\n' ? at + 2 : at + 1;
    }

    /// <summary>Bytes of a record of which the first line is known, with its line end.</summary>
    /// <param name="bytes">From the record's first byte on.</param>
    /// <param name="firstLine">What <see cref="OfLine"/> found.</param>
    /// <param name="separator">Between fields.</param>
    /// <param name="isLast">No bytes follow these.</param>
    public static int OfRecord(ReadOnlySpan<byte> bytes, int firstLine, byte separator, bool isLast)
    {
        if (!bytes[..firstLine].Contains((byte)'"'))
        {
            return firstLine;
        }

        var at = 0;
        while (at < bytes.Length)
        {
            if (bytes[at] == '"')
            {
                at = Close(bytes, at + 1);
                if (at == bytes.Length)
                {
                    return isLast ? at : Unknown;
                }

                if (at == Unknown)
                {
                    return isLast ? BadQuote : Unknown;
                }

                if (bytes[at] != separator && bytes[at] is not ((byte)'\n' or (byte)'\r'))
                {
                    return BadQuote;
                }
            }
            else
            {
                var end = bytes[at..].IndexOfAny(separator, (byte)'\n', (byte)'\r');
                at = end < 0 ? bytes.Length : at + end;
                if (at == bytes.Length)
                {
                    return isLast ? at : Unknown;
                }
            }

            if (bytes[at] != separator)
            {
                var line = OfLine(bytes[at..], isLast);
                return line == Unknown ? Unknown : at + line;
            }

            at++;
        }

        return isLast ? at : Unknown;
    }

    /// <summary>The place after the closing quote, or <see cref="Unknown"/>.</summary>
    private static int Close(ReadOnlySpan<byte> bytes, int at)
    {
        while (true)
        {
            var quote = bytes[at..].IndexOf((byte)'"');
            if (quote < 0)
            {
                return Unknown;
            }

            at += quote + 1;
            if (at == bytes.Length || bytes[at] != '"')
            {
                return at;
            }

            at++;
        }
    }
}
