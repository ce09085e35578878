using Segue.Orders;
using Segue.Segmentation.Clusters;
using Segue.Segmentation.Predictions;

namespace Segue.Segmentation;

/// <summary>What all customers together say: cut points and ranks, fixed until the next calibration.</summary>
public sealed record Calibration
{
    // What rows from before a property was kept read as: the reader leaves null where a row says nothing.
    private static readonly Dictionary<string, decimal> NoRanks = [];

    /// <summary>Derived from the moment it was made for; later ones sort behind.</summary>
    public required string Id { get; init; }

    /// <summary>The moment it describes.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>
    /// The moment that its predictions, tiers and clusters are of, where nobody has ordered for weeks: the newest order's, as nothing is known of
    /// the time since. Null where that is <see cref="At"/>.
    /// </summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>Whether it is the shop's first, or ended an import: who it moves starts no journey by that.</summary>
    public bool Initial { get; init; }

    /// <summary>How many customers it rests on.</summary>
    public long Customers { get; init; }

    /// <summary>How many of them had a counted order: those that scores and ranks are among.</summary>
    public long Buyers { get; init; }

    /// <summary>Whether the monetary score is by the average order instead of the total.</summary>
    public bool MonetaryIsAverage { get; init; }

    /// <summary>
    /// The cut points of each score by field: <c>recency</c> (whole seconds of silence), <c>frequency</c> (orders),
    /// <c>monetary</c> and, where a rule asks for it, <c>averageOrderScore</c> (money).
    /// </summary>
    public IReadOnlyDictionary<string, Quintiles> CutPoints { get; set; } = new Dictionary<string, Quintiles>();

    /// <summary>The least value in each rank, by <see cref="RankRequest.Key"/>.</summary>
    public IReadOnlyDictionary<string, decimal> Ranks { get; set; } = new Dictionary<string, decimal>();

    /// <summary>Where each rank ends for who is in it: the least value <see cref="RankRequest.ExitPoints"/> points below. By the same names.</summary>
    public IReadOnlyDictionary<string, decimal> RankExits { get => field ?? NoRanks; init; }

    /// <summary>
    /// The silence within which 80 % of the one-time buyers who came back had come back; null where too few have to
    /// tell.
    /// </summary>
    public TimeSpan? ReturnSilence { get; init; }

    /// <summary>The mean over customers who came back of their usual gap; null where too few have to tell.</summary>
    public TimeSpan? UsualGap { get; init; }

    /// <summary>How many who had been silent for so long came back, from the first order to the second.</summary>
    public IReadOnlyList<ReturnPoint> Returns { get => field ?? []; init; }

    /// <summary>The models of predicted value; null where there was too little to fit them to.</summary>
    public ValueModel? Predictions { get; init; }

    /// <summary>Value tiers; null where too few bought a year before.</summary>
    public ValueTiers? Tiers { get; init; }

    /// <summary>How long customers stay by the category of their first order, those of most customers first.</summary>
    public IReadOnlyList<CategoryLongevity> Categories { get => field ?? []; init; }

    /// <summary>Customers who are alike; null where there are too few to tell.</summary>
    public ClusterModel? Clusters { get; init; }

    /// <summary>What could not be told, and why.</summary>
    public IReadOnlyList<string> Remarks { get => field ?? []; init; }

    /// <summary>The RFM scores at a moment; null without a counted order or where the calibration saw none.</summary>
    public RfmScores? Score(PurchaseSummary purchases, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(purchases);
        return Scoring.Of(ScoreKind.Recency, purchases, this, now) is { } recency
            && Scoring.Of(ScoreKind.Frequency, purchases, this, now) is { } frequency
            && Scoring.Of(ScoreKind.Monetary, purchases, this, now) is { } monetary
            ? new(recency, frequency, monetary)
            : null;
    }
}
