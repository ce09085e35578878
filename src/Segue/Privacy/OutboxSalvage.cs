using System.Text.Json;
using Segue.Email.Suppression;
using Segue.Messaging;
using Segue.Ports;

namespace Segue.Privacy;

/// <summary>
/// What of an erased customer's effects still goes out: what others are told, what stands against an address, and the figures, as
/// nobody's. The rest is about the customer, and is dropped: among it every mail.
/// </summary>
internal sealed class OutboxSalvage(IMessageBus bus, AddressBook addresses, AnonymousFacts facts)
{
    /// <summary>Sends out what is left of one outbox; twice is once.</summary>
    public async Task SendOutAsync(string customerId, Outbox outbox, CancellationToken cancellation)
    {
        foreach (var queue in outbox.Messages.Where(m => IsOfAnother(m, customerId)).GroupBy(m => m.Queue, m => m.Message))
        {
            await bus.SendAsync(queue.Key, [.. queue], cancellation);
        }

        await facts.WriteAsync(customerId, outbox.CommittedAt, outbox.Facts, cancellation);
        var said = (outbox.Addresses ?? []).Where(e => e.Change is not (AddressChange.Link or AddressChange.Unlink)).ToList();
        if (said.Count > 0)
        {
            await addresses.ApplyAsync(customerId, said, cancellation);
        }
    }

    private static bool IsOfAnother(QueuedMessage message, string customerId) =>
        message.Queue == Queues.ShardWork
        || JsonSerializer.Deserialize(message.Message.Body, SegueJson.Default.CustomerMessage)!.CustomerId != customerId;
}
