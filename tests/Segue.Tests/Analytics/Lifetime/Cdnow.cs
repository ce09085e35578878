using Segue.Analytics.Lifetime;
using Segue.Tests.Support;

namespace Segue.Tests.Analytics.Lifetime;

/// <summary>The orders that the literature fits its models to.</summary>
internal static class Cdnow
{
    /// <summary>Day 273 of the data, with which the published calibration period ends.</summary>
    public static readonly DateOnly CalibrationEnd = new(1997, 9, 30);

    /// <summary>The last day of the data.</summary>
    public static readonly DateOnly End = new(1998, 6, 30);

    /// <summary>Each customer of a file as it was on a day.</summary>
    public static IReadOnlyList<BuyerHistory> On(DateOnly lastDay, string file = "cdnow-sample.csv") =>
    [
        .. Purchases(file).Select(customer => BuyerHistory.Of(customer.Select(p => (p.At, p.Amount)), lastDay)!.Value),
    ];

    /// <summary>Purchases by customer.</summary>
    public static IEnumerable<IGrouping<string, Purchase>> Purchases(string file = "cdnow-sample.csv") =>
        Purchase.ReadCdnow(SharedData.Path(file)).GroupBy(p => p.Customer);
}
