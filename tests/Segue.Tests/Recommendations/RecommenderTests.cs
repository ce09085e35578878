using FsCheck;
using FsCheck.Fluent;
using Segue.Orders;
using Segue.Recommendations;
using Segue.Tests.Support;

namespace Segue.Tests.Recommendations;

/// <summary>What is counted from baskets, and what is chosen from it for one customer.</summary>
public sealed class RecommenderTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    // Tea goes with cups: 20 bought both. Filters are bought every 30 days. Many buy a mug.
    private static readonly RecommendationModel Model = RecommendationModel.Of(Counts(
        [.. Enumerable.Range(0, 20).Select(i => new[] { Order(i * 3, "tea", "cup") })],
        [.. Enumerable.Range(0, 10).Select(i => Enumerable.Range(0, 4).Select(n => Order(200 - (n * 30), "filter")).ToArray())],
        [.. Enumerable.Range(0, 60).Select(i => new[] { Order(i, "mug") })],
        [.. Enumerable.Range(0, 8).Select(i => new[] { Order(i, "kettle") })],
        [.. Enumerable.Range(0, 5).Select(i => new[] { Order(i, "grand-tea") })]), Now);

    [Fact]
    public void Model_PairsThatGoTogether_AreRelatedAndOthersNot()
    {
        Assert.Equal("cup", Assert.Single(Model.Products["tea"].Related).ProductId);
        Assert.Equal(20, Model.Products["tea"].Related[0].Buyers);
        Assert.Equal(103 * 20 / (20.0 * 20), Model.Products["tea"].Related[0].Lift, 9);
        Assert.Empty(Model.Products["mug"].Related);
        Assert.Equal(30, Model.Products["filter"].EveryDays);
        Assert.Null(Model.Products["mug"].EveryDays);
        Assert.Equal("mug", Model.BestSellers[0]);
    }

    [Fact]
    public void Model_UnderTheSupport_RelatesNothing()
    {
        var two = RecommendationModel.Of(Counts([.. Enumerable.Range(0, 2).Select(_ => new[] { Order(1, "a", "b") })], [.. Enumerable.Range(0, 500).Select(_ => new[] { Order(1, "c") })]), Now);
        Assert.Empty(two.Products["a"].Related);
        var three = RecommendationModel.Of(Counts([.. Enumerable.Range(0, 3).Select(_ => new[] { Order(1, "a", "b") })], [.. Enumerable.Range(0, 500).Select(_ => new[] { Order(1, "c") })]), Now);
        Assert.Single(three.Products["a"].Related);
    }

    [Fact]
    public void For_BuyerOfTea_GetsTheCupThenTheCategoryThenBestSellers()
    {
        var chosen = For([Order(10, "tea")]);
        Assert.Equal(new("cup", RecommendationReason.AlsoBought, "tea"), chosen[0]);
        Assert.Equal(new("grand-tea", RecommendationReason.UpSell), chosen[1]);
        Assert.Equal(("mug", RecommendationReason.BestSeller), (chosen[2].ProductId, chosen[2].Reason));
        Assert.DoesNotContain(chosen, r => r.ProductId == "tea");
    }

    [Theory]
    [InlineData(26, false)]
    [InlineData(27, true)]
    [InlineData(80, true)]
    [InlineData(90, false)]
    public void For_ProductUsedUp_ComesFirst(int daysAgo, bool first)
    {
        var chosen = For([Order(daysAgo, "filter")]);
        Assert.Equal(first, chosen[0] is { ProductId: "filter", Reason: RecommendationReason.Replenish });
        Assert.Equal(first, chosen.Any(r => r.ProductId == "filter"));
    }

    [Fact]
    public void For_OwnInterval_OverrulesTheProducts()
    {
        // Every 60 days: after 40 it is not used up, after 55 it is.
        Assert.DoesNotContain(For([Order(160, "filter"), Order(100, "filter"), Order(40, "filter")]), r => r.ProductId == "filter");
        Assert.Equal("filter", For([Order(175, "filter"), Order(115, "filter"), Order(55, "filter")])[0].ProductId);
    }

    [Fact]
    public void For_NobodyKnown_GetsBestSellersOrTheCategoryLookedAt()
    {
        Assert.All(For([]), r => Assert.Equal(RecommendationReason.BestSeller, r.Reason));
        Assert.Equal(("filter", RecommendationReason.FavouriteCategory), (For([], "filters")[0].ProductId, For([], "filters")[0].Reason));
    }

    [Fact]
    public void For_WhatIsGoneOrInTheCart_IsLeftOut()
    {
        var chosen = Recommender.For(new([Order(10, "tea")], InCart: ["cup"]), Model, id => id == "mug" ? null : 10, Now, 5);
        Assert.DoesNotContain(chosen, r => r.ProductId is "cup" or "mug" or "tea");
    }

    [Fact]
    public void For_AnyHistory_NeverRepeatsNeverOffersWhatWasJustBoughtAndAsksOnlyForCandidates() =>
        Prop.ForAll(
            Gen.Elements("tea", "cup", "filter", "mug", "kettle", "grand-tea", "unknown").ArrayOf().ToArbitrary(),
            Gen.Choose(0, 400).ArrayOf().ToArbitrary(),
            Gen.Choose(1, 8).ToArbitrary(),
            (products, days, count) =>
            {
                var orders = products.Zip(days, (p, d) => Order(d, p)).ToArray();
                var candidates = Recommender.Candidates(new(orders), Model);
                var chosen = Recommender.For(new(orders), Model, id => candidates.Contains(id) ? PriceOf(id) : throw new InvalidOperationException(id), Now, count);
                return chosen.Count <= count && chosen.Select(c => c.ProductId).Distinct().Count() == chosen.Count
                    && chosen.All(c => c.Reason == RecommendationReason.Replenish
                        || !orders.Any(o => o.Items[0].ProductId == c.ProductId && Now - o.OrderedAt < Recommender.JustBought));
            }).Holds(300);

    [Fact]
    public void Counts_MergedInAnyGrouping_AreTheSame() =>
        Prop.ForAll(Gen.Choose(1, 1000).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            string[] all = ["a", "b", "c", "d", "e"];
            var customers = Enumerable.Range(0, 30).Select(_ => Enumerable.Range(0, random.Next(1, 5))
                .Select(_ => Order(random.Next(0, 300), all[random.Next(5)], all[random.Next(5)])).ToArray()).ToArray();
            var whole = Counts(customers);
            var (left, right) = (Counts(customers[..11]), Counts(customers[11..]));
            right.Merge(left);
            return whole.Buyers == right.Buyers && whole.Pairs.OrderBy(p => p.Key).SequenceEqual(right.Pairs.OrderBy(p => p.Key))
                && whole.Products.All(p => right.Products[p.Key] is var other && other.Buyers == p.Value.Buyers && other.Orders == p.Value.Orders
                    && other.LastAt == p.Value.LastAt && other.Gaps.Order().SequenceEqual(p.Value.Gaps.Order()));
        }).Holds(50);

    [Fact]
    public void Counts_OfAReseller_AreBounded()
    {
        var counts = new BasketCounts();
        counts.Add([Order(1, [.. Enumerable.Range(0, 1000).Select(i => $"p{i:0000}")])]);
        Assert.Equal(BasketCounts.MaxPerCustomer * (BasketCounts.MaxPerCustomer - 1) / 2, counts.Pairs.Count);
        Assert.Equal(1000, counts.Products.Count);
    }

    private static IReadOnlyList<Recommendation> For(Order[] orders, string? lookedAt = null) =>
        Recommender.For(new(orders, lookedAt), Model, PriceOf, Now, 5);

    private static decimal? PriceOf(string id) => Model.Products.GetValueOrDefault(id)?.Price;

    private static BasketCounts Counts(params Order[][][] groups) => Counts([.. groups.SelectMany(g => g)]);

    private static BasketCounts Counts(Order[][] customers)
    {
        var counts = new BasketCounts();
        foreach (var customer in customers)
        {
            counts.Add(customer);
        }

        return counts;
    }

    private static Order Order(int daysAgo, params string[] products) => new()
    {
        OrderId = $"{daysAgo}-{string.Join('+', products)}", CustomerId = "c", OrderedAt = Now.AddDays(-daysAgo), Amount = 10,
        Items = [.. products.Select(p => new OrderItem
        {
            ProductId = p, Name = p, Price = p == "grand-tea" ? 12 : 10, Category = p.Contains("tea", StringComparison.Ordinal) ? "teas" : p == "filter" ? "filters" : "ware",
        })],
    };
}
