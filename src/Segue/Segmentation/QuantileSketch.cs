using System.Numerics;
using System.Text.Json.Serialization;

namespace Segue.Segmentation;

/// <summary>
/// Ranks of many values in little space, mergeable in any order and grouping. Exact up to a number of distinct values;
/// beyond it each rank is right within <see cref="RankError"/>, which it knows.
/// </summary>
/// <remarks>
/// <para>Beyond the exact size it is a chain of compactors: level h holds values that stand for 2^h each, and a full level is
/// sorted and every other value of it handed to the next level. See Z. Karnin, K. Lang and E. Liberty, "Optimal Quantile
/// Approximation in Streams" (FOCS 2016), section 2; with levels of equal size and no draws, as here, it is the
/// deterministic scheme of G. S. Manku, S. Rajagopalan and B. G. Lindsay, "Approximate Medians and other Quantiles in One
/// Pass and with Limited Memory" (SIGMOD 1998).</para>
/// <para>Compacting level h moves no rank by more than 2^h, and takes at least <see cref="LevelSize"/> values that
/// stand for 2^h each. A value leaves a level once, so after n values all compactions of one level move a rank by n / LevelSize at
/// most, and with L levels the error is at most L n / LevelSize: 0.15 % of n for ten million values. Which half is kept
/// alternates, so that errors tend to cancel and are far smaller.</para>
/// </remarks>
[JsonConverter(typeof(QuantileSketchConverter))]
public sealed class QuantileSketch
{
    /// <summary>The default for <see cref="ExactSize"/>.</summary>
    public const int DefaultExactSize = 200_000;

    /// <summary>The default for <see cref="LevelSize"/>.</summary>
    public const int DefaultLevelSize = 8192;

    private readonly List<Level> _levels = [];
    private Dictionary<decimal, long>? _exact = [];
    private (decimal Value, long UpTo)[]? _sorted;

    /// <summary>Nothing seen yet.</summary>
    /// <param name="exactSize">See <see cref="ExactSize"/>; 1 or more.</param>
    /// <param name="levelSize">See <see cref="LevelSize"/>; even, 2 or more.</param>
    public QuantileSketch(int exactSize = DefaultExactSize, int levelSize = DefaultLevelSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(exactSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(levelSize, 2);
        ArgumentOutOfRangeException.ThrowIfNotEqual(levelSize % 2, 0);
        ExactSize = exactSize;
        LevelSize = levelSize;
    }

    /// <summary>So many distinct values are kept as they are.</summary>
    public int ExactSize { get; }

    /// <summary>So many values a level holds before it is compacted.</summary>
    public int LevelSize { get; }

    /// <summary>How many values it has seen.</summary>
    public long Count { get; private set; }

    /// <summary>By how many places a rank may be wrong; 0 while nothing has been compacted.</summary>
    public long RankError { get; private set; }

    /// <summary>Sees a value.</summary>
    public void Add(decimal value) => Add(value, 1);

    /// <summary>Sees all that another has seen.</summary>
    /// <exception cref="ArgumentException">The other has other sizes.</exception>
    public void Merge(QuantileSketch other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.ExactSize != ExactSize || other.LevelSize != LevelSize)
        {
            throw new ArgumentException("Only sketches of the same sizes can be merged.", nameof(other));
        }

        if (other._exact is { } values)
        {
            // What may be compacted goes in by order of value: the result does not hang on the order the other saw it in.
            var staysExact = _exact is not null && _exact.Count + values.Count <= ExactSize;
            foreach (var (value, count) in staysExact ? values.AsEnumerable() : values.OrderBy(v => v.Key))
            {
                Add(value, count);
            }

            return;
        }

        LeaveExact();
        Count += other.Count;
        RankError += other.RankError;
        for (var h = 0; h < other._levels.Count; h++)
        {
            At(h).Values.AddRange(other._levels[h].Values);
        }

        Compact();
    }

