using System.Text.Json.Serialization;
using Segue.Orders;

namespace Segue.Recommendations;

/// <summary>Why a product is recommended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RecommendationReason>))]
public enum RecommendationReason
{
    /// <summary>Bought before, and used up by now.</summary>
    [JsonStringEnumMemberName("replenish")]
    Replenish,

    /// <summary>Goes with what was bought.</summary>
    [JsonStringEnumMemberName("also bought")]
    AlsoBought,

    /// <summary>Of the favourite category, a little above what the customer usually pays.</summary>
    [JsonStringEnumMemberName("up-sell")]
    UpSell,

    /// <summary>Of the favourite category.</summary>
    [JsonStringEnumMemberName("favourite category")]
    FavouriteCategory,

    /// <summary>What most customers buy.</summary>
    [JsonStringEnumMemberName("best seller")]
    BestSeller,
}

/// <summary>One product for one customer.</summary>
/// <param name="ProductId">The product.</param>
/// <param name="Reason">Why.</param>
/// <param name="Because">The product that it goes with, for <see cref="RecommendationReason.AlsoBought"/>.</param>
public sealed record Recommendation(string ProductId, RecommendationReason Reason, string? Because = null);

/// <summary>What is known of the customer.</summary>
/// <param name="Orders">Their counted orders.</param>
/// <param name="LookedAt">The category that they look at most; counts where nothing was bought.</param>
/// <param name="InCart">Products in the cart, which need no recommendation.</param>
public sealed record RecommendationInput(IReadOnlyList<Order> Orders, string? LookedAt = null, IReadOnlyCollection<string>? InCart = null);

/// <summary>Chooses products for one customer: a pure function of what they bought, the model, and what can be had.</summary>
public static class Recommender
{
    /// <summary>What was bought so lately is not offered again, unless it is used up.</summary>
    public static readonly TimeSpan JustBought = TimeSpan.FromDays(180);

    /// <summary>Up-sell goes up to so many times the customer's usual price of a piece.</summary>
    public const decimal PriceBand = 1.5m;

    /// <summary>A product counts as used up after so much of its interval: the mail should come before the customer goes elsewhere.</summary>
    private const double UsedUpAfter = 0.9;

    /// <summary>Of what is used up at most so many: the rest of the mail is for something else.</summary>
    private const int MostUsedUp = 2;

    /// <summary>Orders whose products lead to what goes with them.</summary>
    private const int OrdersLookedAt = 5;

