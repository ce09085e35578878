namespace Segue.Messaging;

/// <summary>The rhythm of the timer that reads Due.</summary>
public static class Ticks
{
    /// <summary>Between two ticks. Every tick falls on a whole multiple of it.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromMinutes(15);

    /// <summary>Functions' cron for it.</summary>
    public const string Schedule = "0 */15 * * * *";

    /// <summary>How far two machines' clocks may be apart without a moment being late.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    /// <summary>The first tick after a moment.</summary>
    public static DateTimeOffset NextAfter(DateTimeOffset moment) =>
        new(((moment.UtcTicks / Period.Ticks) + 1) * Period.Ticks, TimeSpan.Zero);

    /// <summary>
    /// What is due before this, whoever creates it schedules; what is due later, a tick still to come will find.
    /// </summary>
    public static DateTimeOffset CoveredFrom(DateTimeOffset now) => NextAfter(now + Skew);
}
