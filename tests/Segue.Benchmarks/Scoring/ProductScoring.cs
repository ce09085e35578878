using Segue.Customers;
using Segue.Orders;
using Segue.Segmentation;

namespace Segue.Benchmarks.Scoring;

/// <summary>
/// The product's own way from summaries on: what a calibration collects of everybody, its cut points, and then everybody's
/// segment. Summaries are added up order by order in a table here; in the product they are kept, not made.
/// </summary>
internal static class ProductScoring
{
    /// <summary>Adds orders up into one summary a customer.</summary>
    public static CustomerSummary[] Aggregate(OrderTable orders)
    {
        var (count, cents) = (new int[orders.Customers], new long[orders.Customers]);
        var (first, last, lastCents) = (new long[orders.Customers], new long[orders.Customers], new int[orders.Customers]);
        for (var i = 0; i < orders.Customer.Length; i++)
        {
            var (c, at) = (orders.Customer[i], orders.At[i]);
            if (count[c]++ == 0 || at < first[c])
            {
                first[c] = at;
            }

            if (count[c] == 1 || at >= last[c])
            {
                (last[c], lastCents[c]) = (at, orders.Cents[i]);
            }

            cents[c] += orders.Cents[i];
        }

        return [.. Enumerable.Range(0, orders.Customers).Where(c => count[c] > 0).Select(c => new CustomerSummary
        {
            Purchases = new()
            {
                Orders = count[c], TotalSpend = cents[c] / 100m, FirstOrderAt = OrderTable.MomentOf(first[c]), LastOrderAt = OrderTable.MomentOf(last[c]),
                LastOrderAmount = lastCents[c] / 100m, PurchaseDays = count[c],
            },
        })];
    }

    /// <summary>Calibrates scores on all summaries and counts segments by them.</summary>
    public static (Calibration Calibration, Dictionary<string, int> Segments) Score(Evaluator evaluator, CustomerSummary[] customers)
    {
        var sketch = evaluator.NewSketch();
        foreach (var customer in customers)
        {
            sketch.Add(customer, OrderTable.Now);
        }

        var calibration = sketch.ToCalibration("c", OrderTable.Now, initial: true);
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var customer in customers)
        {
            var segment = evaluator.Evaluate(customer, calibration, OrderTable.Now).Segment;
            counts[segment] = counts.GetValueOrDefault(segment) + 1;
        }

        return (calibration, counts);
    }
}
