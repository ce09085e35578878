using Segue.Orders;
using Segue.Products;
using Segue.Storage;
using Segue.Tests.Support;
using static Segue.Tests.Support.TestShop;

namespace Segue.Tests.Recommendations;

/// <summary>Recommendations from the shop's orders into a customer's mail, through the whole engine.</summary>
public sealed class RecommendedMailTests
{
    private static TestCampaigns Campaigns(string front = "") => new()
    {
        Files = new Dictionary<string, string>
        {
            ["emails/picks.hbs"] = $"---\nsubject: Picks\n{front}---\n{{{{#each recommendations}}}}<p>{{{{name}}}} {{{{money price}}}} {{{{because}}}}</p>{{{{else}}}}<p>nothing</p>{{{{/each}}}}\n",
        },
        Journeys = [TestCampaigns.Journey("  - send: { email: picks, topic: offers }")],
    };

    [Fact]
    public async Task Mail_AfterTheWeeklyCount_ShowsWhatGoesWithWhatWasBought()
    {
        var shop = await OpenAsync(Campaigns());
        Sell(shop);
        await shop.RunAsync(62);
        var mail = shop.Sender.Tries.Single(t => t.Email.To == "a@example.com").Email;
        Assert.Contains("<p>Cup €4.00 Tea</p>", mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<p>Tea ", mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(shop.Table(Tables.Recommendations), r => r.Partition.StartsWith("parts-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Mail_OfAShopWithACatalog_LeavesOutWhatIsSoldOut()
    {
        var shop = await OpenAsync(Campaigns());
        Sell(shop);
        await shop.Engine.PutAsync(new() { ProductId = "cup", Name = "Cup", Price = 5, Stock = 0 }, TestContext.Current.CancellationToken);
        await shop.Engine.PutAsync(new() { ProductId = "mug", Name = "Fine mug", Price = 9 }, TestContext.Current.CancellationToken);
        await shop.RunAsync(62);
        var mail = shop.Sender.Tries.Single(t => t.Email.To == "a@example.com").Email;
        Assert.DoesNotContain("Cup", mail.Html, StringComparison.Ordinal);
        Assert.Contains("<p>Fine mug €9.00 </p>", mail.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("requires: recommendations\n", 0)]
    public async Task Mail_WithNothingToRecommend_FallsBackOrIsSkipped(string front, int sent)
    {
        var shop = await OpenAsync(Campaigns(front));
        await shop.Order("a", 0).RunAsync(62);
        Assert.Equal(sent, shop.Sender.Tries.Count);
        Assert.Equal(sent == 1 ? null : "no recommendations to show", shop.Sends("a").Single().Reason);
        Assert.All(shop.Sender.Tries, t => Assert.Contains("<p>nothing</p>", t.Email.Html, StringComparison.Ordinal));
    }

    private static void Sell(TestShop shop)
    {
        for (var c = 0; c < 12; c++)
        {
            shop.Order($"pair{c}", 20 + c, change: o => o with { Items = [Item("tea", "Tea", 3), Item("cup", "Cup", 4)] });
            shop.Order($"mug{c}", 20 + c, change: o => o with { Items = [Item("mug", "Mug", 8)] });
        }

        shop.Order("a", 0, change: o => o with { Items = [Item("tea", "Tea", 3)] });
    }

    private static OrderItem Item(string id, string name, decimal price) => new() { ProductId = id, Name = name, Price = price, Category = "kitchen" };
}
