using Segue.Customers;
using Segue.Storage;

namespace Segue.Events;

/// <summary>An event of a customer.</summary>
public sealed record EventArrived : CustomerMessage
{
    /// <summary>The event.</summary>
    public required CustomerEvent Event { get; init; }

    /// <summary>What it says about the customer beside; null for nothing.</summary>
    public CustomerFacts? Facts { get; init; }

    /// <summary>When it was accepted: what is old by then is history.</summary>
    public required DateTimeOffset ArrivedAt { get; init; }

    internal override DateTimeOffset? AcceptedAt => ArrivedAt;

    /// <summary>The message as the bus takes it, named by the event.</summary>
    /// <param name="fact">The event.</param>
    /// <param name="arrivedAt">When it was accepted.</param>
    /// <param name="facts">What it says about the customer beside.</param>
    public static Ports.BusMessage ToBus(CustomerEvent fact, DateTimeOffset arrivedAt, CustomerFacts? facts = null)
    {
        ArgumentNullException.ThrowIfNull(fact);
        return new EventArrived { CustomerId = fact.CustomerId, Event = fact, ArrivedAt = arrivedAt, Facts = facts }
            .ToBus($"{Keys.Escape(fact.CustomerId)}~event~{Keys.Escape(fact.EventId)}");
    }
}
