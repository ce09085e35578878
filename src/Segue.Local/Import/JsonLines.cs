using System.Runtime.CompilerServices;

namespace Segue.Local.Import;

/// <summary>The lines of a JSON lines file, blank ones skipped.</summary>
internal static class JsonLines
{
    /// <summary>Each line with its number from 1; valid until the next is asked for.</summary>
    public static async IAsyncEnumerable<(long Line, ReadOnlyMemory<byte> Text)> ReadAsync(
        RecordScanner scanner, IBadRows badRows, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var run in scanner.ReadAsync(null, cancellation))
        {
            if (run.Fault is not null)
            {
                badRows.Add(new(run.Line, BadRow.Text(run.Bytes.Span), [run.Fault]));
                continue;
            }

            var line = run.Line;
            for (var rest = run.Bytes; rest.Length > 0; line++)
            {
                var length = RecordEnd.OfLine(rest.Span, true);
                var text = rest[..length];
                rest = rest[length..];
                if (!text.Span.Trim(" \t\r\n"u8).IsEmpty)
                {
                    yield return (line, text);
                }
            }
        }
    }
}
