using Segue.Events;

namespace Segue.Http.Events;

/// <summary>Takes events from a request: checks them all, then puts them on the bus.</summary>
public interface IEventIntake
{
    /// <summary>
    /// Checks every event of the request. Where all are right, or <see cref="EventRequest.Partial"/> is set, those that are
    /// right go on the bus; otherwise nothing does.
    /// </summary>
    /// <exception cref="Segue.Messaging.IdempotencyKeyException">The key came with another body before, or its request is under way.</exception>
    /// <exception cref="Segue.Ports.PortUnavailableException">The bus can't be reached; the same request may be sent again.</exception>
    Task<EventReceipt> TakeAsync(EventRequest request, CancellationToken cancellation);

    /// <summary>The keys with which web pages may send events.</summary>
    Task<IReadOnlyList<BrowserKey>> BrowserKeysAsync(CancellationToken cancellation);
}

/// <summary>A request with one event or an array of them.</summary>
/// <param name="Body">UTF-8 JSON.</param>
/// <param name="IdempotencyKey">What events without an id derive theirs from, or null.</param>
/// <param name="Partial">Take what is right even where something is wrong.</param>
/// <param name="FromBrowser">A web page sent it, with its write-only key.</param>
public sealed record EventRequest(ReadOnlyMemory<byte> Body, string? IdempotencyKey, bool Partial, bool FromBrowser = false)
{
    /// <summary>Says what would be taken, and takes nothing.</summary>
    public bool CheckOnly { get; init; }
}

/// <summary>What came of a request.</summary>
/// <param name="Accepted">The events taken: none where anything is wrong and the request did not ask for a part.</param>
/// <param name="Faults">What is wrong, each with its element and field.</param>
public sealed record EventReceipt(IReadOnlyList<AcceptedEvent> Accepted, IReadOnlyList<RequestFault> Faults);

/// <summary>One event taken.</summary>
/// <param name="Index">0-based place in the request.</param>
/// <param name="EventId">Its id, given or derived.</param>
/// <param name="CustomerId">The customer it goes to; null for a visitor whom nobody knows.</param>
public sealed record AcceptedEvent(int Index, string EventId, string? CustomerId);
