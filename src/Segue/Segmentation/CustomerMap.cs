using Segue.Campaigns;
using Segue.Campaigns.GuardRails;
using Segue.Customers;
using Segue.Ports;
using Segue.Storage;

namespace Segue.Segmentation;

/// <summary>Where all customers stand at a moment: by segment, by tag, by scores and by how long and how lately they buy.</summary>
public sealed class CustomerMap
{
    /// <summary>The least days since the first order of each row of <see cref="Ages"/>, oldest last.</summary>
    public static IReadOnlyList<int> Longevity { get; } = [0, 90, 180, 365];

    /// <summary>The least days since the last order of each column of <see cref="Ages"/>.</summary>
    public static IReadOnlyList<int> Silence { get; } = [0, 30, 60, 120, 240];

    private readonly Dictionary<string, SegmentSum> _segments = [];
    private readonly Dictionary<string, int> _tags = [];
    private readonly Dictionary<(int, int), MapCell> _scores = [];
    private readonly Dictionary<(int, int), MapCell> _ages = [];

    /// <summary>All customers.</summary>
    public int Customers { get; private set; }

    /// <summary>Those with a counted order.</summary>
    public int Buyers { get; private set; }

    /// <summary>By recency and frequency score, 1 to 5; none before a calibration.</summary>
    public IReadOnlyDictionary<(int Recency, int Frequency), MapCell> Scores => _scores;

    /// <summary>By the index of the row in <see cref="Longevity"/> and of the column in <see cref="Silence"/>.</summary>
    public IReadOnlyDictionary<(int Longevity, int Silence), MapCell> Ages => _ages;

    /// <summary>A segment's figures.</summary>
    public SegmentSum Of(string segment) => _segments.GetValueOrDefault(segment) ?? new();

    /// <summary>The segments that have anybody, as guard rails look at them.</summary>
    public IReadOnlyDictionary<string, SegmentSize> Sizes => _segments.ToDictionary(s => s.Key, s => new SegmentSize(s.Value.Customers, s.Value.SpreadOfSpend));

    /// <summary>How many have a tag.</summary>
    public int WithTag(string tag) => _tags.GetValueOrDefault(tag);

    /// <summary>Looks through all summaries.</summary>
    public static async Task<CustomerMap> MakeAsync(
        ITableStore store, CampaignState state, DateTimeOffset now, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(state);
        var map = new CustomerMap();
        for (var shard = 0; shard < Shards.Count; shard++)
        {
            await foreach (var row in store.ReadAllAsync(Tables.Summaries, Shards.Text(shard), KeyRange.All, cancellation))
            {
                map.Add(RowJson.Unpack(row, SegueJson.Default.SummaryRow).Summary, state, now);
            }
        }

        return map;
    }

    /// <summary>Takes a customer in; who objects to profiling is counted in their segment, and stands on no map.</summary>
    public void Add(CustomerSummary customer, CampaignState state, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(customer);
        ArgumentNullException.ThrowIfNull(state);
        var standing = state.Set.Evaluator.Evaluate(customer, state.Calibration, now);
        var purchases = customer.Purchases;
        Customers++;
        Segment(standing.Segment).Add(customer, now);
        foreach (var tag in standing.Tags)
        {
            _tags[tag] = WithTag(tag) + 1;
        }

        if (purchases is not { Orders: > 0, FirstOrderAt: { } first, LastOrderAt: { } last })
        {
            return;
        }

        Buyers++;
        if (customer.NoProfilingSince is not null)
        {
            return;
        }

        Add(_ages, (Band(Longevity, now - first), Band(Silence, now - last)), purchases.TotalSpend);
        if (state.Calibration?.Score(purchases, now) is { } scores)
        {
            Add(_scores, (scores.Recency, scores.Frequency), purchases.TotalSpend);
        }
    }

    private SegmentSum Segment(string id)
    {
        if (!_segments.TryGetValue(id, out var sum))
        {
            _segments.Add(id, sum = new());
        }

        return sum;
    }

    private static void Add(Dictionary<(int, int), MapCell> cells, (int, int) place, decimal spend)
    {
        var cell = cells.GetValueOrDefault(place);
        cells[place] = new(cell.Customers + 1, cell.Revenue + spend);
    }

    private static int Band(IReadOnlyList<int> bounds, TimeSpan age)
    {
        var band = bounds.Count - 1;
        while (band > 0 && age.TotalDays < bounds[band])
        {
            band--;
        }

        return band;
    }
}

/// <summary>One cell of a map.</summary>
/// <param name="Customers">Who stand there.</param>
/// <param name="Revenue">Their net spend so far, in the shop's currency.</param>
public readonly record struct MapCell(int Customers, decimal Revenue);

/// <summary>A segment's figures, added up.</summary>
public sealed class SegmentSum
{
    private readonly QuantileSketch _spend = new();
    private readonly QuantileSketch _silence = new();

    /// <summary>Members.</summary>
    public int Customers { get; private set; }

    /// <summary>Members with an address and consent.</summary>
    public int Reachable { get; private set; }

    /// <summary>Their counted orders.</summary>
    public int Orders { get; private set; }

    /// <summary>Their net spend, in the shop's currency.</summary>
    public decimal Revenue { get; private set; }

    /// <summary>The median of the buyers' net spend; null without a buyer.</summary>
    public decimal? MedianSpend => Rank(_spend, 0.5);

    /// <summary>The median of the days since the buyers' last order; null without a buyer.</summary>
    public decimal? MedianSilence => Rank(_silence, 0.5);

    /// <summary>Upper by lower quartile of the buyers' net spend: how far a segment is from being of one kind; null where that says nothing.</summary>
    public decimal? SpreadOfSpend => Rank(_spend, 0.25) is > 0 and { } low && Rank(_spend, 0.75) is { } high ? high / low : null;

    internal void Add(CustomerSummary customer, DateTimeOffset now)
    {
        Customers++;
        Reachable += customer.Reachable ? 1 : 0;
        Orders += customer.Purchases.Orders;
        Revenue += customer.Purchases.TotalSpend;
        if (customer.Purchases is { Orders: > 0, LastOrderAt: { } last })
        {
            _spend.Add(customer.Purchases.TotalSpend);
            _silence.Add(decimal.Round((decimal)(now - last).TotalDays, 1));
        }
    }

    private static decimal? Rank(QuantileSketch sketch, double part) =>
        sketch.Count == 0 ? null : sketch.AtRank(Math.Max(1, (long)Math.Ceiling(sketch.Count * part)));
}
