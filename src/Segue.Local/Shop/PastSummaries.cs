using Segue.Customers;
using Segue.Http.Reports;
using Segue.Orders;
using Segue.Ports;
using Segue.Segmentation;
using Segue.Storage;

namespace Segue.Local.Shop;

/// <summary>What customers' summaries were at an earlier moment, from the orders placed up to it.</summary>
internal static class PastSummaries
{
    /// <summary>Counts by segment and stage at a moment, calibrated by what lay before it.</summary>
    /// <param name="rows">All rows, ordered by table and partition.</param>
    /// <param name="evaluator">Decides where each customer stood.</param>
    /// <param name="at">The moment.</param>
    /// <param name="withProspects">
    /// Whether those who never ordered count too: nothing says since when they are known, so they count as known then.
    /// </param>
    public static GroupCounter Count(
        IEnumerable<(string Table, Row Row)> rows, Evaluator evaluator, DateTimeOffset at, bool withProspects)
    {
        var customers = Of(rows, evaluator, at, withProspects).ToList();
        var sketch = evaluator.NewSketch();
        foreach (var customer in customers)
        {
            sketch.Add(customer, at);
        }

        var calibration = customers.Count == 0 ? null : sketch.ToCalibration("past", at, initial: true);
        var counter = new GroupCounter(evaluator);
        foreach (var customer in customers)
        {
            counter.Add(customer, calibration, at);
        }

        return counter;
    }

    /// <summary>The rows of each customer.</summary>
    /// <param name="rows">All rows, ordered by table and partition.</param>
    public static IEnumerable<IReadOnlyList<Row>> ByCustomer(IEnumerable<(string Table, Row Row)> rows) =>
        rows.Where(r => r.Table == Tables.Customers).Select(r => r.Row).ChunkBy(r => r.Partition);

    /// <summary>The customers who had an order by then, and those who never had one where they count.</summary>
    private static IEnumerable<CustomerSummary> Of(
        IEnumerable<(string Table, Row Row)> rows, Evaluator evaluator, DateTimeOffset at, bool withProspects)
    {
        foreach (var customer in ByCustomer(rows))
        {
            var profile = customer.FirstOrDefault(r => r.Key == CustomerRows.Profile);
            var all = customer.Where(r => r.Key.StartsWith(CustomerRows.Orders, StringComparison.Ordinal))
                .Select(r => RowJson.Unpack(r, SegueJson.Default.Order)).ToList();
            var orders = all.Where(o => o.OrderedAt <= at).ToList();
            if (profile is not null && (orders.Count > 0 || (withProspects && all.Count == 0)))
            {
                var now = RowJson.Unpack(profile, SegueJson.Default.CustomerProfile).Summary;
                yield return now with
                {
                    Purchases = PurchaseHistory.Summarise(orders, s => Lifecycle.ChurnBound(s, evaluator.LifecycleSettings, null)),
                };
            }
        }
    }

    private static IEnumerable<IReadOnlyList<Row>> ChunkBy(this IEnumerable<Row> rows, Func<Row, string> key)
    {
        List<Row> chunk = [];
        foreach (var row in rows)
        {
            if (chunk.Count > 0 && key(chunk[0]) != key(row))
            {
                yield return chunk;
                chunk = [];
            }

            chunk.Add(row);
        }

        if (chunk.Count > 0)
        {
            yield return chunk;
        }
    }
}