    /// <summary>The value at a rank, 1 for the smallest up to <see cref="Count"/> for the largest.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such rank.</exception>
    public decimal AtRank(long rank)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rank, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rank, Count);
        _sorted ??= Sorted();
        int low = 0, high = _sorted.Length - 1;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_sorted[middle].UpTo >= rank)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return _sorted[low].Value;
    }

    /// <summary>The values by level, as they are kept; while exact, each value's count is parted into powers of two.</summary>
    internal (bool Exact, IReadOnlyList<Level> Levels) Kept()
    {
        if (_exact is null)
        {
            return (false, _levels);
        }

        var levels = new List<Level>();
        foreach (var (value, count) in _exact.OrderBy(v => v.Key))
        {
            Spread(levels, value, count);
        }

        return (true, levels);
    }

    /// <summary>Takes up what <see cref="Kept"/> gave; for reading only.</summary>
    internal void Restore(bool exact, IReadOnlyList<Level> levels, long rankError)
    {
        for (var h = 0; h < levels.Count; h++)
        {
            foreach (var value in exact ? levels[h].Values : [])
            {
                Add(value, 1L << h);
            }
        }

        if (!exact)
        {
            _exact = null;
            _levels.AddRange(levels);
            Count = levels.Select((level, h) => (long)level.Values.Count << h).Sum();
            RankError = rankError;
        }
    }

    private static void Spread(List<Level> levels, decimal value, long count)
    {
        for (var left = count; left != 0; left &= left - 1)
        {
            var h = BitOperations.TrailingZeroCount(left);
            while (levels.Count <= h)
            {
                levels.Add(new());
            }

            levels[h].Values.Add(value);
        }
    }

    private void Add(decimal value, long count)
    {
        _sorted = null;
        Count += count;
        if (_exact is not null)
        {
            System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_exact, value, out _) += count;
            if (_exact.Count > ExactSize)
            {
                LeaveExact();
                Compact();
            }

            return;
        }

        Spread(_levels, value, count);
        Compact();
    }

    private void LeaveExact()
    {
        _sorted = null;
        foreach (var (value, count) in _exact?.OrderBy(v => v.Key) ?? Enumerable.Empty<KeyValuePair<decimal, long>>())
        {
            Spread(_levels, value, count);
        }

        _exact = null;
    }

    private Level At(int h)
    {
        while (_levels.Count <= h)
        {
            _levels.Add(new());
        }

        return _levels[h];
    }

    private void Compact()
    {
        for (var h = 0; h < _levels.Count; h++)
        {
            var level = _levels[h];
            if (level.Values.Count < LevelSize)
            {
                continue;
            }

            level.Values.Sort();
            var pairs = level.Values.Count / 2;
            var next = At(h + 1).Values;
            for (var i = 0; i < pairs; i++)
            {
                next.Add(level.Values[(2 * i) + (level.KeepsUpper ? 1 : 0)]);
            }

            level.Values.RemoveRange(0, 2 * pairs);
            level.KeepsUpper = !level.KeepsUpper;
            RankError += 1L << h;
        }
    }

    private (decimal Value, long UpTo)[] Sorted()
    {
        var values = _exact?.Select(v => (v.Key, v.Value)).ToArray()
            ?? [.. _levels.SelectMany((level, h) => level.Values.Select(v => (v, 1L << h)))];
        Array.Sort(values, (a, b) => a.Item1.CompareTo(b.Item1));
        long upTo = 0;
        for (var i = 0; i < values.Length; i++)
        {
            upTo += values[i].Item2;
            values[i].Item2 = upTo;
        }

        return values;
    }

    /// <summary>Values that stand for the same power of two each.</summary>
    internal sealed class Level
    {
        /// <summary>In no order.</summary>
        public List<decimal> Values { get; } = [];

        /// <summary>Whether the next compaction keeps the upper of each pair.</summary>
        public bool KeepsUpper { get; set; }
    }
}
