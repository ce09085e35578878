using Bogus;

namespace Segue.Local.Demo;

/// <summary>When a customer buys: days since the shop's history began.</summary>
internal static class DemoBehaviour
{
    /// <summary>The days of a customer's orders, ascending, each from 0 to before the last day.</summary>
    /// <param name="kind">How they behave.</param>
    /// <param name="first">The history's first day.</param>
    /// <param name="days">Days that it has.</param>
    /// <param name="random">The customer's own draws.</param>
    public static IReadOnlyList<int> OrderDays(DemoKind kind, DateOnly first, int days, Randomizer random)
    {
        var start = FirstDay(kind, days, random);
        IEnumerable<int> found = kind switch
        {
            DemoKind.OneTime => [start],
            DemoKind.Loyal => Regular(start, days, random.Double(20, 55), random),
            DemoKind.BigSpender => Regular(start, random.Bool(0.7f) ? days : Math.Min(days, start + random.Int(120, 320)), random.Double(30, 75), random),
            DemoKind.SmallBasket => Regular(start, days, random.Double(16, 34), random),
            DemoKind.Lapsing => Lapsing(start, days, random),
            DemoKind.Seasonal => Seasonal(first, days, random).Prepend(start),
            _ => [],
        };
        return [.. found.Where(d => d >= 0 && d < days).Distinct().Order()];
    }

    /// <summary>The shop grows: later days bring more first orders. Regulars were mostly there early.</summary>
    private static int FirstDay(DemoKind kind, int days, Randomizer random)
    {
        var share = random.Double();
        return (int)(days * (kind is DemoKind.OneTime or DemoKind.Seasonal ? Math.Sqrt(share) : Math.Pow(share, 1.1)));
    }

    private static IEnumerable<int> Regular(int start, int until, double gap, Randomizer random)
    {
        for (double day = start; day < until; day += Math.Max(2, gap * Spread(random)))
        {
            yield return (int)day;
        }
    }

    private static IEnumerable<int> Lapsing(int start, int days, Randomizer random)
    {
        var orders = random.Int(2, 8);
        var gap = random.Double(18, 45);
        double day = start;
        for (var i = 0; i < orders; i++)
        {
            yield return (int)day;
            day += Math.Max(2, gap * Spread(random));
        }

        // One in eight comes back after a silence of months, once or twice.
        if (random.Bool(0.125f))
        {
            day += random.Int(75, 200);
            yield return (int)day;
            yield return (int)(random.Bool() ? day + random.Int(12, 40) : days);
        }
    }

    private static IEnumerable<int> Seasonal(DateOnly first, int days, Randomizer random)
    {
        for (var day = 0; day < days; day++)
        {
            var chance = first.AddDays(day).Month switch { 11 => 0.022f, 12 => 0.03f, 4 or 5 => 0.012f, _ => 0.001f };
            if (random.Bool(chance))
            {
                yield return day;
            }
        }
    }

    /// <summary>A factor around 1, seldom under a half or over two: log-normal.</summary>
    private static double Spread(Randomizer random)
    {
        var normal = Math.Sqrt(-2 * Math.Log(1 - random.Double())) * Math.Cos(2 * Math.PI * random.Double());
        return Math.Exp(0.38 * normal);
    }
}
