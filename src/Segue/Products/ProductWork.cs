using Segue.Segmentation;

namespace Segue.Products;

/// <summary>A product is new or has changed. Its shard is the product's own.</summary>
public sealed record PutProduct : ShardWork
{
    /// <summary>The product as the shop describes it now.</summary>
    public required Product Product { get; init; }

    /// <summary>When it was accepted.</summary>
    public required DateTimeOffset ArrivedAt { get; init; }

    /// <summary>An import: what it changes is no news to anybody.</summary>
    public bool Silent { get; init; }
}

/// <summary>The moment from which a product can be had may have come. Its shard is the product's own.</summary>
public sealed record ReleaseProduct : ShardWork
{
    /// <summary>The product.</summary>
    public required string ProductId { get; init; }
}

/// <summary>Tell those of one shard's customers who are interested what happened to a product.</summary>
public sealed record TellInterested : ShardWork
{
    /// <summary>The news.</summary>
    public required ProductNews News { get; init; }
}

/// <summary>What happened to a product that customers may want to know.</summary>
/// <param name="Event">The event that each interested customer gets: price-dropped, released, restocked.</param>
/// <param name="Product">The product as it is now.</param>
/// <param name="At">When it happened.</param>
/// <param name="Was">The price before, for a price drop.</param>
public sealed record ProductNews(string Event, Product Product, DateTimeOffset At, decimal? Was = null);
