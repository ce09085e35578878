namespace Segue.Local.Commands;

/// <summary>The models of predicted value, fitted. Time is in weeks.</summary>
/// <param name="Until">The last day observed.</param>
/// <param name="Customers">Customers who had bought by then.</param>
/// <param name="Bgnbd">How often they buy and when they leave.</param>
/// <param name="GammaGamma">What they spend each time; null where nothing says so, with the reason in <paramref name="Remarks"/>.</param>
/// <param name="Forecast">What they are expected to buy.</param>
/// <param name="Holdout">What was predicted beside what happened after <paramref name="Until"/>; null where nothing did.</param>
/// <param name="Remarks">What is not as it should be for a forecast.</param>
public sealed record ClvResult(
    DateOnly Until,
    long Customers,
    BgNbdResult Bgnbd,
    GammaGammaResult? GammaGamma,
    IReadOnlyList<ForecastPeriod> Forecast,
    HoldoutResult? Holdout,
    IReadOnlyList<string> Remarks);

/// <summary>BG/NBD's parameters with their standard errors; one is null where the likelihood is flat.</summary>
public sealed record BgNbdResult(double R, double Alpha, double A, double B, double LogLikelihood, IReadOnlyDictionary<string, double?> StandardErrors);

/// <summary>Gamma-Gamma's parameters with their standard errors, and how many customers with a repeat purchase they rest on.</summary>
public sealed record GammaGammaResult(double P, double Q, double V, long Customers, IReadOnlyDictionary<string, double?> StandardErrors);

/// <summary>What all customers together are expected to do from the last day observed on.</summary>
/// <param name="Months">How far ahead.</param>
/// <param name="Purchases">Purchase days.</param>
/// <param name="Value">Their money, discounted; null without Gamma-Gamma.</param>
public sealed record ForecastPeriod(int Months, double Purchases, double? Value);

/// <summary>The prediction for the days after the last one observed, up to the last order.</summary>
/// <param name="Until">The last order's day.</param>
/// <param name="Predicted">Purchase days predicted.</param>
/// <param name="Actual">Purchase days that there were.</param>
/// <param name="ByRepeats">The same by how many repeat purchases customers had before; the last line takes all from it on.</param>
public sealed record HoldoutResult(DateOnly Until, double Predicted, long Actual, IReadOnlyList<HoldoutLine> ByRepeats);

/// <summary>Customers with so many repeat purchases before, and what they did then, on average.</summary>
public sealed record HoldoutLine(int Repeats, long Customers, double Predicted, double Actual);

/// <summary>What <c>clv</c> asks for.</summary>
/// <param name="Until">The last day observed; null is the day of the last order.</param>
/// <param name="YearlyDiscount">Discount rate of a year; 0.1 is 10 %.</param>
public sealed record ClvRequest(DateOnly? Until, double YearlyDiscount);
