using System.Text.Json.Serialization;
using Segue.Analytics.Lifetime;

namespace Segue.Segmentation.Predictions;

/// <summary>
/// How many customers have bought how often and when: all that BG/NBD's likelihood needs to know, so that shards can be added up.
/// Time is in whole days; where a shard has too many different customers for its row, in whole weeks, then months of four.
/// </summary>
public sealed class PatternCounts
{
    /// <summary>Different customers that one shard's part tells apart.</summary>
    public const int Most = 8000;

    private static readonly int[] Steps = [1, 7, 28];

    private Dictionary<(int Repeats, int Last, int Observed), long> _counts = [];

    /// <summary>Nobody yet.</summary>
    public PatternCounts()
        : this(1, [])
    {
    }

    /// <summary>From what was kept.</summary>
    [JsonConstructor]
    public PatternCounts(int step, IReadOnlyList<long> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        Step = step;
        for (var i = 0; i + 3 < rows.Count; i += 4)
        {
            _counts[((int)rows[i], (int)rows[i + 1], (int)rows[i + 2])] = rows[i + 3];
        }
    }

    /// <summary>Days in a unit of time: 1, 7 or 28.</summary>
    public int Step { get; private set; }

    /// <summary>Repeats, unit of the last purchase, units observed and customers, one row after the other, sorted.</summary>
    public IReadOnlyList<long> Rows =>
        [.. _counts.OrderBy(c => c.Key).SelectMany(c => new[] { c.Key.Repeats, c.Key.Last, c.Key.Observed, c.Value })];

    /// <summary>Customers.</summary>
    [JsonIgnore]
    public long Customers => _counts.Values.Sum();

    /// <summary>Days from the first purchase of all to the end of observation.</summary>
    [JsonIgnore]
    public int Observed => _counts.Count == 0 ? 0 : _counts.Keys.Max(k => k.Observed) * Step;

    /// <summary>Adds a customer; coarsens where there are too many different ones.</summary>
    /// <param name="repeats">Purchase days after the first.</param>
    /// <param name="last">Days from the first purchase to the last.</param>
    /// <param name="observed">Days from the first purchase to the end of observation.</param>
    public void Add(int repeats, int last, int observed)
    {
        Add(repeats, last, observed, 1, 1);
        if (_counts.Count > Most && Step != Steps[^1])
        {
            Coarsen(Steps[Array.IndexOf(Steps, Step) + 1]);
        }
    }

    /// <summary>Adds another shard's customers.</summary>
    public void Merge(PatternCounts other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Step > Step)
        {
            Coarsen(other.Step);
        }

        foreach (var (key, count) in other._counts)
        {
            Add(key.Repeats, key.Last, key.Observed, count, other.Step);
        }
    }

    /// <summary>The customers for BG/NBD, in weeks.</summary>
    public IEnumerable<PurchasePattern> ToPatterns() =>
        _counts.OrderBy(c => c.Key).Select(c => new PurchasePattern(c.Key.Repeats, c.Key.Last * Step / 7.0, c.Key.Observed * Step / 7.0, c.Value));

    private void Add(int repeats, int last, int observed, long count, int step)
    {
        // A repeat is never at the moment of the first purchase, and the end never before the last.
        var unit = Step / step;
        var at = repeats == 0 ? 0 : Math.Max(1, last / unit);
        var key = (repeats, at, Math.Max(at, observed / unit));
        _counts[key] = _counts.GetValueOrDefault(key) + count;
    }

    private void Coarsen(int step)
    {
        var (counts, before) = (_counts, Step);
        (_counts, Step) = ([], step);
        foreach (var (key, count) in counts)
        {
            Add(key.Repeats, key.Last, key.Observed, count, before);
        }
    }
}