    /// <summary>Every product that may come up for the customer: those whose prices must be known.</summary>
    public static IReadOnlyCollection<string> Candidates(RecommendationInput customer, RecommendationModel model)
    {
        ArgumentNullException.ThrowIfNull(customer);
        ArgumentNullException.ThrowIfNull(model);
        var bought = Bought(customer.Orders);
        return Candidates(customer, model, bought, [], _ => null).Concat(bought.Keys.Select(p => new Recommendation(p, RecommendationReason.Replenish))).Select(c => c.ProductId).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The products, best first.</summary>
    /// <param name="customer">Who it is for.</param>
    /// <param name="model">What all orders say.</param>
    /// <param name="priceOf">What a product costs now, null where it can't be had: gone, not in stock, not released.</param>
    /// <param name="now">The moment.</param>
    /// <param name="count">How many, 1 or more; fewer only where there are no more.</param>
    public static IReadOnlyList<Recommendation> For(
        RecommendationInput customer, RecommendationModel model, Func<string, decimal?> priceOf, DateTimeOffset now, int count)
    {
        ArgumentNullException.ThrowIfNull(customer);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(priceOf);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var bought = Bought(customer.Orders);
        var usedUp = UsedUp(bought, model, now);
        var chosen = new List<Recommendation>();
        var taken = new HashSet<string>(customer.InCart ?? [], StringComparer.Ordinal);
        foreach (var candidate in Candidates(customer, model, bought, usedUp, priceOf))
        {
            if (chosen.Count == count)
            {
                break;
            }

            var product = candidate.ProductId;
            var fresh = candidate.Reason != RecommendationReason.Replenish && bought.TryGetValue(product, out var times) && now - times[^1] < JustBought;
            if (!fresh && priceOf(product) is not null && taken.Add(product))
            {
                chosen.Add(candidate);
            }
        }

        return chosen;
    }

    private static IEnumerable<Recommendation> Candidates(
        RecommendationInput customer, RecommendationModel model, Dictionary<string, List<DateTimeOffset>> bought, IReadOnlyList<string> usedUp, Func<string, decimal?> priceOf)
    {
        foreach (var product in usedUp.Take(MostUsedUp))
        {
            yield return new(product, RecommendationReason.Replenish);
        }

        foreach (var (product, because) in AlsoBought(customer.Orders, model, bought))
        {
            yield return new(product, RecommendationReason.AlsoBought, because);
        }

        var favourite = FavouriteCategory(customer.Orders) ?? customer.LookedAt;
        var inFavourite = favourite is null ? [] : model.BestSellersOf.GetValueOrDefault(favourite) ?? [];
        if (UsualPrice(customer.Orders, favourite) is { } usual)
        {
            foreach (var product in inFavourite.Where(p => priceOf(p) is { } price && price > usual && price <= usual * PriceBand))
            {
                yield return new(product, RecommendationReason.UpSell);
            }
        }

        foreach (var product in inFavourite)
        {
            yield return new(product, RecommendationReason.FavouriteCategory);
        }

        foreach (var product in model.BestSellers)
        {
            yield return new(product, RecommendationReason.BestSeller);
        }
    }

    /// <summary>When each product was bought, in order.</summary>
    private static Dictionary<string, List<DateTimeOffset>> Bought(IReadOnlyList<Order> orders)
    {
        var bought = new Dictionary<string, List<DateTimeOffset>>(StringComparer.Ordinal);
        foreach (var order in orders.OrderBy(o => o.OrderedAt))
        {
            foreach (var product in order.Items.Where(i => !i.GiftCard).Select(i => i.ProductId).Distinct(StringComparer.Ordinal))
            {
                (bought.TryGetValue(product, out var times) ? times : bought[product] = []).Add(order.OrderedAt);
            }
        }

        return bought;
    }

    /// <summary>
    /// Products whose interval has nearly passed since the last purchase, the longest overdue first: the customer's own median gap
    /// where they bought it three times, else the product's. Who let three intervals pass has found another source.
    /// </summary>
    private static List<string> UsedUp(Dictionary<string, List<DateTimeOffset>> bought, RecommendationModel model, DateTimeOffset now)
    {
        var due = new List<(string Product, double Share)>();
        foreach (var (product, times) in bought)
        {
            var gaps = times.Zip(times.Skip(1), (a, b) => (b - a).TotalDays).Where(g => g >= 1).Order().ToArray();
            var interval = gaps.Length >= 2 ? gaps[gaps.Length / 2] : model.Products.GetValueOrDefault(product)?.EveryDays;
            var share = interval is { } days ? (now - times[^1]).TotalDays / days : 0;
            if (share is >= UsedUpAfter and < 3)
            {
                due.Add((product, share));
            }
        }

        return [.. due.OrderByDescending(d => d.Share).ThenBy(d => d.Product, StringComparer.Ordinal).Select(d => d.Product)];
    }

    /// <summary>What goes with the products of the latest orders: the evidence of several adds up.</summary>
    private static IEnumerable<(string Product, string Because)> AlsoBought(
        IReadOnlyList<Order> orders, RecommendationModel model, Dictionary<string, List<DateTimeOffset>> bought)
    {
        var scores = new Dictionary<string, (double Score, string Because, double Best)>(StringComparer.Ordinal);
        foreach (var product in orders.OrderByDescending(o => o.OrderedAt).Take(OrdersLookedAt).SelectMany(o => o.Items).Select(i => i.ProductId).Distinct(StringComparer.Ordinal))
        {
            foreach (var other in model.Products.GetValueOrDefault(product)?.Related ?? [])
            {
                var (score, because, best) = scores.GetValueOrDefault(other.ProductId, (0, product, 0));
                scores[other.ProductId] = other.LogLikelihoodRatio > best
                    ? (score + other.LogLikelihoodRatio, product, other.LogLikelihoodRatio) : (score + other.LogLikelihoodRatio, because, best);
            }
        }

        return scores.Where(s => !bought.ContainsKey(s.Key)).OrderByDescending(s => s.Value.Score).ThenBy(s => s.Key, StringComparer.Ordinal)
            .Select(s => (s.Key, s.Value.Because));
    }

    private static string? FavouriteCategory(IReadOnlyList<Order> orders) => orders.SelectMany(o => o.Items).Where(i => i.Category is not null && !i.GiftCard)
        .GroupBy(i => i.Category!, StringComparer.Ordinal).OrderByDescending(g => g.Sum(i => i.Price * i.Quantity)).ThenBy(g => g.Key, StringComparer.Ordinal)
        .FirstOrDefault()?.Key;

    /// <summary>The median price of a piece, in the category where anything of it was bought.</summary>
    private static decimal? UsualPrice(IReadOnlyList<Order> orders, string? category)
    {
        var items = orders.SelectMany(o => o.Items).Where(i => !i.GiftCard && i.Price > 0).ToList();
        var prices = items.Where(i => i.Category == category).Select(i => i.Price).Order().ToArray();
        prices = prices.Length > 0 ? prices : [.. items.Select(i => i.Price).Order()];
        return prices.Length == 0 ? null : prices[prices.Length / 2];
    }
}
