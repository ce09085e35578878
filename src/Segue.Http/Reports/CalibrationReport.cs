using Segue.Segmentation;
using Segue.Segmentation.Clusters;
using Segue.Segmentation.Predictions;

namespace Segue.Http.Reports;

/// <summary>The calibration in force: what it learned of all customers, and what members of segments and clusters are like.</summary>
/// <param name="Now">The moment of the answer, as of which the personas are.</param>
/// <param name="Currency">ISO 4217 code of all money.</param>
/// <param name="Id">The calibration's; null before the first, and then all the rest is empty.</param>
public sealed record CalibrationReport(DateTimeOffset Now, string Currency, string? Id)
{
    /// <summary>The moment it describes.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>The moment that predictions, tiers and clusters are of, where nobody had ordered for weeks by then.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>Customers it rests on.</summary>
    public long Customers { get; init; }

    /// <summary>Those of them with a counted order.</summary>
    public long Buyers { get; init; }

    /// <summary>The four values that part the fifths, by score.</summary>
    public IReadOnlyDictionary<string, Quintiles> CutPoints { get; init; } = new Dictionary<string, Quintiles>();

    /// <summary>The least value in each rank that a rule asks for.</summary>
    public IReadOnlyDictionary<string, decimal> Ranks { get; init; } = new Dictionary<string, decimal>();

    /// <summary>The least value that who is in a rank must keep to stay in it.</summary>
    public IReadOnlyDictionary<string, decimal> RankExits { get; init; } = new Dictionary<string, decimal>();

    /// <summary>Days within which 80 % of the one-time buyers who came back had come back; null where too few have to tell.</summary>
    public double? ReturnSilenceDays { get; init; }

    /// <summary>Days between orders that are usual; null where too few came back to tell.</summary>
    public double? UsualGapDays { get; init; }

    /// <summary>How many who had been silent for so long came back.</summary>
    public IReadOnlyList<ReturnPoint> Returns { get; init; } = [];

    /// <summary>The models of predicted value and how good they are; null where there was too little to fit them to.</summary>
    public ValueModel? Predictions { get; init; }

    /// <summary>Value tiers; null where too few bought a year before.</summary>
    public ValueTiers? Tiers { get; init; }

    /// <summary>How long customers stay by the category of their first order.</summary>
    public IReadOnlyList<CategoryLongevity> Categories { get; init; } = [];

    /// <summary>Clusters, with the table they were chosen from; null where there are too few customers.</summary>
    public ClusterModel? Clusters { get; init; }

    /// <summary>What members of segments and clusters are like.</summary>
    public Personas Personas { get; init; } = new([], []);

    /// <summary>What could not be told, and why.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>Shows a calibration.</summary>
    public static CalibrationReport Of(Calibration? calibration, Personas personas, string currency, DateTimeOffset now) =>
        calibration is null ? new(now, currency, null) { Personas = personas } : new(now, currency, calibration.Id)
        {
            At = calibration.At,
            AsOf = calibration.AsOf,
            Customers = calibration.Customers,
            Buyers = calibration.Buyers,
            CutPoints = calibration.CutPoints,
            Ranks = calibration.Ranks,
            RankExits = calibration.RankExits,
            ReturnSilenceDays = calibration.ReturnSilence?.TotalDays,
            UsualGapDays = calibration.UsualGap is { } gap ? Math.Round(gap.TotalDays, 1) : null,
            Returns = calibration.Returns,
            Predictions = calibration.Predictions,
            Tiers = calibration.Tiers,
            Categories = calibration.Categories,
            Clusters = calibration.Clusters,
            Personas = personas,
            Remarks = calibration.Remarks,
        };
}
