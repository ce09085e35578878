using System.Globalization;
using Segue.Analytics;
using Segue.Analytics.Lifetime;
using Segue.Customers;

namespace Segue.Segmentation.Predictions;

/// <summary>
/// The models of predicted value, fitted at a calibration. A prediction is as of the calibration's day, or of the customer's last order
/// where that is later: an order changes it at once, time alone never.
/// </summary>
public sealed record ValueModel
{
    /// <summary>Under so many buyers nothing is predicted.</summary>
    public const int LeastBuyers = 500;

    /// <summary>Under so many days of history nothing is predicted.</summary>
    public const int LeastDays = 182;

    /// <summary>Months ahead that the predicted value is of.</summary>
    public const int Months = 12;

    /// <summary>Discount rate of a year; 0.1 is 10 %.</summary>
    public const double YearlyDiscount = 0.1;

    private const double WeeksAMonth = 365.25 / 12 / 7;

    /// <summary>The last day observed.</summary>
    public required DateOnly LastDay { get; init; }

    /// <summary>How often customers buy and when they leave; time in weeks.</summary>
    public required BgNbd Purchases { get; init; }

    /// <summary>The log-likelihood of it, a sum over customers.</summary>
    public required double LogLikelihood { get; init; }

    /// <summary>The standard errors of r, alpha, a, b; null where the likelihood is flat.</summary>
    public IReadOnlyList<double?> StandardErrors { get; set; } = [];

    /// <summary>Customers fitted to.</summary>
    public required long Customers { get; init; }

    /// <summary>What they spend each time; null where that can't be told.</summary>
    public GammaGamma? Spend { get; init; }

    /// <summary>Customers with a repeat purchase that it rests on.</summary>
    public long Spenders { get; init; }

    /// <summary>What first orders say; null where too few customers have a year behind them.</summary>
    public FirstBuyers? FirstBuyers { get; init; }

    /// <summary>How good a prediction made some months ago turned out to be; null where there was too little to make it of.</summary>
    public FitCheck? Check { get; init; }

    /// <summary>What a customer is expected to spend in the next twelve months, in the shop's currency; null where that can't be told.</summary>
    /// <param name="customer">The customer.</param>
    /// <param name="calibration">The calibration in force.</param>
    public static decimal? Predict(CustomerSummary customer, Calibration? calibration)
    {
        ArgumentNullException.ThrowIfNull(customer);
        return customer.NoProfilingSince is null && calibration?.Predictions is { } model && BuyerFacts.Of(customer.Purchases) is { } buyer ? model.Value(buyer) : null;
    }

    /// <summary>Fits the models; null with the reason where they can't be.</summary>
    /// <param name="sketch">All customers.</param>
    /// <param name="at">The calibration's moment.</param>
    /// <param name="previous">The model before, to start from.</param>
    /// <param name="remarks">Takes what is not as it should be.</param>
    public static ValueModel? Of(ValueSketch sketch, DateTimeOffset at, ValueModel? previous, ICollection<string> remarks)
    {
        ArgumentNullException.ThrowIfNull(sketch);
        ArgumentNullException.ThrowIfNull(remarks);
        if (sketch.Patterns.Customers < LeastBuyers || sketch.Patterns.Observed < LeastDays)
        {
            remarks.Add(string.Create(CultureInfo.InvariantCulture, $"Predictions need {LeastBuyers} buyers and half a year of history; there are {sketch.Patterns.Customers:N0} and {sketch.Patterns.Observed:N0} days. ")
                + "Until then go by first purchases: firstOrderAmount: top 10% of first orders.");
            return null;
        }

        try
        {
            var fit = BgNbdFit.Of(sketch.Patterns.ToPatterns(), previous?.Purchases);
            var spend = Fit(sketch.Spends, previous?.Spend, remarks);
            return new()
            {
                LastDay = DateOnly.FromDateTime(at.UtcDateTime),
                Purchases = fit.Model,
                LogLikelihood = fit.LogLikelihood,
                StandardErrors = [.. fit.StandardErrors.Select(e => double.IsFinite(e) ? e : (double?)null)],
                Customers = fit.Customers,
                Spend = spend?.Model,
                Spenders = spend?.Customers ?? 0,
                FirstBuyers = FirstBuyers.Of(sketch.FirstOrders),
                Check = FitCheck.Of(sketch, at, fit.Model),
            };
        }
        catch (AnalyticsException e)
        {
            remarks.Add(e.Message);
            return null;
        }
    }

    /// <summary>The probability that the customer will ever buy again, 0 to 1; null before the second purchase, which the model can't tell.</summary>
    public decimal? ProbabilityAlive(BuyerFacts buyer)
    {
        ArgumentNullException.ThrowIfNull(buyer);
        return buyer.Repeats == 0 ? null : decimal.Round((decimal)Purchases.ProbabilityAlive(buyer.Pattern(LastDay.DayNumber)), 4);
    }

    /// <summary>Purchase days expected in the next months.</summary>
    public double ExpectedPurchases(BuyerFacts buyer, int months)
    {
        ArgumentNullException.ThrowIfNull(buyer);
        return Purchases.ExpectedPurchases(buyer.Pattern(LastDay.DayNumber), months * WeeksAMonth);
    }

    /// <summary>
    /// The money expected in the next <see cref="Months"/> months, discounted, in the shop's currency; null where nothing can be said. Of
    /// one-time buyers it is what <see cref="FirstBuyers"/> says, less as their silence grows.
    /// </summary>
    public decimal? Value(BuyerFacts buyer)
    {
        ArgumentNullException.ThrowIfNull(buyer);
        var pattern = buyer.Pattern(LastDay.DayNumber);
        if (buyer.Repeats == 0 && FirstBuyers is { } first)
        {
            var year = Months * WeeksAMonth;
            var left = Purchases.ExpectedPurchases(pattern, year) / Purchases.ExpectedPurchases(pattern with { Observed = 0 }, year);
            return Rounded((double)first.ValueOf(buyer.FirstAmount, buyer.FirstCategory) * left / Math.Sqrt(1 + YearlyDiscount));
        }

        if (Spend is not { MeanSpend: not null } spend)
        {
            return null;
        }

        var each = buyer.RepeatMean > 0 ? spend.ExpectedSpend(buyer.Repeats, (double)buyer.RepeatMean) : spend.ExpectedSpend(0, 0);
        return Rounded(LifetimeValue.Of(Purchases, pattern, each, Months, WeeksAMonth, Math.Pow(1 + YearlyDiscount, 1.0 / 12) - 1));
    }

    private static GammaGammaFit? Fit(SpendCounts spends, GammaGamma? previous, ICollection<string> remarks)
    {
        try
        {
            return GammaGammaFit.Of(spends.ToPatterns(), previous);
        }
        catch (AnalyticsException e)
        {
            remarks.Add(e.Message);
            return null;
        }
    }

    private static decimal Rounded(double money) => decimal.Round((decimal)Math.Min(money, 1e15), 2);
}
