using Segue.Analytics;
using Segue.Analytics.Lifetime;

namespace Segue.Segmentation.Predictions;

/// <summary>
/// A prediction as it would have been made some months ago, beside what happened since: fitted to what was known then, of the customers
/// known then.
/// </summary>
/// <param name="From">The first day predicted.</param>
/// <param name="Until">The last.</param>
/// <param name="Customers">Customers known then.</param>
/// <param name="Predicted">Purchase days predicted.</param>
/// <param name="Actual">Purchase days that there were.</param>
/// <param name="ByRepeats">The same by repeats before; the last line takes all from it on.</param>
public sealed record FitCheck(DateOnly From, DateOnly Until, long Customers, double Predicted, long Actual, IReadOnlyList<FitCheckLine> ByRepeats)
{
    /// <summary>The check; null where too little was known then.</summary>
    /// <param name="sketch">All customers.</param>
    /// <param name="at">The calibration's moment.</param>
    /// <param name="start">What to look for the model of then from: today's.</param>
    internal static FitCheck? Of(ValueSketch sketch, DateTimeOffset at, BgNbd start)
    {
        if (sketch.Earlier.Customers < ValueModel.LeastBuyers || sketch.Earlier.Observed < ValueModel.LeastDays / 2)
        {
            return null;
        }

        try
        {
            var (from, until) = (ValueSketch.CheckFrom(at), DateOnly.FromDateTime(at.UtcDateTime));
            var patterns = sketch.Earlier.ToPatterns().ToList();
            var model = BgNbdFit.Of(patterns, start).Model;
            var weeks = (until.DayNumber - from.DayNumber + 1) / 7.0;
            var lines = patterns.GroupBy(p => Math.Min(p.Repeats, ValueSketch.MostRepeats)).OrderBy(g => g.Key).Select(g => new FitCheckLine(
                g.Key, g.Sum(p => p.Customers), Math.Round(g.Sum(p => p.Customers * model.ExpectedPurchases(p, weeks)), 1), sketch.Since[g.Key])).ToList();
            return new(from, until, lines.Sum(l => l.Customers), Math.Round(lines.Sum(l => l.Predicted), 1), lines.Sum(l => l.Actual), lines);
        }
        catch (AnalyticsException)
        {
            return null;
        }
    }
}

/// <summary>Customers with so many repeats before, their purchase days predicted and those that there were.</summary>
public sealed record FitCheckLine(int Repeats, long Customers, double Predicted, long Actual);
