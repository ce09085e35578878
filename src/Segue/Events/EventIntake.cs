using Segue.Messaging;
using Segue.Ports;
using Segue.Storage;

namespace Segue.Events;

/// <summary>Takes events that were found good: they are on the bus when the answer is given.</summary>
public sealed class EventIntake(IMessageBus bus)
{
    /// <summary>Puts events on the bus. One that names customer and visitor says that the two are one.</summary>
    /// <param name="events">The events.</param>
    /// <param name="arrivedAt">When they arrived: what is old by then is history.</param>
    /// <param name="cancellation">Gives up the call.</param>
    /// <exception cref="PortUnavailableException">Try again; any of them may have been taken, which does no harm.</exception>
    /// <exception cref="MessageTooLargeException">An event is too large to be carried.</exception>
    public Task AcceptAsync(IEnumerable<IncomingEvent> events, DateTimeOffset arrivedAt, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(events);
        return bus.SendAsync(Queues.Customers, [.. events.SelectMany(e => Messages(e, arrivedAt))], cancellation);
    }

    private static IEnumerable<BusMessage> Messages(IncomingEvent incoming, DateTimeOffset arrivedAt)
    {
        var (fact, facts, visitor) = incoming;
        if (incoming.IsAnonymous)
        {
            yield return new VisitorEvent { CustomerId = fact.CustomerId, Event = fact, ArrivedAt = arrivedAt }
                .ToBus($"{Keys.Escape(fact.CustomerId)}~visited~{Keys.Escape(fact.EventId)}");
            yield break;
        }

        if (visitor is not null)
        {
            yield return new VisitorSignedIn { CustomerId = fact.CustomerId, Visitor = visitor, ArrivedAt = arrivedAt }
                .ToBus($"{Keys.Escape(fact.CustomerId)}~signed-in~{Keys.Escape(visitor)}~{arrivedAt.UtcTicks}");
        }

        yield return EventArrived.ToBus(fact, arrivedAt, facts.IsEmpty ? null : facts);
    }
}
