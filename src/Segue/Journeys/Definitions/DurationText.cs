using System.Globalization;

namespace Segue.Journeys.Definitions;

/// <summary>Reads a length of time as campaign files write it.</summary>
public static class DurationText
{
    /// <summary>How an error message says what would be right.</summary>
    public const string Expected = "a length of time such as 14d, 2w, 36h, 15m or 10s";

    /// <summary>The longest length of time that a campaign may use: ten years of days.</summary>
    public const int MaxDays = 3660;

    /// <summary>
    /// Reads a whole number and its unit: <c>w</c> and <c>d</c> are calendar weeks and days, <c>h</c>, <c>m</c> and
    /// <c>s</c> exact hours, minutes and seconds. False for anything else, and for more than <see cref="MaxDays"/>.
    /// </summary>
    public static bool TryParse(string? text, out Duration duration)
    {
        duration = default;
        if (text is null || text.Length < 2 || !text.AsSpan(0, text.Length - 1).ContainsOnlyDigits()
            || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var n))
        {
            return false;
        }

        switch (text[^1])
        {
            case 'w' when n <= MaxDays / 7:
                duration = new(n * 7, TimeSpan.Zero);
                return true;
            case 'd' when n <= MaxDays:
                duration = new(n, TimeSpan.Zero);
                return true;
            case 'h' when n <= MaxDays * 24:
                duration = new(0, TimeSpan.FromHours(n));
                return true;
            case 'm' when n <= MaxDays * 24 * 60:
                duration = new(0, TimeSpan.FromMinutes(n));
                return true;
            case 's' when n <= MaxDays * 24 * 60 * 60:
                duration = new(0, TimeSpan.FromSeconds(n));
                return true;
            default:
                return false;
        }
    }

    /// <summary>The same length with each day taken as 24 hours, for what counts elapsed time and no calendar.</summary>
    public static TimeSpan Elapsed(this Duration duration) => TimeSpan.FromDays(duration.Days) + duration.Time;

    private static bool ContainsOnlyDigits(this ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');
}
