using Segue.Http.Reports;
using Segue.Segmentation;
using Segue.Tests.Support;
using static Segue.Tests.Support.TestShop;

namespace Segue.Tests.Http;

/// <summary>Where people stand in a journey, told from the rows that the engine keeps.</summary>
public sealed class EngineInsightsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Journey_WithPeopleUnderWay_TellsWhoStandsWhere()
    {
        var shop = await OpenAsync(TestCampaigns.TwoSteps("exitWhen: [ { event: order } ]"));
        await shop.Order("a", 0).Order("b", 5).Order("c", 50).RunAsync(66);
        var journey = (await Insights(shop).JourneyAsync("two-steps", Cancellation))!;

        Assert.Equal(2, journey.Figures.Here);
        Assert.Equal([("first", 0), ("2", 0), ("second", 2)], journey.Steps.Select(s => (s.Id, s.Here)));
        Assert.Equal([("a", Day(74)), ("b", Day(79))], journey.People.Select(p => (p.CustomerId, p.DueAt)));
        Assert.Equal((journey.Version, 2, true), Assert.Single(journey.Versions) is var v ? (v.Version, v.Here, v.Current) : default);
        Assert.Equal("live", journey.Status);
    }

    [Fact]
    public async Task Journey_AfterEveryMove_AgreesWithTheRunsThemselves()
    {
        var shop = await OpenAsync(TestCampaigns.TwoSteps("exitWhen: [ { event: order } ]"));
        shop.Order("a", 0).Order("b", 5).Order("b", 70).Order("c", 8);
        foreach (var day in new[] { 10.0, 61, 66, 69, 71, 75, 80, 120, 140 })
        {
            await shop.RunAsync(day);
            var people = (await Insights(shop).JourneyAsync("two-steps", Cancellation))!.People;
            Assert.Equal(
                from customer in new[] { "a", "b", "c" } from run in shop.UnderWay(customer) orderby run.DueAt select (customer, run.Step, run.DueAt, run.EnteredAt),
                people.Select(p => (p.CustomerId, p.Step, p.DueAt, p.EnteredAt)));
        }
    }

    [Fact]
    public async Task People_OnTwoVersions_AreCountedByVersionAndStepAndNamedPageByPage()
    {
        var shop = await OpenAsync(TestCampaigns.TwoSteps());
        for (var c = 0; c < 7; c++)
        {
            shop.Order($"c{c}", c);
        }

        // Four have had their first mail when the journey is edited, three come after.
        await shop.RunAsync(63.5);
        var old = shop.Set.Journeys["two-steps"].Version;
        await shop.Publisher.PublishAsync(new TestCampaigns { Journeys = [TestCampaigns.TwoSteps("holdout: 1%")] }.Load().Files, "ann", cancellation: Cancellation);
        var now = shop.Catalog.Set.Journeys["two-steps"].Version;
        await shop.RunAsync(67);
        var all = (await Insights(shop).PeopleAsync(new("two-steps"), Cancellation))!;
        Assert.Equal([(now, true, "second", 3), (old, false, "second", 4)], all.Steps.Select(s => (s.Version, s.Current, s.Step!, s.Here + s.HeldOut)));
        Assert.Equal((7, null), (all.Matching, all.Next));

        var names = new List<string>();
        string? after = null;
        do
        {
            var page = (await Insights(shop).PeopleAsync(new("two-steps", old, "second", after, 3), Cancellation))!;
            names.AddRange(page.People.Select(p => p.CustomerId));
            after = page.Next;
        }
        while (after is not null);
        Assert.Equal(["c0", "c1", "c2", "c3"], names);
    }

    [Fact]
    public async Task People_OfOneWithManyRuns_StandOnOnePage()
    {
        var shop = await OpenAsync(TestCampaigns.Journey("  - wait: { for: 9d }", enter: "event: go, key: n"));
        shop.Order("a", 0).Order("b", 0);
        foreach (var (customer, n) in new[] { ("a", 1), ("a", 2), ("a", 3), ("b", 1) })
        {
            shop.Event(customer, 1 + (n / 100.0), "go", change: e => e with { Attributes = new Dictionary<string, string> { ["n"] = $"{n}" } });
        }

        await shop.RunAsync(2);
        var first = (await Insights(shop).PeopleAsync(new("journey", Limit: 2), Cancellation))!;
        Assert.Equal(["a", "a", "a"], first.People.Select(p => p.CustomerId));
        Assert.Equal("a", first.Next);
        Assert.Equal(["b"], (await Insights(shop).PeopleAsync(new("journey", After: "a", Limit: 2), Cancellation))!.People.Select(p => p.CustomerId));
        var gone = new TestCampaigns { Journeys = [] }.Load();
        await shop.Publisher.PublishAsync(gone.Files, "ann", cancellation: Cancellation);
        Assert.Equal(4, (await Insights(shop).PeopleAsync(new("journey"), Cancellation))!.Matching);
        Assert.Null(await Insights(shop).PeopleAsync(new("nothing"), Cancellation));
    }

    [Fact]
    public async Task Journey_Archived_SaysSo()
    {
        var shop = await OpenAsync(TestCampaigns.TwoSteps());
        await shop.Engine.Switches.ArchiveAsync("two-steps", "ann", shop.Bus, Cancellation);
        Assert.Equal("archived", (await Insights(shop).JourneyAsync("two-steps", Cancellation))!.Status);
    }

    [Fact]
    public async Task Journey_ThatThereIsNone_IsNull() =>
        Assert.Null(await Insights(await OpenAsync(TestCampaigns.TwoSteps())).JourneyAsync("another", Cancellation));

    [Fact]
    public async Task Map_OfAShop_CountsItsCustomersAndNamesTheJourneysOfTheirSegment()
    {
        var shop = await OpenAsync(TestCampaigns.TwoSteps(enter: "segment: everyone"));
        await shop.Order("a", 0).Order("b", 5).Order("b", 6).RunAsync(70);
        var map = await Insights(shop).MapAsync(Cancellation);

        Assert.Equal((2, 2), (map.Customers, map.Buyers));
        var everyone = Assert.Single(map.Segments);
        Assert.Equal((2, 3, "two-steps"), (everyone.Customers, everyone.Orders, Assert.Single(everyone.Journeys)));
        Assert.Null(everyone.Rule);
        Assert.Equal(2, map.Tags.Single(t => t.Id == "silent-60").Customers);
    }

    [Fact]
    public async Task Calibration_OfAShop_IsTheOneInForceWithWhoItsCustomersAre()
    {
        var shop = await OpenAsync(new TestCampaigns { Segments = "segments: [ { id: top, when: { spend: top 10% } }, { id: rest } ]" });
        for (var c = 0; c < ReturnPoint.Fewest / 2; c++)
        {
            shop.Order($"a{c}", 0).Order($"b{c}", 5).Order($"b{c}", 6);
        }

        await shop.RunAsync(7);
        await shop.Engine.CalibrateAsync(initial: true, Cancellation);
        await shop.RunAsync(8);
        var report = await Insights(shop).CalibrationAsync(Cancellation);

        Assert.Equal((await shop.Catalog.CurrentAsync(Cancellation)).Calibration!.Id, report.Id);
        Assert.Equal((10L, 10L, null, null), (report.Customers, report.Buyers, report.Predictions, report.Tiers));
        Assert.Contains("spend top 10%", report.Ranks.Keys);
        Assert.Equal(["top", "rest"], report.Personas.Segments.Select(p => p.Id));
        Assert.Equal(2, report.Remarks.Count);
        Assert.Equal((10L, 5L), (report.Returns[0].Silent, report.Returns[0].CameBack));
    }

    [Fact]
    public async Task Calibration_BeforeTheFirst_SaysSo()
    {
        var shop = await OpenAsync();
        await shop.Order("a", 0).RunAsync(1);
        var report = await Insights(shop).CalibrationAsync(Cancellation);
        Assert.Equal((null, null, 0L), (report.Id, report.At, report.Buyers));
        Assert.Equal(1, Assert.Single(report.Personas.Segments).Customers);
    }

    private static EngineInsights Insights(TestShop shop) => new(shop.Engine);
}
