namespace Segue.Ports;

/// <summary>
/// Queues that deliver each message at least once, in no order that anyone may count on, and never before its time.
/// Nothing is deduplicated: to send a message again is how a crashed handler repairs its work.
/// </summary>
public interface IMessageBus
{
    /// <summary>Puts messages on a queue. When the call throws, any of them may have been put there.</summary>
    /// <param name="queue">The queue's name, one of <see cref="Segue.Messaging.Queues"/>.</param>
    /// <param name="messages">Any number; the implementation splits them as its service needs.</param>
    /// <param name="cancellation">Gives up the call.</param>
    /// <exception cref="PortUnavailableException">Try again.</exception>
    /// <exception cref="MessageTooLargeException">One message alone is over the limit; none of it was sent.</exception>
    Task SendAsync(string queue, IReadOnlyList<BusMessage> messages, CancellationToken cancellation = default);
}

/// <summary>One message.</summary>
/// <param name="Id">Its derived name, at most 128 characters: the same effect has the same id each time.</param>
/// <param name="Body">UTF-8 JSON, at most <see cref="MaxBodyBytes"/>.</param>
/// <param name="DeliverAt">Not before this moment; null is at once.</param>
public sealed record BusMessage(string Id, string Body, DateTimeOffset? DeliverAt = null)
{
    /// <summary>Service Bus Standard takes 256 KB with headers; this leaves room for them. Bytes of UTF-8.</summary>
    public const int MaxBodyBytes = 240 * 1024;
}

/// <summary>A message is over the bus's limit: it can never be sent as it is.</summary>
public sealed class MessageTooLargeException(string id, int bytes)
    : Exception($"Message {id} has {bytes:N0} bytes; at most {BusMessage.MaxBodyBytes:N0} can be sent.");
