using System.Runtime.CompilerServices;
using System.Text;
using Segue.Orders;

namespace Segue.Local.Import;

/// <summary>Reads the lines of a JSON lines file of orders.</summary>
internal static class JsonRows
{
    /// <summary>Kinds of ignored fields that are told; a file repeats its own in every line.</summary>
    private const int MaxRemarks = 20;

    /// <summary>Every line as an order or with its faults; blank lines are skipped.</summary>
    public static async IAsyncEnumerable<RowResult> ReadAsync(RecordScanner scanner, ImportOptions options, IBadRows remarks,
        Action<BadRow> bad, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var context = options.Context with { DeriveOrderIds = true };
        var told = new HashSet<string>();
        await foreach (var run in scanner.ReadAsync(null, cancellation))
        {
            if (run.Fault is not null)
            {
                bad(new(run.Line, BadRow.Text(run.Bytes.Span), [run.Fault]));
                continue;
            }

            var line = run.Line;
            for (var rest = run.Bytes; rest.Length > 0; line++)
            {
                var length = RecordEnd.OfLine(rest.Span, true);
                var text = rest[..length];
                rest = rest[length..];
                if (text.Span.Trim(" \t\r\n"u8).IsEmpty)
                {
                    continue;
                }

                var result = OrderReader.Read(text, context);
                foreach (var warning in result.Warnings.Where(w => told.Count < MaxRemarks && told.Add(WithoutIndex(w.Path))))
                {
                    remarks.Warn($"Line {line}: {warning}");
                }

                if (result.Order is { } order)
                {
                    yield return new(new(order.Order, order.Customer, line), text.Length);
                }
                else
                {
                    bad(new(line, BadRow.Text(text.Span), [.. result.Errors.Select(e => e.ToString())]));
                }
            }
        }
    }

    private static string WithoutIndex(string path) =>
        new StringBuilder().AppendJoin('.', path.Split('.').Select(p => p.Split('[')[0])).ToString();
}
