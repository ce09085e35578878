namespace Segue.Orders;

/// <summary>What a customer's counted orders add up to: all that segmentation needs to know of them.</summary>
public sealed record PurchaseSummary
{
    /// <summary>No orders.</summary>
    public static PurchaseSummary None { get; } = new();

    /// <summary>Counted orders: paid, not returned in full. Orders of zero amount count.</summary>
    public int Orders { get; init; }

    /// <summary>Net of returns, in the shop's currency.</summary>
    public decimal TotalSpend { get; init; }

    /// <summary>When the first counted order was placed.</summary>
    public DateTimeOffset? FirstOrderAt { get; init; }

    /// <summary>When the last counted order was placed.</summary>
    public DateTimeOffset? LastOrderAt { get; init; }

    /// <summary>Id of the last counted order: among orders of one instant the ids decide which is last.</summary>
    public string? LastOrderId { get; init; }

    /// <summary>Net amount of the first counted order.</summary>
    public decimal FirstOrderAmount { get; init; }

    /// <summary>Net amount of the last counted order.</summary>
    public decimal LastOrderAmount { get; init; }

    /// <summary>Category of the first item of the first counted order, if known.</summary>
    public string? FirstCategory { get; init; }

    /// <summary>
    /// Items' money by category, over all counted orders; only what items say, gift cards and returns left aside. At most
    /// <see cref="PurchaseHistory.MaxCategories"/>: those bought first. Null for none.
    /// </summary>
    public IReadOnlyDictionary<string, decimal>? SpendByCategory { get; init; }

    /// <summary>Pieces in all counted orders.</summary>
    public int ItemsBought { get; init; }

    /// <summary>Channel of the last counted order.</summary>
    public string? Channel { get; init; }

    /// <summary>When an order last ended a silence that had made the customer churned, or null.</summary>
    public DateTimeOffset? WonBackAt { get; init; }

    /// <summary>The silence that made the customer churned on the day of <see cref="WonBackAt"/>, or null.</summary>
    public TimeSpan? WonBackBound { get; init; }

    /// <summary>Returns that are kept and whose order has not arrived.</summary>
    public int WaitingReturns { get; init; }

    /// <summary>Gap from the first to the second counted order, or null.</summary>
    public TimeSpan? FirstGap { get; init; }

    /// <summary>Days (UTC) with a counted order; 0 without orders, and in rows from before it was kept.</summary>
    public int PurchaseDays { get; init; }

    /// <summary>Net money of the first of these days.</summary>
    public decimal FirstDaySpend { get; init; }

    /// <summary>Net money of the counted orders of the 365 days after the first of these days, which is left out.</summary>
    public decimal FirstYearSpend { get; init; }

    /// <summary>
    /// The newest months with counted orders, oldest first; at most <see cref="PurchaseMonth.Most"/>. Null where
    /// <see cref="PurchaseDays"/> is 0.
    /// </summary>
    public IReadOnlyList<PurchaseMonth>? Months { get; init; }
}
