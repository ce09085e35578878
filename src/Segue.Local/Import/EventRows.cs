using System.Runtime.CompilerServices;
using System.Text.Json;
using Segue.Events;
using Segue.Orders;

namespace Segue.Local.Import;

/// <summary>One event of a file.</summary>
/// <param name="Event">The event with what it says about its customer.</param>
/// <param name="Line">1-based line.</param>
public sealed record EventRow(IncomingEvent Event, long Line);

/// <summary>
/// Reads a file of events: JSON lines as the API takes them, or CSV whose known columns are the event's fields and whose
/// others are its attributes. Rows without an event id get one derived from what they say, so equal rows are one event.
/// </summary>
public static class EventRows
{
    private static readonly string[] Fields = ["customerId", "email", "name", "at", "eventId", "productId", "category", "amount", "currency"];

    private static readonly string[][] Required = [["customerId", "email"], ["name"], ["at"]];

    /// <summary>The file's rows in their order.</summary>
    /// <param name="input">Read once; not closed.</param>
    /// <param name="options">How it is written.</param>
    /// <param name="badRows">Gets every row that is refused; reading goes on.</param>
    /// <param name="cancellation">Stops reading.</param>
    /// <exception cref="ImportRefusedException">The file as a whole is refused.</exception>
    public static async IAsyncEnumerable<EventRow> ReadAsync(Stream input, ImportOptions options, IBadRows badRows,
        [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(badRows);
        var scanner = new RecordScanner(input, options.File);
        var context = options.Context with { DeriveOrderIds = true };
        var rows = await ImportFormats.OfAsync(scanner, options, cancellation) == ImportFormat.JsonLines
            ? LinesAsync(scanner, context, badRows, cancellation) : CsvAsync(scanner, options, context, badRows, cancellation);
        await foreach (var row in rows)
        {
            yield return row;
        }
    }

    private static async IAsyncEnumerable<EventRow> CsvAsync(RecordScanner scanner, ImportOptions options, OrderContext context,
        IBadRows badRows, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var dates = new RowDates(options);
        var attributes = Array.Empty<(int Column, string Name)>();
        void Header(CsvColumns columns) => attributes = [.. columns.Others.Where(c => c.Name.Length > 0).Take(OrderReader.MaxAttributes)];
        await foreach (var row in CsvRows.ReadAsync(scanner, options, Fields, Required, badRows.Add, Header, cancellation))
        {
            var checks = new FieldChecks();
            var draft = new EventDraft
            {
                CustomerId = checks.Id("customerId", row[0]),
                Email = checks.Email("email", row[1]),
                Name = EventNames.Check("name", row[2], checks),
                At = dates.Read("at", row[3], checks),
                EventId = checks.Id("eventId", row[4]),
                ProductId = checks.Id("productId", row[5]),
                Category = checks.Text("category", row[6], 200),
                Amount = checks.Amount("amount", row[7], allowNegative: true),
                Currency = row[8]?.ToUpperInvariant(),
                Attributes = Attributes(row, checks, attributes),
            };
            if (row[3] is null)
            {
                checks.Fail("at", "missing; every row says when");
            }

            if (draft.Finish(context, checks) is { } fact)
            {
                yield return new(fact, row.Line);
            }
            else
            {
                badRows.Add(new(row.Line, row.Raw, [.. checks.Errors.Select(e => e.ToString())]));
            }
        }
    }

    private static async IAsyncEnumerable<EventRow> LinesAsync(RecordScanner scanner, OrderContext context, IBadRows badRows,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var (line, text) in JsonLines.ReadAsync(scanner, badRows, cancellation))
        {
            var result = Read(text, context);
            if (result.Event is { IsAnonymous: false } fact)
            {
                yield return new(fact, line);
            }
            else
            {
                IReadOnlyList<string> reasons = result.Event is not null
                    ? ["customerId: missing; a file's events are customers'"] : [.. result.Errors.Select(e => e.ToString())];
                badRows.Add(new(line, BadRow.Text(text.Span), reasons));
            }
        }
    }

    private static EventReadResult Read(ReadOnlyMemory<byte> text, OrderContext context)
    {
        if (!OrderReader.TryParseJson(text, out var document, out var fault))
        {
            return new(null, [fault!], []);
        }

        using (document)
        {
            return EventReader.Read(document!.RootElement, context);
        }
    }

    private static Dictionary<string, string>? Attributes(CsvRow row, FieldChecks checks, (int Column, string Name)[] columns)
    {
        Dictionary<string, string>? attributes = null;
        foreach (var (column, name) in columns)
        {
            if (checks.Text(name, row.Column(column), OrderReader.MaxAttributeText) is { } text)
            {
                (attributes ??= new(StringComparer.Ordinal))[name] = text;
            }
        }

        return attributes;
    }
}
