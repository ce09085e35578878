using Microsoft.Extensions.Logging;

namespace Segue.Functions;

/// <summary>
/// All that this host logs. Event ids are stable, alerts may look for them; messages carry names and times, never personal data: a
/// message goes by its number in the queue.
/// </summary>
internal static partial class Logs
{
    [LoggerMessage(2001, LogLevel.Warning, "{Function} failed on message {Number} (delivery {Delivery}); given back in {Wait}")]
    public static partial void MessageFailed(
        this ILogger logger, string function, long number, int delivery, TimeSpan wait, Exception exception);

    [LoggerMessage(2002, LogLevel.Error, "{Function} can never handle message {Number}; moved to the dead letters")]
    public static partial void MessageDeadLettered(this ILogger logger, string function, long number, Exception exception);

    [LoggerMessage(2101, LogLevel.Error, "Timer {Timer} failed")]
    public static partial void TimerFailed(this ILogger logger, string timer, Exception exception);

    [LoggerMessage(2102, LogLevel.Warning, "Timer {Timer} runs late: a tick was missed")]
    public static partial void TimerPastDue(this ILogger logger, string timer);

    [LoggerMessage(2103, LogLevel.Information, "Timer {Timer} is being run by another instance")]
    public static partial void TimerHeld(this ILogger logger, string timer);

    [LoggerMessage(2104, LogLevel.Warning, "Timer {Timer} failed, and that could not be noted")]
    public static partial void TimerNoteLost(this ILogger logger, string timer, Exception exception);

    [LoggerMessage(2201, LogLevel.Information, "Campaigns {Version} with {Journeys} journeys are in force")]
    public static partial void Opened(this ILogger logger, string version, int journeys);

    [LoggerMessage(2203, LogLevel.Warning, "The deployed campaigns {Version} were in force before, and {InForce} were put in force since: they stay. To go back, publish")]
    public static partial void NotBrought(this ILogger logger, string version, string inForce);

    [LoggerMessage(2202, LogLevel.Warning, "The tables or queues can't be reached yet; again in {Wait}")]
    public static partial void NotOpenYet(this ILogger logger, TimeSpan wait, Exception exception);
}
