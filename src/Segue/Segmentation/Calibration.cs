using Segue.Orders;

namespace Segue.Segmentation;

/// <summary>What all customers together say: cut points and ranks, fixed until the next calibration.</summary>
public sealed record Calibration
{
    /// <summary>Derived from the moment it was made for; later ones sort behind.</summary>
    public required string Id { get; init; }

    /// <summary>The moment it describes.</summary>
    public required DateTimeOffset At { get; init; }

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
    public IReadOnlyDictionary<string, Quintiles> CutPoints { get; init; } = new Dictionary<string, Quintiles>();

    /// <summary>The least value in each rank, by <see cref="RankRequest.Key"/>.</summary>
    public IReadOnlyDictionary<string, decimal> Ranks { get; init; } = new Dictionary<string, decimal>();

    /// <summary>
    /// The silence within which 80 % of the one-time buyers who came back had come back; null where too few have to
    /// tell.
    /// </summary>
    public TimeSpan? ReturnSilence { get; init; }

    /// <summary>The mean over customers who came back of their usual gap; null where too few have to tell.</summary>
    public TimeSpan? UsualGap { get; init; }

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
