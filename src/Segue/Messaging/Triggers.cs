namespace Segue.Messaging;

/// <summary>Handles one message's body. Returning means done; see <see cref="PermanentException"/> for dead letters.</summary>
public delegate Task MessageHandler(string body, CancellationToken cancellation);

/// <summary>A function that a queue's messages start.</summary>
/// <param name="Name">The function's name, as in Azure.</param>
/// <param name="Queue">One of <see cref="Queues"/>.</param>
/// <param name="Handle">What it does.</param>
public sealed record QueueTrigger(string Name, string Queue, MessageHandler Handle);

/// <summary>A function that the clock starts.</summary>
/// <param name="Name">The function's name, as in Azure.</param>
/// <param name="Schedule">Six-field cron (with seconds), UTC: the dialect of Functions timers.</param>
/// <param name="Handle">What it does; safe to run again, late or twice.</param>
public sealed record TimerTrigger(string Name, string Schedule, Func<CancellationToken, Task> Handle);

/// <summary>
/// Trying this message again can never help: it is malformed, or contradicts what is recorded. The host moves it to the
/// dead letters with <see cref="Exception.Message"/> as the reason. Every other exception means "deliver it again".
/// </summary>
public sealed class PermanentException(string reason, Exception? inner = null) : Exception(reason, inner);
