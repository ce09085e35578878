using System.Text.Json.Serialization;
using Segue.Analytics.Lifetime;

namespace Segue.Segmentation.Predictions;

/// <summary>
/// How many customers have spent how much at each repeat purchase, for Gamma-Gamma. Means are rounded to three digits (two, where a
/// shard has too many different ones): under 0.5 % and to both sides, so that customers can be folded and shards added up.
/// </summary>
public sealed class SpendCounts
{
    /// <summary>Different customers that one shard's part tells apart.</summary>
    public const int Most = 8000;

    private Dictionary<(int Repeats, double Mean), long> _counts = [];

    /// <summary>Nobody yet.</summary>
    public SpendCounts()
        : this(3, [])
    {
    }

    /// <summary>From what was kept.</summary>
    [JsonConstructor]
    public SpendCounts(int digits, IReadOnlyList<double> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        Digits = digits;
        for (var i = 0; i + 2 < rows.Count; i += 3)
        {
            _counts[((int)rows[i], rows[i + 1])] = (long)rows[i + 2];
        }
    }

    /// <summary>Digits that means are rounded to.</summary>
    public int Digits { get; private set; }

    /// <summary>Repeats, mean and customers, one row after the other, sorted.</summary>
    public IReadOnlyList<double> Rows => [.. _counts.OrderBy(c => c.Key).SelectMany(c => new[] { c.Key.Repeats, c.Key.Mean, c.Value })];

    /// <summary>Adds a customer; those without a repeat purchase that cost something say nothing.</summary>
    public void Add(int repeats, decimal mean)
    {
        if (repeats > 0 && mean > 0)
        {
            Add(repeats, (double)mean, 1);
            if (_counts.Count > Most && Digits > 2)
            {
                Round(2);
            }
        }
    }

    /// <summary>Adds another shard's customers.</summary>
    public void Merge(SpendCounts other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Digits < Digits)
        {
            Round(other.Digits);
        }

        foreach (var (key, count) in other._counts)
        {
            Add(key.Repeats, key.Mean, count);
        }
    }

    /// <summary>The customers for Gamma-Gamma.</summary>
    public IEnumerable<SpendPattern> ToPatterns() => _counts.OrderBy(c => c.Key).Select(c => new SpendPattern(c.Key.Repeats, c.Key.Mean, c.Value));

    private void Add(int repeats, double mean, long count)
    {
        var unit = Math.Pow(10, Math.Floor(Math.Log10(mean)) + 1 - Digits);
        // By way of decimal, so that what is rounded twice stays as it is.
        var key = (repeats, (double)(decimal)(Math.Round(mean / unit) * unit));
        _counts[key] = _counts.GetValueOrDefault(key) + count;
    }

    private void Round(int digits)
    {
        var counts = _counts;
        (_counts, Digits) = ([], digits);
        foreach (var (key, count) in counts)
        {
            Add(key.Repeats, key.Mean, count);
        }
    }
}
