using Segue.Email;
using Segue.Files;
using Segue.Http.Codes;
using Segue.Measurement;
using Segue.Ports;
using Segue.Simulation;
using Segue.Storage;
using Segue.Tests.Support;
using static Segue.Tests.Support.TestShop;

namespace Segue.Tests.Offers;

/// <summary>Codes that the checkout knows: from a pool, by asking, within a budget, the better of two, matched when used.</summary>
public sealed class OfferTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lookup_OfASentCode_TellsTheCheckoutWhatItIsWorth()
    {
        var shop = await OpenAsync(Sends("percent: 15, maxDiscount: 20, validFor: 10d"));
        await shop.Order("a", 0).RunAsync(61);
        var code = Assert.Single(shop.Codes("a")).Code;
        var codes = new CodeDirectory(shop.Engine);
        var found = await codes.FindAsync($" {code.ToLowerInvariant()} ", Cancellation);
        Assert.Equal(new CodeView(code, true, null, 15, null, 20, false, Day(70), "a"), found);
        Assert.Null(await codes.FindAsync("NOBODYS", Cancellation));
        await shop.RunAsync(71);
        Assert.Equal("expired", (await codes.FindAsync(code, Cancellation))!.Reason);
    }

    [Theory]
    [InlineData("percent: 100, product: tea", new[] { "tea" }, false)]
    [InlineData("amount: 5, bundle: [tea, cup]", new[] { "tea", "cup" }, true)]
    public async Task Lookup_OfAnOfferOffSomeProducts_NamesThem(string offer, string[] products, bool bundle)
    {
        var shop = await OpenAsync(Sends(offer));
        await shop.Order("a", 0).RunAsync(61);
        var found = (await new CodeDirectory(shop.Engine).FindAsync(Assert.Single(shop.Codes("a")).Code, Cancellation))!;
        Assert.Equal(products, found.Products);
        Assert.Equal(bundle, found.Bundle);
    }

    [Theory]
    [InlineData("percent: 20", "percent: 10", true)]
    [InlineData("percent: 20", "percent: 20, product: tea", true)]
    [InlineData("percent: 20, product: tea", "percent: 10", false)]
    [InlineData("percent: 20, product: tea", "percent: 10, product: tea", true)]
    [InlineData("percent: 20, product: tea", "percent: 10, product: cup", false)]
    [InlineData("percent: 20, bundle: [tea, cup]", "percent: 10, bundle: [cup, tea]", true)]
    [InlineData("percent: 20, bundle: [tea, cup]", "percent: 10, product: tea", false)]
    public async Task Better_OfferOffSomeProducts_StandsForThoseAlone(string held, string later, bool stands)
    {
        var shop = await OpenAsync(new TestCampaigns
        {
            Journeys = [TestCampaigns.Journey($"  - send: {{ email: offer, topic: offers }}\n    offer: {{ {held}, validFor: 30d }}\n  - wait: {{ for: 2d }}\n  - send: {{ email: offer, topic: offers }}\n    offer: {{ {later}, validFor: 30d }}", enter: "event: go")],
        });
        await shop.Order("a", 0).Event("a", 1, "go").RunAsync(5);
        Assert.Equal(2, shop.Sent().Count);
        Assert.Equal(stands ? 1 : 2, shop.Sends("a").Select(s => s.Offer!.Code).Distinct().Count());
    }

    [Fact]
    public async Task Redeemed_ByItsCustomer_IsMatchedOnce()
    {
        var shop = await OpenAsync(Sends("percent: 15, validFor: 20d"));
        await shop.Order("a", 0).RunAsync(61);
        var code = shop.Codes("a").Single().Code;
        await shop.Order("a", 62, id: "o1", change: o => o with { DiscountCodes = [code.ToLowerInvariant(), "SHOPS-OWN"], Discount = 3 }).RunAsync(63);
        var fact = Assert.Single(shop.Facts(FactKinds.Redeemed));
        Assert.Equal(("a", "o1", "journey", (decimal?)3m, null), (fact.CustomerId, fact.OrderId, fact.Journey, fact.Amount, fact.Reason));
        Assert.Equal(("o1", false), (shop.Codes("a").Single().RedeemedBy, (await new CodeDirectory(shop.Engine).FindAsync(code, Cancellation))!.Valid));
        Assert.Empty(shop.Profile("a")!.OpenOffers);
        await shop.Order("a", 64, id: "o2", change: o => o with { DiscountCodes = [code] }).RunAsync(65);
        Assert.Equal("used a second time", Assert.Single(shop.Facts(FactKinds.CodeMisused)).Reason);
        Assert.Single(shop.Facts(FactKinds.Redeemed));
    }

    [Fact]
    public async Task Redeemed_ByAnother_IsReported()
    {
        var shop = await OpenAsync(Sends("percent: 15"));
        await shop.Order("a", 0).RunAsync(61);
        await shop.Order("b", 62, id: "o", change: o => o with { DiscountCodes = [shop.Codes("a").Single().Code] }).RunAsync(63);
        var fact = Assert.Single(shop.Facts(FactKinds.CodeMisused));
        Assert.Equal(("b", "o", "journey", "made for another customer"), (fact.CustomerId, fact.OrderId, fact.Journey, fact.Reason));
        Assert.Null(shop.Codes("a").Single().RedeemedBy);
    }

    [Fact]
    public async Task Redeemed_ByOneHeldOut_IsMarked()
    {
        // Half are held out and get no code; one of them uses that of another.
        var shop = await OpenAsync(new TestCampaigns
        {
            Files = new Dictionary<string, string> { ["emails/give.hbs"] = "---\nsubject: For you\n---\n<p>{{offer.code}}</p>" },
            Journeys = [TestCampaigns.Journey("  - id: give\n    send: { email: give, topic: offers }\n    offer: { percent: 15 }\n  - wait: { for: 9d }", "holdout: 50%\ngoal: { event: order, within: 20d }", "tag: silent-60, reentry: never")],
        });
        for (var c = 0; c < 12; c++)
        {
            shop.Order($"c{c}", 0);
        }

        await shop.RunAsync(61);
        var runs = Enumerable.Range(0, 12).Select(c => $"c{c}").ToLookup(c => Assert.Single(shop.UnderWay(c)).HeldOut);
        var code = shop.Codes(runs[false].First()).Single().Code;
        foreach (var (customer, n) in new[] { (runs[true].First(), 0), (runs[false].Last(), 1) })
        {
            shop.Order(customer, 62, id: $"o{n}", change: o => o with { DiscountCodes = [code] });
        }

        await shop.RunAsync(63);
        Assert.Equal([("o0", true), ("o1", false)], shop.Facts(FactKinds.CodeMisused).OrderBy(f => f.OrderId).Select(f => (f.OrderId!, f.HeldOut)));
        Assert.All(runs[true], c => Assert.Empty(shop.Codes(c)));
    }

    [Fact]
    public async Task Pool_GivesEachCodeOnce_AndHoldsTheRestUntilItIsFilled()
    {
        var shop = await OpenAsync(Sends("percent: 15, validFor: 20d, codes: { pool: summer }"));
        foreach (var code in new[] { "S-1", "S-2" })
        {
            Assert.True(await shop.Engine.Pools.AddAsync("summer", code, Cancellation));
        }

        await shop.Order("a", 0).Order("b", 0).Order("c", 0).RunAsync(62);
        Assert.Equal(2, shop.Sent().Count);
        Assert.Equal(["S-1", "S-2"], "abc".SelectMany(c => shop.Codes($"{c}")).Select(c => c.Code).Order());
        var held = "abc".SelectMany(c => shop.Sends($"{c}")).Single(s => s.Status == SendStatus.Pending);
        Assert.Equal("the pool 'summer' is empty", held.Reason);
        Assert.False(await shop.Engine.Pools.AddAsync("summer", "s-1", Cancellation));
        Assert.True(await shop.Engine.Pools.AddAsync("summer", "S-3", Cancellation));
        await shop.RunAsync(63);
        Assert.Equal(3, shop.Sent().Count);
        Assert.Equal(0, await shop.Engine.Pools.CountAsync("summer", Cancellation));
        Assert.All(shop.Sender.Tries, t => Assert.Contains("S-", t.Email.Html, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Pool_StillEmptyWhenTheOfferRunsOut_DropsTheMail()
    {
        var shop = await OpenAsync(Sends("percent: 15, validFor: 2d, codes: { pool: summer }"));
        await shop.Order("a", 0).RunAsync(63);
        Assert.Equal((SendStatus.Withheld, "the offer has expired"), (shop.Sends("a").Single().Status, shop.Sends("a").Single().Reason));
        Assert.Empty(shop.Codes("a"));
    }

    [Fact]
    public async Task Pool_TakenTwiceForOneMail_IsOneCode()
    {
        var pools = new Segue.Offers.CodePools(new InMemoryTableStore());
        for (var i = 0; i < 50; i++)
        {
            await pools.AddAsync("p", $"code-{i}", Cancellation);
        }

        var first = await pools.TakeAsync("p", "send-1", Cancellation);
        Assert.Equal(first, await pools.TakeAsync("p", "send-1", Cancellation));
        var all = new HashSet<string?> { first };
        for (var i = 2; i <= 50; i++)
        {
            Assert.True(all.Add(await pools.TakeAsync("p", $"send-{i}", Cancellation)));
        }

        Assert.Null(await pools.TakeAsync("p", "send-51", Cancellation));
    }

    [Theory]
    [InlineData("percent: 15, budget: { codes: 3, days: 30 }", 3)]
    [InlineData("amount: 10, budget: { liability: 25 }", 2)]
    [InlineData("percent: 15, maxDiscount: 5, budget: { liability: 20, days: 365 }", 4)]
    public async Task Budget_IsNeverExceeded(string offer, int sent)
    {
        var shop = await OpenAsync(Sends(offer));
        for (var c = 0; c < 8; c++)
        {
            shop.Order($"c{c}", 0);
        }

        await shop.RunAsync(62);
        Assert.Equal(sent, shop.Sent().Count);
        Assert.Equal(8 - sent, shop.Facts(FactKinds.Withheld).Count(f => f.Reason == "the offer's budget is spent"));
    }

    [Fact]
    public async Task Budget_OfANewPeriod_IsWholeAgain()
    {
        var shop = await OpenAsync(Sends("percent: 15, budget: { codes: 1, days: 30 }"));
        await shop.Order("a", 0).Order("b", 1).Order("c", 40).RunAsync(110);
        Assert.Equal(2, shop.Sent().Count);
    }

    [Fact]
    public async Task Budget_OfAMailThatWasRefused_IsGivenBack()
    {
        var shop = await OpenAsync(Sends("percent: 15, budget: { codes: 1 }"));
        shop.Sender.Answer = e => e.To.StartsWith('a') ? new SendAnswer.Rejected("no such address") : new SendAnswer.Accepted();
        await shop.Order("a", 0).RunAsync(61);
        await shop.Order("b", 0.5).Order("c", 3).RunAsync(64);
        Assert.Equal([("c", "give", 63.0)], shop.Sent());
        Assert.Equal("the offer's budget is spent", shop.Sends("b").Single().Reason);
    }

    [Fact]
    public async Task Budget_UnderRacesAndRetries_HoldsToTheCode()
    {
        var shop = await OpenAsync(Sends("percent: 15, budget: { codes: 5 }"));
        var random = new Random(7);
        shop.Store.AfterCommit = (table, _, _) =>
        {
            if (table is Tables.Budgets or Tables.Customers && random.Next(6) == 0)
            {
                throw new PortUnavailableException("lost answer");
            }
        };
        shop.Strict = false;
        for (var c = 0; c < 30; c++)
        {
            shop.Order($"c{c}", 0);
        }

        await shop.RunAsync(63);
        shop.Store.AfterCommit = null;
        var reserved = shop.Table(Tables.Budgets).Where(r => r.Key.StartsWith("reserved-", StringComparison.Ordinal)).Select(r => r.Key["reserved-".Length..]).ToList();
        var went = Enumerable.Range(0, 30).SelectMany(c => shop.Sends($"c{c}")).Where(s => s.Status is SendStatus.Accepted or SendStatus.Unknown).Select(s => s.Id);
        Assert.Equal(5, reserved.Count);
        Assert.Equal(reserved.Order(), went.Order());
        Assert.All(shop.Sender.Tries, t => Assert.Contains(t.Email.SendId, reserved));
        Assert.Equal(shop.Sender.Tries.Count, shop.Sender.Tries.Select(t => t.Email.SendId).Distinct().Count());
    }

    [Theory]
    [InlineData("percent: 30, minMargin: 20%", 6, 25)]
    [InlineData("percent: 10, minMargin: 20%", 6, 10)]
    [InlineData("percent: 30, minMargin: 20%", null, 30)]
    [InlineData("percent: 30, minMargin: 20%", 8, null)]
    [InlineData("amount: 2, minMargin: 20%", 6, 0)]
    [InlineData("amount: 3, minMargin: 20%", 6, null)]
    public async Task Margin_OfWhatTheyBuy_BoundsTheOffer(string offer, int? cost, int? percent)
    {
        // What costs the shop 6 of 10 leaves 20 % at a discount of 25 %: 7.50 less 6 is a fifth of 7.50.
        var shop = await OpenAsync(Sends(offer));
        await shop.Order("a", 0, change: o => o with { Items = [new() { ProductId = "p", Price = 10, Cost = cost }] }).RunAsync(61);
        Assert.Equal(percent is null ? "the offer would leave less than the least margin" : null, shop.Sends("a").Single().Reason);
        if (percent > 0)
        {
            Assert.Equal(percent, shop.Sends("a").Single().Offer!.Percent);
            Assert.Equal(percent, shop.Codes("a").Single().Percent);
        }
    }

    [Fact]
    public async Task Better_OfferAlreadyHeld_IsShownInsteadOfASecondCode()
    {
        var shop = await OpenAsync(new TestCampaigns
        {
            Journeys =
            [
                TestCampaigns.Journey("  - send: { email: offer, topic: offers }\n    offer: { percent: 20, validFor: 30d }", id: "big"),
                TestCampaigns.Journey("  - wait: { for: 5d }\n  - send: { email: offer, topic: offers }\n    offer: { percent: 10, validFor: 30d }", id: "small"),
            ],
        });
        await shop.Order("a", 0).RunAsync(66);
        var code = Assert.Single(shop.Codes("a")).Code;
        Assert.Equal(2, shop.Sender.Tries.Count);
        Assert.All(shop.Sender.Tries, t => Assert.Contains($"Take 20% with {code}", t.Email.Html, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Better_OfferThatComesLater_IsANewCode_AndStackedOnesAlways()
    {
        var shop = await OpenAsync(new TestCampaigns
        {
            Journeys =
            [
                TestCampaigns.Journey("  - send: { email: offer, topic: offers }\n    offer: { percent: 10, validFor: 30d }", id: "small"),
                TestCampaigns.Journey("  - wait: { for: 5d }\n  - send: { email: offer, topic: offers }\n    offer: { percent: 20, validFor: 30d }", id: "big"),
                TestCampaigns.Journey("  - wait: { for: 6d }\n  - send: { email: offer, topic: offers }\n    offer: { percent: 5, validFor: 30d, stack: true }", id: "tiny"),
            ],
        });
        await shop.Order("a", 0).RunAsync(67);
        Assert.Equal([5m, 10m, 20m], shop.Codes("a").Select(c => c.Percent!.Value).Order());
    }

    [Theory]
    [InlineData("percent: 15, codes: { pol: x }", "steps[0].offer.codes.pol")]
    [InlineData("percent: 15, product: a, bundle: [a, b]", "steps[0].offer.bundle")]
    [InlineData("percent: 15, bundle: [a]", "steps[0].offer.bundle")]
    [InlineData("percent: 15, bundle: a", "steps[0].offer.bundle")]
    [InlineData("percent: 15, product: [a]", "steps[0].offer.product")]
    [InlineData("percent: 15, codes: shop", "steps[0].offer.codes")]
    [InlineData("amount: 15, maxDiscount: 3", "steps[0].offer.maxDiscount")]
    [InlineData("percent: 15, budget: { liability: 100 }", "steps[0].offer.budget")]
    [InlineData("percent: 15, minMargin: 20", "steps[0].offer.minMargin")]
    [InlineData("percent: 15, budget: { days: 3 }", "steps[0].offer.budget")]
    [InlineData("percent: 15, budget: { codes: 1.5 }", "steps[0].offer.budget.codes")]
    public void Load_WrongOffer_IsToldWhere(string offer, string field) =>
        Assert.Contains(field, Load(offer, "codes: lookup").Errors.Select(e => e.Field));

    [Theory]
    [InlineData("percent: 15", "", 1)]
    [InlineData("percent: 15", "codes: lookup", 0)]
    [InlineData("percent: 15", "codes: { pool: summer }", 0)]
    [InlineData("percent: 15, codes: lookup", "", 0)]
    public void Load_LiveOfferWithoutASource_IsRefused(string offer, string settings, int errors)
    {
        var loaded = Load(offer, settings);
        Assert.Equal(errors, loaded.Errors.Count);
        Assert.All(loaded.Errors, e => Assert.StartsWith("'codes' is missing: the journey 'journey' is live and offers codes", e.Message, StringComparison.Ordinal));
    }

    private static FileErrors Load(string offer, string settings)
    {
        var errors = new FileErrors();
        Segue.Campaigns.CampaignFolder.Load(
            new Dictionary<string, string>
            {
                ["segments.yaml"] = TestCampaigns.PlainSegments,
                ["settings.yaml"] = $"from: a@example.com\npostalAddress: x\n{settings}\n",
                ["emails/offer.hbs"] = "---\nsubject: Hi\n---\n<p>{{offer.code}}</p>",
                ["journeys/j.yaml"] = TestCampaigns.Journey($"  - send: {{ email: offer, topic: offers }}\n    offer: {{ {offer} }}"),
            },
            errors);
        return errors;
    }

    private static TestCampaigns Sends(string offer) => new()
    {
        Files = new Dictionary<string, string> { ["emails/give.hbs"] = "---\nsubject: For you\n---\n<p>{{offer.code}}</p>" },
        Journeys = [TestCampaigns.Journey($"  - id: give\n    send: {{ email: give, topic: offers }}\n    offer: {{ {offer} }}", enter: "tag: silent-60, reentry: never")],
    };
}
