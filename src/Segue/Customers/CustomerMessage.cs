using System.Text.Json;
using System.Text.Json.Serialization;
using Segue.Calls;
using Segue.Email.Reports;
using Segue.Email.Suppression;
using Segue.Events;
using Segue.Journeys;
using Segue.Messaging;
using Segue.Offers;
using Segue.Orders;
using Segue.Ports;
using Segue.Privacy;
using Segue.Webhooks;

namespace Segue.Customers;

/// <summary>A message about one customer, on the queues <c>customers</c>, <c>journey-steps</c>, <c>emails</c> and <c>webhooks</c>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(OrderArrived), "order")]
[JsonDerivedType(typeof(OrderMoved), "order-moved")]
[JsonDerivedType(typeof(CustomerChanged), "customer")]
[JsonDerivedType(typeof(EventArrived), "event")]
[JsonDerivedType(typeof(VisitorEvent), "visitor-event")]
[JsonDerivedType(typeof(VisitorSignedIn), "visitor-signed-in")]
[JsonDerivedType(typeof(VisitorQuiet), "visitor-quiet")]
[JsonDerivedType(typeof(LookAtReservation), "reservation")]
[JsonDerivedType(typeof(Unsubscribed), "unsubscribe")]
[JsonDerivedType(typeof(PreferencesChosen), "preferences")]
[JsonDerivedType(typeof(MailReported), "mail-report")]
[JsonDerivedType(typeof(AddressSuppressed), "address-suppressed")]
[JsonDerivedType(typeof(WakeUp), "wake")]
[JsonDerivedType(typeof(EnterExisting), "enter-existing")]
[JsonDerivedType(typeof(EnterScheduled), "enter-scheduled")]
[JsonDerivedType(typeof(CallAnswered), "call-answered")]
[JsonDerivedType(typeof(LimitAsked), "limit-asked")]
[JsonDerivedType(typeof(LimitGranted), "limit-granted")]
[JsonDerivedType(typeof(SendDue), "send")]
[JsonDerivedType(typeof(WebhookDue), "webhook")]
[JsonDerivedType(typeof(EraseCustomer), "erase")]
[JsonDerivedType(typeof(SweepErased), "sweep-erased")]
public abstract record CustomerMessage
{
    /// <summary>The customer.</summary>
    public required string CustomerId { get; init; }

    /// <summary>How often it was put back because a service was not available.</summary>
    public int Retries { get; init; }

    /// <summary>When it was accepted from outside; null for what the product tells itself.</summary>
    internal virtual DateTimeOffset? AcceptedAt => null;

    /// <summary>The message as the bus takes it.</summary>
    /// <param name="name">Its derived name, of any length.</param>
    /// <param name="deliverAt">Not before this moment; null is at once.</param>
    internal BusMessage ToBus(string name, DateTimeOffset? deliverAt = null) =>
        new(MessageIds.Of(name), JsonSerializer.Serialize(this, SegueJson.Default.CustomerMessage), deliverAt);
}

/// <summary>An order, or a newer version of one, or a return.</summary>
public sealed record OrderArrived : CustomerMessage
{
    /// <summary>The order and what it says about the customer.</summary>
    public required IncomingOrder Order { get; init; }

    /// <summary>When it was accepted: what is old by then is history.</summary>
    public required DateTimeOffset ArrivedAt { get; init; }

    internal override DateTimeOffset? AcceptedAt => ArrivedAt;
}

/// <summary>An order of this customer turned out to be another's.</summary>
public sealed record OrderMoved : CustomerMessage
{
    /// <summary>The order.</summary>
    public required string OrderId { get; init; }
}

/// <summary>The shop says something about the customer.</summary>
public sealed record CustomerChanged : CustomerMessage
{
    /// <summary>What it says; null fields say nothing.</summary>
    public required CustomerFacts Facts { get; init; }

    /// <summary>When it was accepted.</summary>
    public required DateTimeOffset ArrivedAt { get; init; }

    internal override DateTimeOffset? AcceptedAt => ArrivedAt;
}

/// <summary>The customer wants no more marketing mail, or none on a topic.</summary>
public sealed record Unsubscribed : CustomerMessage
{
    /// <summary>Only from the topic of the mail <see cref="SendId"/>, if it has one; otherwise from everything.</summary>
    public bool OnlyItsTopic { get; init; }

    /// <summary>When they said so.</summary>
    public required DateTimeOffset At { get; init; }

    internal override DateTimeOffset? AcceptedAt => At;

    /// <summary>The e-mail whose link they used, as proof.</summary>
    public string? SendId { get; init; }
}

/// <summary>The customer chose what mail they want.</summary>
public sealed record PreferencesChosen : CustomerMessage
{
    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    internal override DateTimeOffset? AcceptedAt => At;

    /// <summary>Marketing at all; null leaves it as it is.</summary>
    public bool? Marketing { get; init; }

    /// <summary>Calls and text messages; null leaves them as they are.</summary>
    public bool? Calls { get; init; }

    /// <summary>Being profiled; null leaves it as it is.</summary>
    public bool? Profiling { get; init; }

    /// <summary>The e-mail whose link they used, as proof; null where there is none.</summary>
    public string? SendId { get; init; }

    /// <summary>The words that they agreed to, kept with a yes; null where they only refused.</summary>
    public string? Words { get; init; }

    /// <summary>Topics, by whether they are wanted; those not named stay as they are.</summary>
    public IReadOnlyDictionary<string, bool> Topics { get; init; } = new Dictionary<string, bool>();
}

/// <summary>It may be time for something: look.</summary>
public sealed record WakeUp : CustomerMessage
{
    /// <summary>The moment to look at; a wake-up that comes before puts itself back.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What is expected, for the logs: <c>evaluate</c>, <c>outbox</c>, a step's token.</summary>
    public required string Why { get; init; }
}

/// <summary>A journey that takes in existing members went live.</summary>
public sealed record EnterExisting : CustomerMessage
{
    /// <summary>The journey.</summary>
    public required string Journey { get; init; }

    /// <summary>When it went live: who has entered since does not enter again.</summary>
    public required DateTimeOffset LiveSince { get; init; }
}

/// <summary>A journey begins by its calendar.</summary>
public sealed record EnterScheduled : CustomerMessage
{
    /// <summary>The journey.</summary>
    public required string Journey { get; init; }

    /// <summary>The calendar's moment: who has entered since does not enter again.</summary>
    public required DateTimeOffset At { get; init; }
}

/// <summary>An e-mail to decide on and send.</summary>
public sealed record SendDue : CustomerMessage
{
    /// <summary>The e-mail.</summary>
    public required string SendId { get; init; }

    /// <summary>Not before this moment.</summary>
    public required DateTimeOffset At { get; init; }
}
