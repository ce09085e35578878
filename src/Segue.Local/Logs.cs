using Microsoft.Extensions.Logging;

namespace Segue.Local;

/// <summary>
/// All that the host logs. Event ids are stable; messages carry names and times, never personal data: a message goes by its
/// number in the queue, since its id may hold what a shop calls its customer.
/// </summary>
internal static partial class Logs
{
    [LoggerMessage(1001, LogLevel.Warning, "{Handler} failed on message {Number} (delivery {Delivery}); again in {Delay}")]
    public static partial void MessageFailed(
        ILogger logger, string handler, long number, int delivery, TimeSpan delay, Exception exception);

    [LoggerMessage(1002, LogLevel.Error, "{Handler} can never handle message {Number}; moved to the dead letters")]
    public static partial void MessageDeadLettered(ILogger logger, string handler, long number, Exception exception);

    [LoggerMessage(1003, LogLevel.Warning, "{Handler} lost its lock on message {Number}; it will come again")]
    public static partial void LockLost(ILogger logger, string handler, long number);

    [LoggerMessage(1004, LogLevel.Warning, "Queue {Queue} could not be read; trying again in {Delay}")]
    public static partial void ReceiveFailed(ILogger logger, string queue, TimeSpan delay, Exception exception);

    [LoggerMessage(1005, LogLevel.Warning, "Queue {Queue} stopped with {Count} messages under way; they will come again")]
    public static partial void DrainTimedOut(ILogger logger, string queue, int count);

    [LoggerMessage(1006, LogLevel.Warning, "What came of message {Number} could not be told to queue {Queue}; it will come again")]
    public static partial void SettleFailed(ILogger logger, string queue, long number, Exception exception);

    [LoggerMessage(1101, LogLevel.Error, "Timer {Timer} failed; next at {Next:O}")]
    public static partial void TimerFailed(ILogger logger, string timer, DateTimeOffset? next, Exception exception);

    [LoggerMessage(1102, LogLevel.Information, "Timer {Timer} was due at {Due:O} while nothing ran; running it now")]
    public static partial void TimerPastDue(ILogger logger, string timer, DateTimeOffset due);

    [LoggerMessage(1201, LogLevel.Information, "Listening on {Address}")]
    public static partial void Listening(ILogger logger, string address);
}
