using System.Globalization;
using Segue.Customers;
using Segue.Orders;
using Segue.Segmentation.Clusters;
using Segue.Segmentation.Predictions;

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

    /// <summary>A shop whose newest order is older than this was not observed since: its models look no further.</summary>
    public static readonly TimeSpan Stale = TimeSpan.FromDays(35);

    private HashSet<string>? _averaged;
    private ClusterFeature[]? _features;
    private List<(Stage Stage, decimal? Value)>? _predicted;
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
    public Dictionary<string, QuantileSketch> Values { get; set; } = [];

    /// <summary>The sum of each population that a rule asks the mean of.</summary>
    public Dictionary<string, decimal> Sums { get; set; } = [];

    /// <summary>From the first order to the second; one-time buyers still wait.</summary>
    public DayHistogram FirstGaps { get; set; } = new();

    /// <summary>Usual gaps; one-time buyers still wait for theirs.</summary>
    public DayHistogram UsualGaps { get; set; } = new();

    /// <summary>What the models of value need.</summary>
    public ValueSketch Value { get => field ??= new(); init; }

    /// <summary>How customers are to be grouped.</summary>
    public ClusterSettings Clusters { get => field ??= new(); init; }

    /// <summary>Buyers who stand for all where everyone would be too many.</summary>
    public CustomerSample Sample { get => field ??= new(); init; }

    /// <summary>The moment that predictions, tiers and clusters are of, where that is not the calibration's: see <see cref="Calibration.AsOf"/>.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>The last counted order of all, up to the calibration's moment; null without any.</summary>
    public DateTimeOffset? NewestOrder { get; set; }

    /// <summary>Customers added.</summary>
    public long Customers { get; set; }

    /// <summary>Those with a counted order.</summary>
    public long Buyers { get; set; }

    /// <summary>Adds a customer as they stand at the calibration's moment; nothing of one who objects to profiling.</summary>
    /// <param name="customer">The customer.</param>
    /// <param name="now">The calibration's moment.</param>
    /// <param name="customerId">By which lots for the sample are drawn; without it they stand in no sample.</param>
    public void Add(CustomerSummary customer, DateTimeOffset now, string? customerId = null)
    {
        ArgumentNullException.ThrowIfNull(customer);
        if (customer.NoProfilingSince is not null)
        {
            return;
        }

        Customers++;
        var purchases = customer.Purchases;
        if (purchases.Orders <= 0 || purchases.LastOrderAt is not { } last)
        {
            return;
        }

        Buyers++;
        var stage = Lifecycle.At(purchases, Bounds, null, now).Stage;
        NewestOrder = last > now ? now : NewestOrder is { } newest && newest > last ? newest : last;
        var seen = AsOf ?? now;
        Value.Add(purchases, seen);
        if (customerId is not null && CustomerSample.DrawOf(customerId) is var draw && Sample.Wants(draw) && BuyerFacts.Of(purchases) is { } buyer)
        {
            _features ??= [.. Clusters.Features.Select(f => ClusterFeature.Find(f)!)];
            Sample.Add(new(draw, Lifecycle.At(purchases, Bounds, null, seen).Stage, buyer, [.. _features.Select(f => f.Prepared(customer, seen))]));
        }

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
            || !other.Ranks.SequenceEqual(Ranks) || !other.Scores.SequenceEqual(Scores)
            || !other.Clusters.Features.SequenceEqual(Clusters.Features) || other.AsOf != AsOf)
        {
            throw new ArgumentException("Only sketches made for the same segments and settings can be merged.", nameof(other));
        }

        Customers += other.Customers;
        Buyers += other.Buyers;
        FirstGaps.Merge(other.FirstGaps);
        UsualGaps.Merge(other.UsualGaps);
        NewestOrder = NewestOrder is { } mine && !(other.NewestOrder > mine) ? mine : other.NewestOrder;
        Value.Merge(other.Value);
        Sample.Merge(other.Sample);
        foreach (var (name, sum) in other.Sums)
        {
            Sums[name] = Sums.GetValueOrDefault(name) + sum;
        }

        foreach (var (name, values) in other.Values)
        {
            Of(name).Merge(values);
        }
    }

    /// <summary>The moment to look again as of, where everything that was added is older than a calibration is of use; else null.</summary>
    public DateTimeOffset? LookAgainAsOf(DateTimeOffset at) => AsOf is null && NewestOrder + Stale < at ? NewestOrder : null;

    /// <summary>The calibration that all customers added make.</summary>
    /// <param name="id">Derived from the moment; later ones sort behind.</param>
    /// <param name="at">The moment they were added for.</param>
    /// <param name="initial">See <see cref="Calibration.Initial"/>.</param>
    /// <param name="previous">The one in force: models are looked for near its, and clusters keep their ids.</param>
    public Calibration ToCalibration(string id, DateTimeOffset at, bool initial, Calibration? previous = null)
    {
        var seen = AsOf ?? at;
        List<string> remarks = AsOf is { } then ? [string.Create(CultureInfo.InvariantCulture, $"The newest order is of {then:yyyy-MM-dd}: predictions, tiers and clusters are as of then.")] : [];
        var predictions = ValueModel.Of(Value, seen, previous?.Predictions, remarks);
        var cuts = new Dictionary<string, Quintiles>();
        foreach (var score in Scores)
        {
            if (Values.TryGetValue(score, out var values) && Quintiles.Of(values) is { } quintiles)
            {
                cuts.Add(score, quintiles);
            }
        }

        var (ranks, exits) = (new Dictionary<string, decimal>(), new Dictionary<string, decimal>());
        foreach (var rank in Ranks)
        {
            var values = Fields.IsPredicted(rank.Field) ? Predicted(rank, predictions) : Values.GetValueOrDefault(rank.Population);
            if (values is { Count: > 0 } && (rank.Average ? Mean(rank, values) : rank.Threshold(values)) is { } least)
            {
                ranks.Add(rank.Key, least);
                if (rank.Exit?.Threshold(values) is { } end)
                {
                    exits.Add(rank.Key, end);
                }
            }
        }

        var usual = UsualGaps.Ended.Sum() < LeastReturns ? null : KaplanMeier.Mean(KaplanMeier.Curve(UsualGaps));
        var within = FirstGaps.Ended.Sum() < LeastReturns ? null : KaplanMeier.DayWithin(KaplanMeier.Curve(FirstGaps), 0.8);
        return new()
        {
            Id = id,
            At = at,
            AsOf = AsOf,
            Initial = initial,
            Customers = Customers,
            Buyers = Buyers,
            MonetaryIsAverage = MonetaryIsAverage,
            CutPoints = cuts,
            Ranks = ranks,
            RankExits = exits,
            ReturnSilence = within is { } days ? TimeSpan.FromDays(days) : null,
            UsualGap = usual is { } mean ? TimeSpan.FromSeconds(Math.Round(mean * 86_400)) : null,
            Returns = ReturnPoint.Of(FirstGaps),
            Predictions = predictions,
            Tiers = ValueTiers.Of(Value.Tiers, seen),
            Categories = CategoryLongevity.Of(Value.Categories),
            Clusters = ClusterModel.Of(Sample, Clusters, Bounds, seen, previous?.Clusters, remarks),
            Remarks = remarks,
        };
    }

    /// <summary>The predictions of the sample, which no shard could make: the models are of all of them.</summary>
    private QuantileSketch? Predicted(RankRequest rank, ValueModel? model)
    {
        if (model is null)
        {
            return null;
        }

        _predicted ??= [.. Sample.Customers.Select(c => (c.Stage, Value: model.Value(c.Buyer)))];
        var (values, sum) = (new QuantileSketch(), 0m);
        foreach (var (stage, value) in _predicted)
        {
            if (value is { } known && (rank.Of is null || Stages.Find(rank.Of) == stage))
            {
                values.Add(known);
                sum += known;
            }
        }

        Sums[rank.Population] = sum;
        return values;
    }

    private decimal Mean(RankRequest rank, QuantileSketch values) => Sums.GetValueOrDefault(rank.Population) / values.Count;

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

        foreach (var rank in Ranks.DistinctBy(r => r.Population).Where(r => !Fields.IsPredicted(r.Field)))
        {
            var ranked = Fields.Ranked(rank.Field);
            Func<CustomerSummary, decimal?> read = customer => ranked(customer, null);
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
