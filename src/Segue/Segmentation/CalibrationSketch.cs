using Segue.Customers;
using Segue.Orders;

namespace Segue.Segmentation;

/// <summary>
/// One shard's part of a calibration: what customers add to it, and merging with the parts of other shards, in any
/// order. Goes through JSON between shards; its size follows the distinct values, see <see cref="QuantileSketch"/>.
/// </summary>
/// <remarks>Made by <see cref="Evaluator.NewSketch"/>, which knows what the rules need. Stages that a rank is among are
/// those of the settings' own bounds: learned ones are what is being made.</remarks>
public sealed class CalibrationSketch
{
    /// <summary>A learned bound needs this many customers who came back.</summary>
    public const int LeastReturns = 30;

    private HashSet<string>? _averaged;
    private List<(string Name, Func<CustomerSummary, Stage, DateTimeOffset, decimal?> Read)>? _populations;

    /// <summary>The bounds by which customers are put in stages.</summary>
    public required LifecycleSettings Bounds { get; init; }

    /// <summary>Whether the monetary score is by the average order.</summary>
    public required bool MonetaryIsAverage { get; init; }

    /// <summary>The ranks to find.</summary>
    public required IReadOnlyList<RankRequest> Ranks { get; init; }

    /// <summary>The scores to find cut points for, by field.</summary>
    public required IReadOnlyList<string> Scores { get; init; }

    /// <summary>The values of each score and of each rank's population.</summary>
    public Dictionary<string, QuantileSketch> Values { get; init; } = [];

    /// <summary>The sum of each population that a rule asks the mean of.</summary>
    public Dictionary<string, decimal> Sums { get; init; } = [];

    /// <summary>From the first order to the second; one-time buyers still wait.</summary>
    public DayHistogram FirstGaps { get; init; } = new();

    /// <summary>Usual gaps; one-time buyers still wait for theirs.</summary>
    public DayHistogram UsualGaps { get; init; } = new();

    /// <summary>Customers added.</summary>
    public long Customers { get; set; }

    /// <summary>Those with a counted order.</summary>
    public long Buyers { get; set; }

    /// <summary>Adds a customer as they stand at the calibration's moment.</summary>
    public void Add(CustomerSummary customer, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(customer);
        Customers++;
        var purchases = customer.Purchases;
        if (purchases.Orders <= 0 || purchases.LastOrderAt is not { } last)
        {
            return;
        }

        Buyers++;
        var stage = Lifecycle.At(purchases, Bounds, null, now).Stage;
        foreach (var (name, read) in _populations ??= Populations())
        {
            if (read(customer, stage, now) is { } value)
            {
                Of(name).Add(value);
                if ((_averaged ??= [.. Ranks.Where(r => r.Average).Select(r => r.Population)]).Contains(name))
                {
                    Sums[name] = Sums.GetValueOrDefault(name) + value;
                }
            }
        }

        if (purchases.Orders == 1)
        {
            FirstGaps.Add(Moments.Since(last, now), ended: false);
            UsualGaps.Add(Moments.Since(last, now), ended: false);
            return;
        }

        UsualGaps.Add(Lifecycle.UsualGap(purchases), ended: true);
        if (purchases.FirstGap is { } gap)
        {
            FirstGaps.Add(gap, ended: true);
        }
    }

    /// <summary>Adds what another shard found.</summary>
    /// <exception cref="ArgumentException">It looked for something else.</exception>
    public void Merge(CalibrationSketch other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Bounds != Bounds || other.MonetaryIsAverage != MonetaryIsAverage
            || !other.Ranks.SequenceEqual(Ranks) || !other.Scores.SequenceEqual(Scores))
        {
            throw new ArgumentException("Only sketches made for the same segments and settings can be merged.", nameof(other));
        }

        Customers += other.Customers;
        Buyers += other.Buyers;
        FirstGaps.Merge(other.FirstGaps);
        UsualGaps.Merge(other.UsualGaps);
        foreach (var (name, sum) in other.Sums)
        {
            Sums[name] = Sums.GetValueOrDefault(name) + sum;
        }

        foreach (var (name, values) in other.Values)
        {
            Of(name).Merge(values);
        }
    }

    /// <summary>The calibration that all customers added make.</summary>
    /// <param name="id">Derived from the moment; later ones sort behind.</param>
    /// <param name="at">The moment they were added for.</param>
    /// <param name="initial">See <see cref="Calibration.Initial"/>.</param>
    public Calibration ToCalibration(string id, DateTimeOffset at, bool initial)
    {
        var cuts = new Dictionary<string, Quintiles>();
        foreach (var score in Scores)
        {
            if (Values.TryGetValue(score, out var values) && Quintiles.Of(values) is { } quintiles)
            {
                cuts.Add(score, quintiles);
            }
        }

        var ranks = new Dictionary<string, decimal>();
        foreach (var rank in Ranks)
        {
            if (Values.TryGetValue(rank.Population, out var values) && (rank.Average ? Sums.GetValueOrDefault(rank.Population) / values.Count : rank.Threshold(values)) is { } least)
            {
                ranks.Add(rank.Key, least);
            }
        }

        var usual = UsualGaps.Ended.Sum() < LeastReturns ? null : KaplanMeier.Mean(KaplanMeier.Curve(UsualGaps));
        var within = FirstGaps.Ended.Sum() < LeastReturns ? null : KaplanMeier.DayWithin(KaplanMeier.Curve(FirstGaps), 0.8);
        return new()
        {
            Id = id,
            At = at,
            Initial = initial,
            Customers = Customers,
            Buyers = Buyers,
            MonetaryIsAverage = MonetaryIsAverage,
            CutPoints = cuts,
            Ranks = ranks,
            ReturnSilence = within is { } days ? TimeSpan.FromDays(days) : null,
            UsualGap = usual is { } mean ? TimeSpan.FromSeconds(Math.Round(mean * 86_400)) : null,
        };
    }

    private QuantileSketch Of(string name)
    {
        if (!Values.TryGetValue(name, out var values))
        {
            Values.Add(name, values = new());
        }

        return values;
    }

    private List<(string Name, Func<CustomerSummary, Stage, DateTimeOffset, decimal?> Read)> Populations()
    {
        var populations = new List<(string, Func<CustomerSummary, Stage, DateTimeOffset, decimal?>)>();
        foreach (var kind in Enum.GetValues<ScoreKind>().Where(k => Scores.Contains(Scoring.Field(k))))
        {
            populations.Add((
                Scoring.Field(kind),
                (customer, _, now) => Scoring.Value(kind, customer.Purchases, MonetaryIsAverage, now)));
        }

        foreach (var rank in Ranks.DistinctBy(r => r.Population))
        {
            var read = Fields.Ranked(rank.Field);
            Func<CustomerSummary, Stage, DateTimeOffset, decimal?> among = rank.Of switch
            {
                null => (customer, _, _) => read(customer),
                RankRequest.FirstOrders => (customer, _, now) =>
                    customer.Purchases.FirstOrderAt >= now.ToUniversalTime().AddYears(-1) ? read(customer) : null,
                var name when Stages.Find(name) is { } wanted => (customer, stage, _) => stage == wanted ? read(customer) : null,
                var name => throw new InvalidOperationException($"There is no group '{name}' to rank in."),
            };
            populations.Add((rank.Population, among));
        }

        return populations;
    }
}
