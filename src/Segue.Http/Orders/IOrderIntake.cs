namespace Segue.Http.Orders;

/// <summary>Takes orders from a request: checks them all, then puts them on the bus.</summary>
public interface IOrderIntake
{
    /// <summary>
    /// Checks every order of the request. Where all are right, or <see cref="OrderRequest.Partial"/> is set, those that
    /// are right go on the bus; otherwise nothing does.
    /// </summary>
    /// <exception cref="Segue.Messaging.IdempotencyKeyException">The key came with another body before, or its request is under way.</exception>
    /// <exception cref="Segue.Ports.PortUnavailableException">The bus can't be reached; the same request may be sent again.</exception>
    Task<OrderReceipt> TakeAsync(OrderRequest request, CancellationToken cancellation);
}

/// <summary>A request with one order or an array of them.</summary>
/// <param name="Body">UTF-8 JSON.</param>
/// <param name="IdempotencyKey">What orders without an id derive theirs from, or null.</param>
/// <param name="Partial">Take what is right even where something is wrong.</param>
public sealed record OrderRequest(ReadOnlyMemory<byte> Body, string? IdempotencyKey, bool Partial)
{
    /// <summary>Says what would be taken, and takes nothing.</summary>
    public bool CheckOnly { get; init; }
}

/// <summary>What came of a request.</summary>
/// <param name="Accepted">The orders taken: none where anything is wrong and the request did not ask for a part.</param>
/// <param name="DuplicatesInRequest">Orders that stand in the request twice with the same content, beyond the first.</param>
/// <param name="Faults">What is wrong, each with its element and field.</param>
public sealed record OrderReceipt(
    IReadOnlyList<AcceptedOrder> Accepted, int DuplicatesInRequest, IReadOnlyList<RequestFault> Faults);

/// <summary>One order taken.</summary>
/// <param name="Index">0-based place in the request.</param>
/// <param name="OrderId">Its id, given or derived.</param>
/// <param name="CustomerId">The customer it goes to.</param>
public sealed record AcceptedOrder(int Index, string OrderId, string CustomerId);
