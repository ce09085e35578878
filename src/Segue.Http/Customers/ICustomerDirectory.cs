using System.Text.Json.Nodes;
using Segue.Customers;
using Segue.Segmentation;

namespace Segue.Http.Customers;

/// <summary>Customers, one at a time.</summary>
public interface ICustomerDirectory
{
    /// <summary>The customer, or null.</summary>
    Task<CustomerView?> FindAsync(string id, CancellationToken cancellation);

    /// <summary>All that is kept of the customer, or null.</summary>
    /// <exception cref="Segue.Ports.PortUnavailableException">The store can't be reached.</exception>
    Task<JsonObject?> ExportAsync(string id, CancellationToken cancellation);

    /// <summary>Puts it on the bus that a customer is to be forgotten.</summary>
    /// <param name="id">The customer; whether there is one is not looked at.</param>
    /// <param name="cancellation">Gives up the call.</param>
    /// <returns>What is wrong with the id; empty where it was taken.</returns>
    /// <exception cref="Segue.Ports.PortUnavailableException">The bus can't be reached.</exception>
    Task<IReadOnlyList<RequestFault>> EraseAsync(string id, CancellationToken cancellation);

    /// <summary>Checks what the shop says about a customer and puts it on the bus; nothing where anything is wrong.</summary>
    /// <param name="id">The customer.</param>
    /// <param name="body">UTF-8 JSON.</param>
    /// <param name="cancellation">Gives up the call.</param>
    /// <returns>What is wrong; empty where it was taken.</returns>
    /// <exception cref="Segue.Ports.PortUnavailableException">The bus can't be reached.</exception>
    Task<IReadOnlyList<RequestFault>> PutAsync(string id, ReadOnlyMemory<byte> body, CancellationToken cancellation);
}

/// <summary>What is known of a customer, and why they stand where they stand.</summary>
public sealed record CustomerView
{
    /// <summary>The customer's id.</summary>
    public required string Id { get; init; }

    /// <summary>Name, or null.</summary>
    public string? Name { get; init; }

    /// <summary>E-mail address, or null.</summary>
    public string? Email { get; init; }

    /// <summary>Whether they want marketing by e-mail.</summary>
    public Consent EmailConsent { get; init; }

    /// <summary>Since when they object to being profiled; null where they do not.</summary>
    public DateTimeOffset? ObjectsToProfilingSince { get; init; }

    /// <summary>Lifecycle stage.</summary>
    public Stage Stage { get; init; }

    /// <summary>Primary segment.</summary>
    public required string Segment { get; init; }

    /// <summary>The segment's name.</summary>
    public string SegmentName { get; init; } = "";

    /// <summary>ISO 4217 code of all money.</summary>
    public string Currency { get; init; } = "";

    /// <summary>Tags that hold.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The facts that the segment rests on, one sentence each.</summary>
    public IReadOnlyList<string> Why { get; init; } = [];

    /// <summary>The segments file from the top down to theirs, each with what its rule says of them.</summary>
    public IReadOnlyList<SegmentDecision> Decision { get; init; } = [];

    /// <summary>RFM scores, or null before a calibration.</summary>
    public RfmScores? Scores { get; init; }

    /// <summary>Counted orders.</summary>
    public int Orders { get; init; }

    /// <summary>Net of returns, in the shop's currency.</summary>
    public decimal TotalSpend { get; init; }

    /// <summary>When the first counted order was placed.</summary>
    public DateTimeOffset? FirstOrderAt { get; init; }

    /// <summary>When the last counted order was placed.</summary>
    public DateTimeOffset? LastOrderAt { get; init; }

    /// <summary>When time alone may next change the segment or a tag.</summary>
    public DateTimeOffset? ChangesAt { get; init; }

    /// <summary>Journeys, under way and ended.</summary>
    public IReadOnlyList<CustomerJourney> Journeys { get; init; } = [];

    /// <summary>What happened, newest first.</summary>
    public IReadOnlyList<TimelineEntry> Timeline { get; init; } = [];
}

/// <summary>A customer's way through a journey.</summary>
/// <param name="Journey">The journey's id.</param>
/// <param name="Status">Under way, ended, held out.</param>
/// <param name="Step">Where it stands, or null.</param>
/// <param name="DueAt">When it goes on, or null.</param>
public sealed record CustomerJourney(string Journey, string Status, string? Step, DateTimeOffset? DueAt);

/// <summary>One thing that happened.</summary>
/// <param name="At">When.</param>
/// <param name="What">In a word: order, sent, entered.</param>
/// <param name="Detail">In a sentence.</param>
public sealed record TimelineEntry(DateTimeOffset At, string What, string Detail);
