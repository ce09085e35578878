using System.Runtime.CompilerServices;
using Segue.Customers;
using Segue.Orders;

namespace Segue.Local.Import;

/// <summary>Reads a file of orders of any size in flat memory and hands its orders on by customer.</summary>
public static class OrderImport
{
    private const int RowsBetweenReports = 8192;

    /// <summary>
    /// The file's orders, customer by customer in the order of their ids, each customer's in time order. Rows without an
    /// order id get a derived one: equal rows of a customer are told apart by their number, so a file read twice gives the
    /// same ids and two equal purchases stay two.
    /// </summary>
    /// <param name="input">Read once, from its position on; not closed.</param>
    /// <param name="options">How it is written.</param>
    /// <param name="badRows">Gets every row that is refused; reading goes on.</param>
    /// <param name="progress">Told now and then, and at the end.</param>
    /// <param name="cancellation">Stops reading.</param>
    /// <exception cref="ImportRefusedException">The file as a whole is refused: header, encoding, format, zone.</exception>
    public static async IAsyncEnumerable<CustomerOrders> ReadAsync(Stream input, ImportOptions options, IBadRows badRows,
        IProgress<ImportProgress>? progress = null, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(badRows);
        using var sorter = new RowSorter(options.TempFolder, options.RowsInMemory);
        var scanner = new RecordScanner(input, options.File);
        var total = input.CanSeek ? input.Length : (long?)null;
        long good = 0, bad = 0, grouped = 0;
        void Report() => progress?.Report(new(scanner.BytesRead, total, good + bad, bad, grouped));
        void Bad(BadRow row)
        {
            badRows.Add(row);
            if (++bad % RowsBetweenReports == 0)
            {
                Report();
            }
        }

        var rows = await ImportFormats.OfAsync(scanner, options, cancellation) == ImportFormat.JsonLines
            ? JsonRows.ReadAsync(scanner, options, badRows, Bad, cancellation)
            : OrderRows.ReadAsync(scanner, options, badRows, Bad, cancellation);
        await foreach (var (row, extra) in rows)
        {
            sorter.Add(row, extra);
            if (++good % RowsBetweenReports == 0)
            {
                Report();
            }
        }

        foreach (var orders in Group(sorter.Sorted(), options.OrdersAtATime))
        {
            cancellation.ThrowIfCancellationRequested();
            var reports = grouped / RowsBetweenReports;
            yield return orders;
            grouped += orders.Orders.Count;
            if (grouped / RowsBetweenReports != reports)
            {
                Report();
            }
        }

        Report();
    }

    private static IEnumerable<CustomerOrders> Group(IEnumerable<StagedRow> rows, int atATime)
    {
        string? customer = null;
        string? content = null;
        var equal = 0;
        var facts = CustomerFacts.None;
        List<Order> orders = [];
        List<long> lines = [];
        CustomerOrders Flush()
        {
            var flushed = new CustomerOrders(customer!, facts.IsEmpty ? null : facts, orders, lines);
            (orders, lines) = ([], []);
            return flushed;
        }

        foreach (var (order, said, line) in rows)
        {
            if (order.CustomerId != customer || orders.Count == atATime)
            {
                if (orders.Count > 0)
                {
                    yield return Flush();
                }

                if (order.CustomerId != customer)
                {
                    (customer, content, facts) = (order.CustomerId, null, CustomerFacts.None);
                }
            }

            equal = order.DerivedId && order.OrderId == content ? equal + 1 : 1;
            content = order.OrderId;
            orders.Add(equal == 1 ? order : order with { OrderId = DerivedOrderId.Nth(order.OrderId, equal) });
            lines.Add(line);
            facts = said.IsEmpty ? facts : facts.With(said, refusalStays: true);
        }

        if (orders.Count > 0)
        {
            yield return Flush();
        }
    }
}
