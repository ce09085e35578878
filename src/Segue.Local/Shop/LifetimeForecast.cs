using Segue.Analytics;
using Segue.Analytics.Lifetime;
using Segue.Customers;
using Segue.Local.Commands;
using Segue.Orders;
using Segue.Ports;
using Segue.Storage;

namespace Segue.Local.Shop;

/// <summary>Fits the models of predicted value to the orders of a shop and checks them against what came after.</summary>
internal static class LifetimeForecast
{
    private const double WeeksAMonth = 365.25 / 12 / 7;

    /// <summary>From so many repeats on customers share a line: there are few of each.</summary>
    private const int LastLine = 7;

    // Under this the models say little: see "Predicted value" in the documentation of segments.
    private const int FewBuyers = 500;
    private const int FewDays = 182;

    private static readonly int[] Periods = [3, 6, 12];

    /// <summary>Makes the forecast.</summary>
    /// <param name="rows">All rows, ordered by table and partition.</param>
    /// <param name="request">What is asked for.</param>
    /// <exception cref="AnalyticsException">There are no orders, or they don't determine the models.</exception>
    public static ClvResult Of(IEnumerable<(string Table, Row Row)> rows, ClvRequest request)
    {
        var customers = PastSummaries.ByCustomer(rows).Select(Purchases).Where(p => p.Count > 0).ToList();
        if (customers.Count == 0)
        {
            throw new AnalyticsException("There are no orders to learn from; import some first.");
        }

        var last = customers.Max(c => c.Max(p => Day(p.At)));
        var until = request.Until ?? last;
        var known = customers.Select(c => (Purchases: c, History: BuyerHistory.Of(c, until))).Where(c => c.History is not null)
            .Select(c => (c.Purchases, History: c.History!.Value)).ToList();
        if (known.Count == 0)
        {
            throw new AnalyticsException($"Nobody had bought by {until:yyyy-MM-dd}.");
        }

        var remarks = Remarks(known.Count, customers.Min(c => c.Min(p => Day(p.At))), until);
        var purchases = BgNbdFit.Of(known.Select(c => c.History.Pattern));
        var spend = Spend(known.Select(c => c.History.Spend).OfType<SpendPattern>(), remarks);
        return new(
            until, known.Count, Result(purchases), spend is null ? null : Result(spend),
            [.. Periods.Select(months => Forecast(months, purchases.Model, spend?.Model, known.Select(c => c.History), request.YearlyDiscount))],
            last > until ? Holdout(purchases.Model, known, until, last) : null, remarks);
    }

    private static List<(DateTimeOffset At, decimal Money)> Purchases(IReadOnlyList<Row> customer) =>
        [.. PurchaseHistory.CountedWithNet(customer.Where(r => r.Key.StartsWith(CustomerRows.Orders, StringComparison.Ordinal))
            .Select(r => RowJson.Unpack(r, SegueJson.Default.Order))).Select(o => (o.Order.OrderedAt, o.Net))];

    private static List<string> Remarks(int buyers, DateOnly first, DateOnly until)
    {
        var remarks = new List<string>();
        if (buyers < FewBuyers)
        {
            remarks.Add($"Only {buyers:N0} customers have bought: under {FewBuyers:N0} these figures say little.");
        }

        if (until.DayNumber - first.DayNumber < FewDays)
        {
            remarks.Add("There is less than half a year of history: these figures say little.");
        }

        return remarks;
    }

    private static GammaGammaFit? Spend(IEnumerable<SpendPattern> patterns, List<string> remarks)
    {
        try
        {
            return GammaGammaFit.Of(patterns);
        }
        catch (AnalyticsException e)
        {
            remarks.Add(e.Message);
            return null;
        }
    }

    private static ForecastPeriod Forecast(
        int months, BgNbd model, GammaGamma? spend, IEnumerable<BuyerHistory> customers, double yearlyDiscount)
    {
        var (purchases, value) = (0.0, 0.0);
        var rate = Math.Pow(1 + yearlyDiscount, 1.0 / 12) - 1;
        foreach (var same in customers.GroupBy(c => c.Pattern))
        {
            purchases += same.Count() * model.ExpectedPurchases(same.Key, months * WeeksAMonth);
            if (spend is { MeanSpend: not null })
            {
                var each = same.Sum(c => spend.ExpectedSpend(c.Spend is { Mean: > 0 } s ? s.Repeats : 0, c.Spend?.Mean ?? 0));
                value += LifetimeValue.Of(model, same.Key, each, months, WeeksAMonth, rate);
            }
        }

        return new(months, purchases, spend?.MeanSpend is null ? null : value);
    }

    private static HoldoutResult Holdout(
        BgNbd model, IReadOnlyList<(List<(DateTimeOffset At, decimal Money)> Purchases, BuyerHistory History)> known, DateOnly until, DateOnly last)
    {
        var weeks = (last.DayNumber - until.DayNumber) / 7.0;
        var each = known.Select(c => (
            c.History.Pattern.Repeats,
            Predicted: model.ExpectedPurchases(c.History.Pattern, weeks),
            Actual: (long)BuyerHistory.Of(c.Purchases, last)!.Value.Pattern.Repeats - c.History.Pattern.Repeats)).ToList();
        return new(
            last, each.Sum(c => c.Predicted), each.Sum(c => c.Actual),
            [.. each.GroupBy(c => Math.Min(c.Repeats, LastLine)).OrderBy(g => g.Key)
                .Select(g => new HoldoutLine(g.Key, g.Count(), g.Average(c => c.Predicted), g.Average(c => (double)c.Actual)))]);
    }

    private static DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);

    private static BgNbdResult Result(BgNbdFit fit) => new(
        fit.Model.R, fit.Model.Alpha, fit.Model.A, fit.Model.B, fit.LogLikelihood, Errors(["r", "alpha", "a", "b"], fit.StandardErrors));

    private static GammaGammaResult Result(GammaGammaFit fit) => new(
        fit.Model.P, fit.Model.Q, fit.Model.V, fit.Customers, Errors(["p", "q", "v"], fit.StandardErrors));

    private static Dictionary<string, double?> Errors(string[] names, IReadOnlyList<double> errors) =>
        names.Zip(errors).ToDictionary(e => e.First, e => double.IsFinite(e.Second) ? e.Second : (double?)null);
}
