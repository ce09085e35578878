namespace Segue.Segmentation;

/// <summary>Arithmetic on moments of change, where null is never.</summary>
internal static class Moments
{
    /// <summary>The earlier of two moments.</summary>
    public static DateTimeOffset? Earliest(DateTimeOffset? a, DateTimeOffset? b) =>
        a is null ? b : b is null || a.GetValueOrDefault() <= b.GetValueOrDefault() ? a : b;

    /// <summary>The later of two moments; never is later than any.</summary>
    public static DateTimeOffset? Latest(DateTimeOffset? a, DateTimeOffset? b) =>
        a is null || b is null ? null : a.GetValueOrDefault() >= b.GetValueOrDefault() ? a : b;

    /// <summary>The moment so long after another, in UTC; never where the calendar ends before it.</summary>
    public static DateTimeOffset? After(DateTimeOffset start, TimeSpan length)
    {
        var ticks = start.UtcTicks;
        return length.Ticks > DateTimeOffset.MaxValue.UtcTicks - ticks
            ? null
            : new DateTimeOffset(ticks + length.Ticks, TimeSpan.Zero);
    }

    /// <summary>The time elapsed since a moment; zero while it still lies ahead, as an order dated by a fast clock does.</summary>
    public static TimeSpan Since(DateTimeOffset start, DateTimeOffset now) => now <= start ? TimeSpan.Zero : now - start;
}
