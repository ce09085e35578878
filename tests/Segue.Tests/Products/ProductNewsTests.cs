using System.Text.Json;
using Segue.Events;
using Segue.Products;
using Segue.Storage;
using Segue.Tests.Support;
using static Segue.Tests.Support.TestShop;

namespace Segue.Tests.Products;

/// <summary>Who looked at a product hears of it when it costs less, is back or new: once, over all shards.</summary>
public sealed class ProductNewsTests
{
    [Fact]
    public async Task PriceDrop_TellsWhoLookedOrBought_OnceEach()
    {
        var shop = await OpenAsync();
        Put(shop, 1, 20);
        for (var c = 0; c < 100; c++)
        {
            Look(shop, $"c{c}", 2);
        }

        await shop.Order("buyer", 2, change: o => o with { Items = [new() { ProductId = "p", Price = 20 }] }).Event("other", 2, EventNames.Viewed, change: e => e with { ProductId = "q" }).RunAsync(3);
        await Put(shop, 3, 15).RunAsync(4);
        await Put(shop, 4, 15).RunAsync(5);
        var told = Enumerable.Range(0, 100).Select(c => $"c{c}").Append("buyer").ToList();
        Assert.All(told, c => Assert.Equal((15m, "20", "p", "Thing"), Assert.Single(shop.Events(c), e => e.Name == EventNames.PriceDropped) is var e
            ? (e.Amount!.Value, e.Value("was"), e.ProductId, e.Value("title")) : default));
        Assert.DoesNotContain(shop.Events("other"), e => e.Name == EventNames.PriceDropped);
        Assert.DoesNotContain(shop.Table(Tables.Products), r => r.Properties.ContainsKey("news"));
    }

    [Theory]
    [InlineData(19.5, false)]
    [InlineData(19, true)]
    [InlineData(25, false)]
    public async Task PriceDrop_UnderTheSetShare_IsNoNews(double price, bool news)
    {
        var shop = await OpenAsync();
        await Look(Put(shop, 1, 20), "a", 2).RunAsync(3);
        await Put(shop, 3, (decimal)price).RunAsync(4);
        Assert.Equal(news, shop.Events("a").Any(e => e.Name == EventNames.PriceDropped));
    }

    [Fact]
    public async Task PriceDrop_OfAnOlderVersion_IsIgnored()
    {
        var shop = await OpenAsync();
        await Look(Put(shop, 2, 20, p => p with { UpdatedAt = Day(2) }), "a", 2.1).RunAsync(3);
        await Put(shop, 3, 10, p => p with { UpdatedAt = Day(1) }).RunAsync(4);
        Assert.Single(shop.Events("a"));
        Assert.Equal(20, (await shop.Engine.Products.FindAsync(["p"], TestContext.Current.CancellationToken))["p"].Price);
    }

