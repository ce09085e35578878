namespace Segue.Recommendations;

/// <summary>What all orders together say about products: made every week, the same for all customers.</summary>
public sealed record RecommendationModel
{
    /// <summary>Customers who must have bought two products both before one is recommended for the other.</summary>
    public const int MinSupport = 3;

    /// <summary>Products that one is recommended with, the strongest.</summary>
    public const int MaxRelated = 12;

    /// <summary>Best sellers kept, overall and of each category.</summary>
    public const int MaxBestSellers = 24;

    /// <summary>Gaps from which a product's repurchase interval is learned at least.</summary>
    public const int MinGaps = 5;

    /// <summary>Orders for each buyer from which a product counts as one that is bought again: a pot is not, tea is.</summary>
    public const double MinRebuying = 1.2;

    /// <summary>G² that a pair must exceed: chance does in one of a hundred (chi-squared, one degree of freedom).</summary>
    public const double MinLogLikelihoodRatio = 6.635;

    /// <summary>None yet.</summary>
    public static RecommendationModel Empty { get; } = new();

    /// <summary>The moment it describes; null for <see cref="Empty"/>.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Customers whom it rests on.</summary>
    public long Buyers { get; init; }

    /// <summary>Each product that was bought, by its id.</summary>
    public IReadOnlyDictionary<string, KnownProduct> Products { get; set; } = new Dictionary<string, KnownProduct>();

    /// <summary>Ids of the products with the most buyers, the most first.</summary>
    public IReadOnlyList<string> BestSellers { get; set; } = [];

    /// <summary>The same by category.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> BestSellersOf { get; set; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>The model that counts make.</summary>
    public static RecommendationModel Of(BasketCounts counts, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(counts);
        var related = new Dictionary<string, List<RelatedProduct>>(StringComparer.Ordinal);
        foreach (var (pair, both) in counts.Pairs.Where(p => p.Value >= MinSupport))
        {
            var ids = pair.Split('\n');
            if (!counts.Products.TryGetValue(ids[0], out var a) || !counts.Products.TryGetValue(ids[1], out var b))
            {
                continue;
            }

            var (lift, ratio) = (Association.Lift(both, a.Buyers, b.Buyers, counts.Buyers), Association.LogLikelihoodRatio(both, a.Buyers, b.Buyers, counts.Buyers));
            if (lift > 1 && ratio >= MinLogLikelihoodRatio)
            {
                Add(ids[0], new(ids[1], both, lift, ratio));
                Add(ids[1], new(ids[0], both, lift, ratio));
            }
        }

        void Add(string product, RelatedProduct other) => (related.TryGetValue(product, out var list) ? list : related[product] = []).Add(other);
        var ranked = counts.Products.OrderByDescending(p => p.Value.Buyers).ThenBy(p => p.Key, StringComparer.Ordinal).ToList();
        return new()
        {
            At = at,
            Buyers = counts.Buyers,
            Products = counts.Products.ToDictionary(p => p.Key, p => new KnownProduct(
                p.Value.Name, p.Value.Category, p.Value.Price, p.Value.Buyers, p.Value.Orders >= MinRebuying * p.Value.Buyers ? Interval(p.Value.Gaps) : null,
                related.TryGetValue(p.Key, out var others) ? [.. others.OrderByDescending(o => o.LogLikelihoodRatio).ThenBy(o => o.ProductId, StringComparer.Ordinal).Take(MaxRelated)] : [])),
            BestSellers = [.. ranked.Take(MaxBestSellers).Select(p => p.Key)],
            BestSellersOf = ranked.Where(p => p.Value.Category is not null).GroupBy(p => p.Value.Category!, StringComparer.Ordinal)
                .ToDictionary(g => g.Key, g => (IReadOnlyList<string>)[.. g.Take(MaxBestSellers).Select(p => p.Key)]),
        };
    }

    /// <summary>The median gap in days; null for a product that too few bought again.</summary>
    private static double? Interval(IReadOnlyList<float> gaps)
    {
        if (gaps.Count < MinGaps)
        {
            return null;
        }

        var sorted = gaps.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2.0;
    }
}

/// <summary>What orders say about one product.</summary>
/// <param name="Name">Its name, if orders say it.</param>
/// <param name="Category">Its category, if orders say it.</param>
/// <param name="Price">Its last price, in the shop's currency.</param>
/// <param name="Buyers">Customers who bought it.</param>
/// <param name="EveryDays">Days after which half of those who buy it again do so; null where too few do.</param>
/// <param name="Related">What was bought with it, the surest first.</param>
public sealed record KnownProduct(
    string? Name, string? Category, decimal Price, int Buyers, double? EveryDays, IReadOnlyList<RelatedProduct> Related);

/// <summary>A product that goes with another.</summary>
/// <param name="ProductId">The product.</param>
/// <param name="Buyers">Customers who bought both.</param>
/// <param name="Lift">See <see cref="Association.Lift"/>.</param>
/// <param name="LogLikelihoodRatio">See <see cref="Association.LogLikelihoodRatio"/>.</param>
public sealed record RelatedProduct(string ProductId, int Buyers, double Lift, double LogLikelihoodRatio);
