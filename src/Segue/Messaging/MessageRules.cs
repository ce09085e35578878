using System.Text;
using Segue.Ports;

namespace Segue.Messaging;

/// <summary>Checks messages against the bus's limits, the same for every message bus.</summary>
public static class MessageRules
{
    /// <summary>UTF-16 code units of a message's id.</summary>
    public const int IdLength = 128;

    /// <summary>Checks them all, so that a bus can refuse before it sent any.</summary>
    /// <exception cref="MessageTooLargeException">A body is over <see cref="BusMessage.MaxBodyBytes"/>.</exception>
    /// <exception cref="ArgumentException">A queue or message has no name, or a message's id is too long.</exception>
    public static void Check(string queue, IReadOnlyList<BusMessage> messages)
    {
        ArgumentException.ThrowIfNullOrEmpty(queue);
        ArgumentNullException.ThrowIfNull(messages);
        foreach (var message in messages)
        {
            if (message.Id is not { Length: > 0 and <= IdLength })
            {
                throw new ArgumentException($"A message's id has 1 to {IdLength} characters, not '{message.Id}'.", nameof(messages));
            }

            // A character takes three bytes at most: short bodies need no counting.
            if (3L * message.Body.Length > BusMessage.MaxBodyBytes
                && Encoding.UTF8.GetByteCount(message.Body) is > BusMessage.MaxBodyBytes and var bytes)
            {
                throw new MessageTooLargeException(message.Id, bytes);
            }
        }
    }
}
