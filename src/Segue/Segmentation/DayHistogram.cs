using System.Text.Json.Serialization;

namespace Segue.Segmentation;

/// <summary>How many waits lasted how many days: those that ended, and those that go on. Merging adds.</summary>
public sealed class DayHistogram
{
    /// <summary>The last day told apart, ten years; longer waits count as this long.</summary>
    public const int LastDay = 3650;

    private readonly List<long> _ended;
    private readonly List<long> _unfinished;

    /// <summary>Nothing counted yet.</summary>
    public DayHistogram()
        : this([], [])
    {
    }

    /// <summary>From counts by day.</summary>
    [JsonConstructor]
    public DayHistogram(IReadOnlyList<long> ended, IReadOnlyList<long> unfinished)
    {
        _ended = [.. ended];
        _unfinished = [.. unfinished];
    }

    /// <summary>Waits that ended, by day, up to the last day that has any.</summary>
    public IReadOnlyList<long> Ended => _ended;

    /// <summary>Waits that have lasted so long and may go on (censored), by day.</summary>
    public IReadOnlyList<long> Unfinished => _unfinished;

    /// <summary>Counts a wait: the days begun in it, so that a wait of exactly n days is on day n.</summary>
    public void Add(TimeSpan wait, bool ended)
    {
        var day = (int)Math.Clamp(Math.Ceiling(wait.TotalDays), 0, LastDay);
        Add(ended ? _ended : _unfinished, day, 1);
    }

    /// <summary>Adds another's counts.</summary>
    public void Merge(DayHistogram other)
    {
        ArgumentNullException.ThrowIfNull(other);
        for (var day = other._ended.Count - 1; day >= 0; day--)
        {
            Add(_ended, day, other._ended[day]);
        }

        for (var day = other._unfinished.Count - 1; day >= 0; day--)
        {
            Add(_unfinished, day, other._unfinished[day]);
        }
    }

    private static void Add(List<long> counts, int day, long count)
    {
        while (counts.Count <= day)
        {
            counts.Add(0);
        }

        counts[day] += count;
    }
}
