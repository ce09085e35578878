using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using Azure.Identity;
using Azure.Messaging.ServiceBus;
using Segue.Messaging;
using Segue.Ports;

namespace Segue.Functions.ServiceBus;

/// <summary>Queues of Azure Service Bus: the sending side. The Functions host is the other.</summary>
public sealed class ServiceBusMessageBus(ServiceBusClient client, TimeProvider clock) : IMessageBus
{
    // A full queue or a busy namespace needs longer than a network's hiccup.
    private static readonly TimeSpan WhenBusy = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, ServiceBusSender> _senders = new();

    /// <inheritdoc/>
    public async Task SendAsync(string queue, IReadOnlyList<BusMessage> messages, CancellationToken cancellation = default)
    {
        MessageRules.Check(queue, messages);
        cancellation.ThrowIfCancellationRequested();
        var sender = _senders.GetOrAdd(queue, client.CreateSender);
        try
        {
            await SendAsync(sender, messages, clock.GetUtcNow(), cancellation);
        }
        catch (Exception e) when (IsOfService(e, cancellation))
        {
            throw ToPort(e, queue, messages);
        }
    }

    /// <summary>As few batches as the service's size limit allows; the batch itself knows the limit of its namespace.</summary>
    private static async Task SendAsync(
        ServiceBusSender sender, IReadOnlyList<BusMessage> messages, DateTimeOffset now, CancellationToken cancellation)
    {
        for (var next = 0; next < messages.Count;)
        {
            using var batch = await sender.CreateMessageBatchAsync(cancellation);
            var first = next;
            while (next < messages.Count && batch.TryAddMessage(ToServiceBus(messages[next], now)))
            {
                next++;
            }

            if (next == first)
            {
                throw new MessageTooLargeException(messages[first].Id, Encoding.UTF8.GetByteCount(messages[first].Body));
            }

            await sender.SendMessagesAsync(batch, cancellation);
        }
    }

    private static ServiceBusMessage ToServiceBus(BusMessage message, DateTimeOffset now)
    {
        var sent = new ServiceBusMessage(message.Body) { MessageId = message.Id, ContentType = "application/json" };
        if (message.DeliverAt is { } at && at > now)
        {
            sent.ScheduledEnqueueTime = at.ToUniversalTime();
        }

        return sent;
    }

    private static bool IsOfService(Exception e, CancellationToken cancellation) => e switch
    {
        OperationCanceledException => !cancellation.IsCancellationRequested,
        ServiceBusException or AuthenticationFailedException or UnauthorizedAccessException => true,
        TimeoutException or SocketException or IOException => true,
        _ => false,
    };

    private static Exception ToPort(Exception e, string queue, IReadOnlyList<BusMessage> messages) => e switch
    {
        ServiceBusException { Reason: ServiceBusFailureReason.MessageSizeExceeded } => Largest(messages),
        ServiceBusException { Reason: ServiceBusFailureReason.QuotaExceeded or ServiceBusFailureReason.ServiceBusy } busy =>
            new PortUnavailableException($"Queue {queue} takes nothing at the moment: {busy.Reason}.", e) { RetryAfter = WhenBusy },
        ServiceBusException failed => new PortUnavailableException($"Queue {queue} could not be reached: {failed.Reason}.", e),
        _ => new PortUnavailableException($"Queue {queue} could not be reached: {e.GetType().Name}.", e),
    };

    private static MessageTooLargeException Largest(IReadOnlyList<BusMessage> messages)
    {
        var largest = messages.MaxBy(m => Encoding.UTF8.GetByteCount(m.Body))!;
        return new(largest.Id, Encoding.UTF8.GetByteCount(largest.Body));
    }
}
