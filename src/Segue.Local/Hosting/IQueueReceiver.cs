using Segue.Local.Storage;

namespace Segue.Local.Hosting;

/// <summary>The receiving side of the bus: takes messages from queues under a lock and says what came of them.</summary>
public interface IQueueReceiver
{
    /// <summary>
    /// Waits, without polling, until a message of the queue is due, and locks it. Delivers at least once: a message whose
    /// lock ran out comes again.
    /// </summary>
    /// <exception cref="OperationCanceledException">The wait was given up.</exception>
    Task<ReceivedMessage> ReceiveAsync(string queue, CancellationToken cancellation);

    /// <summary>Extends the lock; null when it was lost, and somebody else may have the message.</summary>
    Task<ReceivedMessage?> RenewAsync(ReceivedMessage message, CancellationToken cancellation);

    /// <summary>Removes the message. Does nothing when the lock was lost.</summary>
    Task CompleteAsync(ReceivedMessage message, CancellationToken cancellation);

    /// <summary>Gives the message back, to be delivered again after the delay. Does nothing when the lock was lost.</summary>
    /// <param name="message">The message.</param>
    /// <param name="delay">How long until it can be received again.</param>
    /// <param name="error">What went wrong.</param>
    /// <param name="passing">Whether that passes by itself: then it never makes a dead letter of the message.</param>
    /// <param name="cancellation">Gives up the call.</param>
    Task AbandonAsync(ReceivedMessage message, TimeSpan delay, string error, bool passing, CancellationToken cancellation);

    /// <summary>Moves the message to the dead letters. Does nothing when the lock was lost.</summary>
    Task DeadLetterAsync(ReceivedMessage message, string reason, CancellationToken cancellation);
}
