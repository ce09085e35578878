using System.Text.Json.Serialization;
using Segue.Calls;
using Segue.Customers;
using Segue.Ports;
using Segue.Products;

namespace Segue.Messaging;

/// <summary>
/// All effects of one batch, committed with it in row <c>0-outbox-{sequence}</c> and dispatched after it: whoever finds the
/// row does it again, and since every effect is named, twice is once.
/// </summary>
public sealed record Outbox
{
    /// <summary>Prefix of its row keys.</summary>
    public const string Prefix = "0-outbox-";

    /// <summary>When it was committed: facts are kept under this day, however late they are dispatched.</summary>
    public required DateTimeOffset CommittedAt { get; init; }

    /// <summary>Messages to other handlers.</summary>
    public IReadOnlyList<QueuedMessage> Messages { get; set; } = [];

    /// <summary>What happened, for reports.</summary>
    public IReadOnlyList<Measurement.Fact> Facts { get; set; } = [];

    /// <summary>Discount codes made for the customer, for the index of all.</summary>
    public IReadOnlyList<string>? Codes { get; init; }

    /// <summary>What the customer showed interest in.</summary>
    public IReadOnlyList<Interest>? Interests { get; init; }

    /// <summary>What it says about e-mail addresses; null for nothing.</summary>
    public IReadOnlyList<Email.Suppression.AddressEffect>? Addresses { get; init; }

    /// <summary>What it changes in the agents' lists, in order; null for nothing.</summary>
    public IReadOnlyList<CallChange>? Calls { get; init; }

    /// <summary>The customer's summary, where it changed.</summary>
    public SummaryRow? Summary { get; init; }

    /// <summary>Paused journeys that keep this customer: looked at again, lest they were resumed meanwhile.</summary>
    public IReadOnlyList<string> HeldJourneys { get; set; } = [];

    /// <summary>Whether there is nothing to dispatch.</summary>
    [JsonIgnore]
    public bool IsEmpty => Messages.Count == 0 && Facts.Count == 0 && HeldJourneys.Count == 0 && Codes is null && Interests is null && Addresses is null && Calls is null && Summary is null;
}

/// <summary>A message and its queue.</summary>
public sealed record QueuedMessage(string Queue, BusMessage Message);