    [Theory]
    [InlineData(15, 5, "15.00")]
    [InlineData(12, 5, "12.00")]
    [InlineData(18, 5, null)]
    [InlineData(15, 0, null)]
    public async Task PriceDrop_GoneOrDearerWhenTheMailGoes_IsNotSent(double price, int stock, string? shown)
    {
        var shop = await TestShop.OpenAsync(new TestCampaigns
        {
            Files = new Dictionary<string, string> { ["emails/cheaper.hbs"] = "---\nsubject: Cheaper\nrequires: [product]\n---\n<p>{{product.name}} {{money product.price}}</p>" },
            Journeys = [TestCampaigns.Journey("  - wait: { for: 6h }\n  - id: tell\n    send: { email: cheaper, topic: offers }", enter: "event: price-dropped")],
        });
        await Look(Put(shop, 1, 20).Order("a", 1), "a", 2).RunAsync(3);
        Put(shop, 3, 15);
        await Put(shop, 3.1, (decimal)price, p => p with { Stock = stock }).RunAsync(4);
        Assert.Equal(shown is not null, shop.Sent().Count == 1);
        Assert.All(shop.Sender.Tries, t => Assert.Contains(shown!, t.Email.Html, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Restock_TellsWhoLooked()
    {
        var shop = await OpenAsync();
        await Look(Put(shop, 1, 20, p => p with { Stock = 0 }), "a", 2).RunAsync(3);
        await Put(shop, 3, 20, p => p with { Stock = 5 }).RunAsync(4);
        Assert.Equal(EventNames.Restocked, shop.Events("a")[^1].Name);
    }

    [Fact]
    public async Task Release_OnItsDay_TellsWhoIsInterestedInTheCategory()
    {
        var shop = await OpenAsync();
        await shop.Event("a", 1, EventNames.Viewed, change: e => e with { ProductId = "old", Category = "TEA" }).RunAsync(2);
        await Put(shop, 2, 20, p => p with { Category = "Tea", ReleasedAt = Day(10.01) }).RunAsync(9);
        Assert.Single(shop.Events("a"));
        await shop.RunAsync(10.02);
        Assert.Equal((EventNames.Released, Day(10.01)), (shop.Events("a")[^1].Name, shop.Events("a")[^1].At));
    }

    [Fact]
    public async Task Release_Withdrawn_TellsNobody()
    {
        var shop = await OpenAsync();
        await shop.Event("a", 1, EventNames.Viewed, change: e => e with { Category = "Tea" }).RunAsync(2);
        await Put(shop, 2, 20, p => p with { Category = "Tea", ReleasedAt = Day(10) }).RunAsync(3);
        await Put(shop, 3, 20, p => p with { Category = "Tea", ReleasedAt = Day(30) }).RunAsync(12);
        Assert.Single(shop.Events("a"));
    }

    [Fact]
    public async Task Interest_OfHalfAYearAgo_IsGone()
    {
        var shop = await OpenAsync();
        await Look(Put(shop, 1, 20), "a", 2).RunAsync(3);
        await Put(shop, 183, 10).RunAsync(184);
        Assert.Single(shop.Events("a"));
        Assert.Empty(shop.Table(Tables.Interest));
    }

    [Fact]
    public async Task Import_Silently_IsNoNews()
    {
        var shop = await OpenAsync();
        await Look(Put(shop, 1, 20), "a", 2).RunAsync(3);
        await shop.Engine.PutAsync(new() { ProductId = "p", Name = "Thing", Price = 5 }, TestContext.Current.CancellationToken);
        await shop.RunAsync(4);
        Assert.Single(shop.Events("a"));
    }

    [Fact]
    public async Task PriceDrop_BetweenCommitAndTelling_IsToldAgain()
    {
        var shop = await OpenAsync();
        await Look(Put(shop, 1, 20), "a", 2).RunAsync(3);
        var fails = 1;
        shop.Store.AfterCommit = (table, _, changes) =>
        {
            if (table == Tables.Products && changes[0].Properties!.ContainsKey("news") && fails-- > 0)
            {
                throw new Segue.Ports.PortUnavailableException("crash");
            }
        };
        await Put(shop, 3, 10).RunAsync(4);
        Assert.Single(shop.Events("a"), e => e.Name == EventNames.PriceDropped);
    }

    [Theory]
    [InlineData("""{"name":"a","price":1}""", "productId: missing; every product has it")]
    [InlineData("""{"productId":"p","price":1}""", "name: missing; every product has it")]
    [InlineData("""{"productId":"p","name":"a","price":-1}""", "price: found '-1'; amounts are zero or more*")]
    [InlineData("""{"productId":"p","name":"a","price":1,"url":"javascript:x"}""", "url: found 'javascript:x'; an address is written like https://shop.example.com/tea")]
    [InlineData("""{"productId":"p","name":"a","price":1,"stock":-1}""", "stock: found the number '-1'; it is a whole number from 0 to 1000000000")]
    public void Read_WrongField_IsTold(string json, string error)
    {
        var read = ProductReader.Read(JsonDocument.Parse(json).RootElement, Start);
        Assert.Null(read.Product);
        Assert.StartsWith(error.Split(';')[0], Assert.Single(read.Errors).ToString(), StringComparison.Ordinal);
    }

    private static TestShop Look(TestShop shop, string customer, double day) =>
        shop.Event(customer, day, EventNames.Viewed, change: e => e with { ProductId = "p" });

    private static TestShop Put(TestShop shop, double day, decimal price, Func<Product, Product>? change = null)
    {
        var product = new Product { ProductId = "p", Name = "Thing", Price = price };
        var work = new PutProduct { Shard = Shards.Of("p"), Product = change?.Invoke(product) ?? product, ArrivedAt = Day(day) };
        return shop.Happens(day, Segue.Segmentation.ShardMessages.Of(work, null), Segue.Messaging.Queues.ShardWork);
    }
}
