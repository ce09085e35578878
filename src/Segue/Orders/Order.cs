using System.Text.Json.Serialization;

namespace Segue.Orders;

/// <summary>Where an order stands. Only <see cref="Paid"/> counts.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<OrderStatus>))]
public enum OrderStatus
{
    /// <summary>Placed and not paid.</summary>
    [JsonStringEnumMemberName("pending")]
    Pending,

    /// <summary>Paid: it counts.</summary>
    [JsonStringEnumMemberName("paid")]
    Paid,

    /// <summary>Called off: it no longer counts.</summary>
    [JsonStringEnumMemberName("cancelled")]
    Cancelled,

    /// <summary>Returned in full: it no longer counts.</summary>
    [JsonStringEnumMemberName("refunded")]
    Refunded,
}

/// <summary>An order as it is kept: checked, its customer known, its money in the shop's currency.</summary>
public sealed record Order
{
    /// <summary>The shop's id, or the derived one of a file's row.</summary>
    public required string OrderId { get; init; }

    /// <summary>The customer.</summary>
    public required string CustomerId { get; init; }

    /// <summary>When it was placed.</summary>
    public required DateTimeOffset OrderedAt { get; init; }

    /// <summary>When this version of it was made; a newer one replaces an older. Null is older than any.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>Where it stands.</summary>
    public OrderStatus Status { get; set; } = OrderStatus.Paid;

    /// <summary>Goods after discount, before tax and shipping, in the shop's currency. Zero or more.</summary>
    public required decimal Amount { get; init; }

    /// <summary>Discount that <see cref="Amount"/> has already been lowered by. Zero or more.</summary>
    public decimal Discount { get; init; }

    /// <summary>Tax. Zero or more.</summary>
    public decimal Tax { get; init; }

    /// <summary>Shipping. Zero or more.</summary>
    public decimal Shipping { get; init; }

    /// <summary>Codes that the customer used.</summary>
    public IReadOnlyList<string> DiscountCodes { get; set; } = [];

    /// <summary>Where it was placed: web, app, store.</summary>
    public string? Channel { get; init; }

    /// <summary>What was bought.</summary>
    public IReadOnlyList<OrderItem> Items { get; set; } = [];

    /// <summary>
    /// Set on a return: the id of the order whose money <see cref="Amount"/> (how much came back, positive) lowers.
    /// A return is no order of its own.
    /// </summary>
    public string? RefundOf { get; init; }

    /// <summary>Whether it was made up from a file's row that had no order id, and so belongs to one customer only.</summary>
    public bool DerivedId { get; init; }
}

/// <summary>One line of an order.</summary>
public sealed record OrderItem
{
    /// <summary>The shop's product id.</summary>
    public required string ProductId { get; init; }

    /// <summary>The product's name.</summary>
    public string? Name { get; init; }

    /// <summary>The product's category.</summary>
    public string? Category { get; init; }

    /// <summary>Pieces, 1 or more.</summary>
    public int Quantity { get; set; } = 1;

    /// <summary>Price a piece, in the shop's currency.</summary>
    public decimal Price { get; init; }

    /// <summary>What a piece cost the shop, in its currency, if it says.</summary>
    public decimal? Cost { get; init; }

    /// <summary>A gift card: selling one is no revenue.</summary>
    public bool GiftCard { get; init; }
}
