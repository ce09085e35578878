namespace Segue.Products;

/// <summary>A product as the shop describes it: row of the table Products, by shard and id.</summary>
public sealed record Product
{
    /// <summary>The shop's id, the one that orders and events name.</summary>
    public required string ProductId { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its page.</summary>
    public Uri? Url { get; init; }

    /// <summary>Its picture.</summary>
    public Uri? Image { get; init; }

    /// <summary>Its category.</summary>
    public string? Category { get; init; }

    /// <summary>Its price a piece, in the shop's currency.</summary>
    public required decimal Price { get; init; }

    /// <summary>What a piece costs the shop, in its currency.</summary>
    public decimal? Cost { get; init; }

    /// <summary>Pieces in stock; null where the shop does not say, which means that there are some.</summary>
    public int? Stock { get; init; }

    /// <summary>From when it can be had; null for always.</summary>
    public DateTimeOffset? ReleasedAt { get; init; }

    /// <summary>When this version was made; an older one never replaces a newer.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>Whether it can be had at a moment.</summary>
    public bool IsAvailable(DateTimeOffset now) => Stock is not 0 && !(ReleasedAt > now);
}
