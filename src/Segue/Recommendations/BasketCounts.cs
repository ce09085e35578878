using Segue.Orders;

namespace Segue.Recommendations;

/// <summary>
/// What customers buy together: one shard's part, merged with the parts of others in any order. Counts customers, not
/// pieces: who bought a product three times is one.
/// </summary>
/// <remarks>
/// Products are ranked by their number of buyers and pairs by how often they stand together, and what falls behind
/// <see cref="MaxProducts"/> and <see cref="MaxPairs"/> is dropped: it would be far under any support that a
/// recommendation could rest on.
/// </remarks>
public sealed class BasketCounts
{
    /// <summary>Products kept.</summary>
    public const int MaxProducts = 20_000;

    /// <summary>Pairs kept.</summary>
    public const int MaxPairs = 100_000;

    /// <summary>Products of one customer that are paired at most, the latest: a reseller's thousand would make half a million pairs.</summary>
    public const int MaxPerCustomer = 60;

    /// <summary>Gaps between two purchases of one product that are kept, in days.</summary>
    public const int MaxGaps = 200;

    /// <summary>Customers who bought anything.</summary>
    public long Buyers { get; set; }

    /// <summary>What is known of each product, by its id.</summary>
    public Dictionary<string, ProductCount> Products { get; set; } = [];

    /// <summary>Customers who bought both, by the two ids in ordinal order with a line break between.</summary>
    public Dictionary<string, int> Pairs { get; set; } = [];

    /// <summary>Adds a customer's counted orders.</summary>
    public void Add(IEnumerable<Order> orders)
    {
        ArgumentNullException.ThrowIfNull(orders);
        var bought = new Dictionary<string, List<(DateTimeOffset At, OrderItem Item)>>(StringComparer.Ordinal);
        foreach (var order in orders.OrderBy(o => o.OrderedAt))
        {
            foreach (var item in order.Items.Where(i => !i.GiftCard).DistinctBy(i => i.ProductId))
            {
                (bought.TryGetValue(item.ProductId, out var times) ? times : bought[item.ProductId] = []).Add((order.OrderedAt, item));
            }
        }

        if (bought.Count == 0)
        {
            return;
        }

        Buyers++;
        foreach (var (product, times) in bought)
        {
            Count(product, times);
        }

        var paired = bought.OrderByDescending(b => b.Value[^1].At).ThenBy(b => b.Key, StringComparer.Ordinal).Take(MaxPerCustomer)
            .Select(b => b.Key).Order(StringComparer.Ordinal).ToArray();
        for (var i = 0; i < paired.Length; i++)
        {
            for (var j = i + 1; j < paired.Length; j++)
            {
                var pair = $"{paired[i]}\n{paired[j]}";
                Pairs[pair] = Pairs.GetValueOrDefault(pair) + 1;
            }
        }

        if (Pairs.Count > 4 * MaxPairs)
        {
            Prune();
        }
    }

    /// <summary>Adds what another shard counted.</summary>
    public void Merge(BasketCounts other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Buyers += other.Buyers;
        foreach (var (id, count) in other.Products)
        {
            Products[id] = Products.TryGetValue(id, out var known) ? known.With(count) : count;
        }

        foreach (var (pair, count) in other.Pairs)
        {
            Pairs[pair] = Pairs.GetValueOrDefault(pair) + count;
        }

        if (Pairs.Count > 4 * MaxPairs)
        {
            Prune();
        }
    }

    /// <summary>Drops what is beyond the limits, the least first; among equals the later by name.</summary>
    public void Prune()
    {
        Trim(Products, MaxProducts, p => p.Buyers);
        Trim(Pairs, MaxPairs, n => n);
    }

    private void Count(string product, List<(DateTimeOffset At, OrderItem Item)> times)
    {
        var (lastAt, item) = times[^1];
        var gaps = times.Zip(times.Skip(1), (a, b) => (float)(b.At - a.At).TotalDays).Where(g => g >= 1).ToArray();
        var one = new ProductCount
        {
            Buyers = 1,
            Orders = times.Count,
            LastAt = lastAt,
            Name = item.Name,
            Category = item.Category,
            Price = item.Price,
            Gaps = gaps,
        };
        Products[product] = Products.TryGetValue(product, out var known) ? known.With(one) : one;
    }

    private static void Trim<T>(Dictionary<string, T> counts, int most, Func<T, int> size)
    {
        if (counts.Count <= most)
        {
            return;
        }

        foreach (var (key, _) in counts.OrderByDescending(c => size(c.Value)).ThenBy(c => c.Key, StringComparer.Ordinal).Skip(most).ToList())
        {
            counts.Remove(key);
        }
    }
}

/// <summary>What orders say about one product.</summary>
public sealed record ProductCount
{
    /// <summary>Customers who bought it.</summary>
    public int Buyers { get; init; }

    /// <summary>Orders that it stands in.</summary>
    public int Orders { get; init; }

    /// <summary>When it was last bought: what is known of it is from then.</summary>
    public DateTimeOffset LastAt { get; init; }

    /// <summary>Its name on that order.</summary>
    public string? Name { get; init; }

    /// <summary>Its category on that order.</summary>
    public string? Category { get; init; }

    /// <summary>Its price a piece on that order, in the shop's currency.</summary>
    public decimal Price { get; init; }

    /// <summary>Days between a customer's one purchase of it and the next, of some customers.</summary>
    public IReadOnlyList<float> Gaps { get; set; } = [];

    /// <summary>With what other customers say; of gaps the first by size rank evenly, so that no order of merging counts.</summary>
    public ProductCount With(ProductCount other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var newer = other.LastAt > LastAt ? other : this;
        return newer with
        {
            Buyers = Buyers + other.Buyers,
            Orders = Orders + other.Orders,
            Name = newer.Name ?? Name ?? other.Name,
            Category = newer.Category ?? Category ?? other.Category,
            Gaps = Thinned([.. Gaps, .. other.Gaps]),
        };
    }

    private static float[] Thinned(float[] gaps)
    {
        if (gaps.Length <= 2 * BasketCounts.MaxGaps)
        {
            return gaps;
        }

        Array.Sort(gaps);
        return [.. Enumerable.Range(0, BasketCounts.MaxGaps).Select(i => gaps[(int)((i + 0.5) * gaps.Length / BasketCounts.MaxGaps)])];
    }
}
