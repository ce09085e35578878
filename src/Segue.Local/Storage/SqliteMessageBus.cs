using Segue.Messaging;
using Segue.Ports;

namespace Segue.Local.Storage;

/// <summary>Queues in SQLite: the sending side. <see cref="SqliteMessageReceiver"/> is the other.</summary>
public sealed class SqliteMessageBus(SqliteDatabase database, TimeProvider time) : IMessageBus
{
    internal const string Put =
        "INSERT INTO messages (queue, id, body, visible_at) VALUES ($1, $2, $3, $4)";

    /// <inheritdoc/>
    /// <remarks>All of the messages or none are put on the queue.</remarks>
    public async Task SendAsync(string queue, IReadOnlyList<BusMessage> messages, CancellationToken cancellation = default)
    {
        MessageRules.Check(queue, messages);
        cancellation.ThrowIfCancellationRequested();
        if (messages.Count == 0)
        {
            return;
        }

        var now = time.GetUtcNow().UtcTicks;
        try
        {
            await database.WriteAsync(writer =>
            {
                foreach (var message in messages)
                {
                    // At once is now and not the beginning of time, so that those who wait longest come first.
                    writer.Session.Execute(Put, queue, message.Id, message.Body, message.DeliverAt?.UtcTicks ?? now);
                }

                return messages.Count;
            }, cancellation);
        }
        finally
        {
            // Also when the caller gave up: the messages may be there.
            database.Signals.Raise(queue);
        }
    }
}
