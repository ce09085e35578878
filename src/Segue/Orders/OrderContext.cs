namespace Segue.Orders;

/// <summary>What an order is read against.</summary>
/// <param name="Currency">ISO 4217 code of the shop's currency.</param>
/// <param name="Now">The moment of arrival.</param>
public sealed record OrderContext(string Currency, DateTimeOffset Now)
{
    /// <summary>Rates of other currencies; none means that every other currency is refused.</summary>
    public RateTable Rates { get; init; } = RateTable.Empty;

    /// <summary>
    /// The request's <c>Idempotency-Key</c>: an order without an id then gets one derived from it and from the order's place
    /// in the body. Null: an id is required.
    /// </summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>An order without an id gets one derived from its content (<see cref="DerivedOrderId"/>): a file's rows.</summary>
    public bool DeriveOrderIds { get; init; }

    /// <summary>How far ahead of <see cref="Now"/> a moment may lie: clocks differ.</summary>
    public static TimeSpan FutureAllowed { get; } = TimeSpan.FromHours(24);
}
