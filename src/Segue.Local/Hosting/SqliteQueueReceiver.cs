using Segue.Local.Storage;

namespace Segue.Local.Hosting;

/// <summary>Receives from the queues in SQLite, one message at a time under a lock of a set length.</summary>
public sealed class SqliteQueueReceiver(SqliteMessageReceiver receiver, TimeProvider clock) : IQueueReceiver
{
    private static readonly TimeSpan LockFor = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public async Task<ReceivedMessage> ReceiveAsync(string queue, CancellationToken cancellation)
    {
        while (true)
        {
            await receiver.WaitAsync(queue, cancellation);
            if (await receiver.ReceiveAsync(queue, 1, LockFor) is [var message])
            {
                return message;
            }
        }
    }

    /// <inheritdoc/>
    public async Task<ReceivedMessage?> RenewAsync(ReceivedMessage message, CancellationToken cancellation)
    {
        // Counted from before the call: the lock is then never thought longer than it is.
        var until = clock.GetUtcNow() + LockFor;
        return await receiver.RenewAsync(message, LockFor) ? message with { LockedUntil = until } : null;
    }

    /// <inheritdoc/>
    public Task CompleteAsync(ReceivedMessage message, CancellationToken cancellation) => receiver.CompleteAsync(message);

    /// <inheritdoc/>
    public Task AbandonAsync(ReceivedMessage message, TimeSpan delay, string error, bool passing, CancellationToken cancellation) =>
        receiver.AbandonAsync(message, delay, error, passing);

    /// <inheritdoc/>
    public Task DeadLetterAsync(ReceivedMessage message, string reason, CancellationToken cancellation) =>
        receiver.DeadLetterAsync(message, reason);
}
