using System.Net.Http.Json;
using System.Text.Json;
using Segue.Customers;
using Segue.Email;
using Segue.Email.Suppression;
using Segue.Journeys;
using Segue.Measurement;
using Segue.Orders;
using Segue.Segmentation;
using Segue.Segmentation.Clusters;
using Segue.Storage;
using Segue.Tests.Support;
using static Segue.Tests.Support.TestShop;

namespace Segue.Tests.Privacy;

/// <summary>Who objects to being profiled is worked out no more, takes part in nobody else's profile, and gets what everybody gets.</summary>
public sealed class ProfilingObjectionTests
{
    private const string Everybody = "  - id: mail\n    send: { email: hello, topic: offers }";

    private static readonly TestCampaigns Campaigns = new()
    {
        Segments = """
            segments:
              - { id: big, name: Big, when: { totalSpend: ">= 100" } }
              - { id: rest, name: The rest }
            tags:
              - { id: silent-60, when: { daysSinceLastOrder: ">= 60" } }
              - { id: looker, when: { events: { name: viewed, count: ">= 1" } } }
            """,
        Files = new Dictionary<string, string>
        {
            ["emails/picks.hbs"] = "---\nsubject: Picks\n---\n{{#each recommendations}}<p>{{name}}</p>{{/each}}\n",
            ["emails/receipt.hbs"] = "---\nsubject: Thank you\n---\n<p>Thank you. {{#each recommendations}}<b>{{name}}</b>{{/each}}</p>\n",
        },
        Journeys =
        [
            TestCampaigns.TwoSteps(id: "by-tag"),
            TestCampaigns.Journey(Everybody, id: "by-segment", enter: "segment: rest, reentry: always"),
            TestCampaigns.Journey(Everybody, id: "by-event", enter: "event: go, key: n, reentry: always"),
            TestCampaigns.Journey(
                "  - split:\n      if: { orders: \">= 1\" }\n      then: [ { id: regular, send: { email: hello, topic: offers } } ]\n      else: [ { id: stranger, send: { email: hello, topic: offers } } ]",
                id: "by-rule", enter: "event: go, key: n, reentry: always"),
            TestCampaigns.Journey("  - id: picks\n    send: { email: picks, topic: offers }", id: "by-taste", enter: "event: go, key: n, reentry: always"),
            TestCampaigns.Journey("  - id: back\n    send: { email: hello, topic: offers }", id: "by-interest", enter: "event: restocked, key: productId, reentry: always"),
            TestCampaigns.Journey(
                "  - split:\n      if: { tag: looker }\n      then: [ { id: known, send: { email: hello, transactional: true } } ]\n      else: [ { id: receipt, send: { email: receipt, transactional: true } } ]",
                id: "receipt", enter: "event: order, key: orderId, reentry: always"),
        ],
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Objection_EndsWhatIsUnderWay_AndWithholdsWhatWaits()
    {
        var shop = await OpenAsync(Campaigns with { Settings = "quietHours: { from: \"11:00\", to: \"10:00\" }" });
        shop.Order("ann", 0, 200).Event("ann", 1, "viewed");
        await shop.RunAsync(60.5);
        Assert.Equal(["by-tag"], shop.UnderWay("ann").Select(e => e.Journey));
        var waiting = shop.Sends("ann").Single(s => s.Journey == "by-tag");
        Assert.Equal(SendStatus.Pending, waiting.Status);

        await Object(shop, "ann", 60.6).RunAsync(120);
        Assert.Equal(("by-tag", ProfilingObjection.Reason), Assert.Single(shop.Ended("ann").Where(e => e.Journey == "by-tag").Select(e => (e.Journey, e.EndReason))));
        Assert.Equal((SendStatus.Withheld, ProfilingObjection.Reason), shop.Sends("ann").Where(s => s.Id == waiting.Id).Select(s => (s.Status, s.Reason)).Single());
        Assert.DoesNotContain(shop.Sent(), s => s.Day > 60.6);
        var standing = shop.Profile("ann")!.Standing!;
        Assert.Equal(("rest", Stage.Churned), (standing.Segment, standing.Stage));
        Assert.Empty(standing.Tags);
    }

    /// <summary>A run whose last mail waits for the end of quiet hours is over by then: its mail is withheld all the same.</summary>
    [Fact]
    public async Task Objection_AfterTheRunIsOver_StillWithholdsItsMail()
    {
        var shop = await OpenAsync(Campaigns with { Settings = "quietHours: { from: \"11:00\", to: \"10:00\" }" });
        await shop.Order("ann", 0, 20).Event("ann", 1, "go", change: Keyed("1")).RunAsync(1.1);
        Assert.Empty(shop.UnderWay("ann"));
        Assert.Equal(["by-event", "by-rule", "by-taste"], shop.Sends("ann").Where(s => s.Status == SendStatus.Pending).Select(s => s.Journey).Order(StringComparer.Ordinal));

        await Object(shop, "ann", 1.2).RunAsync(4);
        Assert.All(
            shop.Sends("ann").Where(s => s.Journey is "by-rule" or "by-taste"), s => Assert.Equal((SendStatus.Withheld, ProfilingObjection.Reason), (s.Status, s.Reason)));
        Assert.Equal(["by-event"], shop.Facts(FactKinds.Sent).Where(f => f.At > Day(1.2)).Select(f => f.Journey));
    }

    [Fact]
    public async Task Objector_GetsWhatEverybodyGetsAndWhatIsNoMarketing()
    {
        var shop = await OpenAsync(Campaigns);
        Object(shop, "ann", 0.2).Order("ann", 0.4, 20).Order("ben", 0.4, 20);
        foreach (var customer in new[] { "ann", "ben" })
        {
            shop.Event(customer, 2, "viewed").Event(customer, 3, "go", change: Keyed("1"))
                .Event(customer, 4, "restocked", change: e => e with { ProductId = "p" }).Order(customer, 5, 90, "again-" + customer);
        }

        await shop.RunAsync(70);
        Assert.Equal(
            ["by-event", "receipt", "receipt"], shop.Facts(FactKinds.Sent, "ann").Select(f => f.Journey).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["by-event", "by-interest", "by-rule", "by-segment", "by-tag", "by-taste", "receipt", "receipt"],
            shop.Facts(FactKinds.Sent, "ben").Where(f => f.Step is not "second").Select(f => f.Journey).Order(StringComparer.Ordinal).Where((_, i) => i >= 0));
        Assert.Equal(["receipt", "receipt"], shop.Facts(FactKinds.Sent, "ann").Where(f => f.Journey == "receipt").Select(f => f.Step));
        Assert.Equal(["known", "receipt"], shop.Facts(FactKinds.Sent, "ben").Where(f => f.Journey == "receipt").Select(f => f.Step).Order());
    }

    [Fact]
    public async Task Objection_TakenBack_MakesThemWhoTheyAreAgain()
    {
        var shop = await OpenAsync(Campaigns);
        await Object(shop.Order("ann", 0, 200).Event("ann", 0.1, "viewed"), "ann", 1).RunAsync(2);
        Assert.Equal("rest", shop.Profile("ann")!.Standing!.Segment);
        await shop.Says("ann", 3, new() { Profiling = new(false, Day(3), "shop") }).RunAsync(4);
        Assert.Equal("big", shop.Profile("ann")!.Standing!.Segment);
        Assert.Equal(["looker"], shop.Profile("ann")!.Standing!.Tags);
        Assert.Null(shop.Summary("ann")!.Summary.NoProfilingSince);
    }

    [Theory]
    [InlineData(true, 1, false, 2, false, false)]
    [InlineData(true, 2, false, 1, false, true)]
    [InlineData(true, 1, false, 2, true, true)]
    [InlineData(false, 2, true, 1, false, false)]
    [InlineData(false, 1, true, 2, true, true)]
    public void With_TheLaterWordHolds_AndAnImportLiftsNothing(bool had, int hadAt, bool said, int saidAt, bool import, bool expected) => Assert.Equal(
        expected,
        new CustomerFacts { Profiling = new(had, Day(hadAt), null) }.With(new() { Profiling = new(said, Day(saidAt), null) }, refusalStays: import).Profiling!.Objects);

    /// <summary>Whoever objects, and whatever they bought: what is learned is what would be learned if they were not there.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Learned_OfAShopWithObjectors_IsThatOfTheShopWithoutThem(int seed)
    {
        var with = await FilledAsync(seed, objectors: true);
        var without = await FilledAsync(seed, objectors: false);
        var (calibration, plain) = (await with.Engine.CalibrateAsync(true, Cancellation), await without.Engine.CalibrateAsync(true, Cancellation));
        Assert.Equal(Json(plain, SegueJson.Default.Calibration), Json(calibration, SegueJson.Default.Calibration));
        Assert.Equal(30, calibration.Customers);
        var (baskets, plainBaskets) = (await with.Engine.RecommendAsync(Cancellation), await without.Engine.RecommendAsync(Cancellation));
        Assert.Equal(JsonSerializer.Serialize(plainBaskets), JsonSerializer.Serialize(baskets));
        Assert.NotEmpty(baskets.Products);

        var (state, plainState) = (await with.Catalog.CurrentAsync(Cancellation), await without.Catalog.CurrentAsync(Cancellation));
        var (personas, plainPersonas) = (await Personas.MakeAsync(with.Store, state, with.Now, Cancellation), await Personas.MakeAsync(without.Store, plainState, without.Now, Cancellation));
        Assert.Equal(JsonSerializer.Serialize(plainPersonas), JsonSerializer.Serialize(personas));
        var (map, plainMap) = (await CustomerMap.MakeAsync(with.Store, state, with.Now, Cancellation), await CustomerMap.MakeAsync(without.Store, plainState, without.Now, Cancellation));
        Assert.Equal(plainMap.Ages.OrderBy(c => c.Key), map.Ages.OrderBy(c => c.Key));
        Assert.Equal(plainMap.Scores.OrderBy(c => c.Key), map.Scores.OrderBy(c => c.Key));
        Assert.Equal(plainMap.Customers + 10, map.Customers);
    }

    [Fact]
    public async Task Interests_OfAnObjector_AreNotNoted()
    {
        var shop = await OpenAsync(Campaigns);
        Object(shop, "ann", 0.2);
        foreach (var customer in new[] { "ann", "ben" })
        {
            shop.Event(customer, 1, "viewed", change: e => e with { ProductId = "p", Category = "shoes" });
        }

        await shop.RunAsync(2);
        var interested = shop.Table(Tables.Interest).Select(r => r.Key).Distinct();
        Assert.Equal(["ben"], interested);
    }

    [Fact]
    public async Task Api_SetsShowsAndExportsIt()
    {
        var shop = await OpenAsync(Campaigns);
        await shop.Order("ann", 0, 200).RunAsync(1);
        await using var host = await ApiHost.StartAsync(shop);
        using var put = await host.Client.PutAsJsonAsync("/api/customers/ann", new { objectsToProfiling = true }, Cancellation);
        put.EnsureSuccessStatusCode();
        await shop.RunAsync(2);
        var view = await host.Client.GetFromJsonAsync<JsonElement>("/api/customers/ann", Cancellation);
        Assert.Equal(Day(1), view.GetProperty("objectsToProfilingSince").GetDateTimeOffset());
        Assert.Equal("rest", view.GetProperty("segment").GetString());
        Assert.Contains("object", Assert.Single(view.GetProperty("why").EnumerateArray()).GetString(), StringComparison.Ordinal);
        Assert.Equal("rest", Assert.Single(view.GetProperty("decision").EnumerateArray()).GetProperty("segment").GetString());
        var export = await host.Client.GetFromJsonAsync<JsonElement>("/api/customers/ann/export", Cancellation);
        var wish = export.GetProperty("profile").GetProperty("contact").GetProperty("profiling");
        Assert.True(wish.GetProperty("objects").GetBoolean());
        Assert.Equal("shop", wish.GetProperty("source").GetString());

        using var wrong = await host.Client.PutAsJsonAsync("/api/customers/ann", new { objectsToProfiling = "yes" }, Cancellation);
        Assert.Equal(System.Net.HttpStatusCode.BadRequest, wrong.StatusCode);
    }

    [Fact]
    public async Task Page_TakesItAndTakesItBack()
    {
        var shop = await OpenAsync(Campaigns);
        await shop.Order("ann", 0, 20).Event("ann", 1, "go", change: Keyed("1")).RunAsync(2);
        await using var host = await ApiHost.StartAsync(shop);
        var address = shop.Engine.UnsubscribeLinks.Of(new("https://shop.example.com"), "ann", shop.Sends("ann").First(s => s.Topic is not null).Id).AbsolutePath;
        await PostAsync("choose=topics&shown=profiling");
        await shop.RunAsync(3);
        Assert.Equal((true, "preferences", Day(2)), (shop.Profile("ann")!.Objects, shop.Profile("ann")!.Contact.Profiling!.Source, shop.Profile("ann")!.Contact.Profiling!.At));
        Assert.Equal(Consent.Granted, shop.Profile("ann")!.Contact.EmailConsent);
        Assert.DoesNotContain("value=\"profiling\" checked", await host.Client.GetStringAsync(address, Cancellation), StringComparison.Ordinal);
        await PostAsync("choose=topics&shown=profiling&on=profiling");
        await shop.RunAsync(4);
        Assert.False(shop.Profile("ann")!.Objects);
        Assert.Contains("value=\"profiling\" checked", await host.Client.GetStringAsync(address, Cancellation), StringComparison.Ordinal);

        async Task PostAsync(string form)
        {
            using var content = new StringContent(form, null, "application/x-www-form-urlencoded");
            using var answer = await host.Client.PostAsync(address, content, Cancellation);
            answer.EnsureSuccessStatusCode();
        }
    }

    /// <summary>What ships goes by what people are like, but for what it does on their own word or act.</summary>
    [Fact]
    public void NeedsProfiling_OfWhatShips_IsAllMarketingButWhatNobodyIsChosenFor()
    {
        var set = ShippedCampaigns.AllLive;
        var plain = set.Journeys.Values.Where(j => !ProfilingObjection.NeedsProfiling(set, j)).Select(j => j.Id).Order(StringComparer.Ordinal).ToList();
        Assert.All(plain, id => Assert.True(set.Journeys[id].Enter.Group.Length == 0 && !set.Journeys[id].Rules.Any(), id));
        Assert.True(plain.Count < set.Journeys.Count / 2, string.Join(", ", plain));
    }

    private static TestShop Object(TestShop shop, string customer, double day) =>
        shop.Says(customer, day, new() { Profiling = new(true, Day(day), "shop") });

    private static Func<Segue.Events.CustomerEvent, Segue.Events.CustomerEvent> Keyed(string n) => e => e with { Attributes = new Dictionary<string, string> { ["n"] = n } };

    /// <summary>Thirty people, with baskets; and ten more who object before the first weekly calibration, among them the best and the worst customers.</summary>
    private static async Task<TestShop> FilledAsync(int seed, bool objectors)
    {
        var random = new Random(seed);
        var shop = await OpenAsync(Campaigns with
        {
            Segments = "segments:\n  - { id: top, name: Top, when: { spend: top 20%, frequency: \">= 3\" } }\n  - { id: rest, name: The rest }\ntags: [ { id: silent-60, when: { daysSinceLastOrder: \">= 60\" } }, { id: looker, when: { daysSinceLastOrder: \">= 5\" } } ]",
        });
        for (var c = 0; c < 40; c++)
        {
            var (customer, isObjector) = ($"c{c}", c % 4 == 3);
            var days = Enumerable.Range(0, 1 + random.Next(isObjector ? 12 : 5)).Select(_ => random.NextDouble() * 40).Order().ToList();
            var (spend, objectsAt) = (random.Next(5, isObjector ? 5000 : 300), random.NextDouble() * 5);
            var products = days.Select(_ => (random.Next(4), random.Next(4))).ToList();
            if (isObjector && !objectors)
            {
                continue;
            }

            for (var i = 0; i < days.Count; i++)
            {
                var (first, second) = products[i];
                shop.Order(customer, days[i], spend, $"{customer}-{i}", change: o => o with { Items = [Item(first), Item(second + 4)] });
            }

            if (isObjector)
            {
                Object(shop, customer, objectsAt);
            }
        }

        await shop.RunAsync(41.5);
        return shop;

        static OrderItem Item(int n) => new() { ProductId = $"p{n}", Name = $"Product {n}", Category = $"k{n % 2}", Quantity = 1, Price = 5 };
    }

    private static string Json<T>(T value, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) => JsonSerializer.Serialize(value, type);
}
