using Segue.Http.Reports;
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
        await shop.Order("a", 0).Order("b", 5).Order("b", 6).RunAsync(7);
        await shop.Engine.CalibrateAsync(initial: true, Cancellation);
        await shop.RunAsync(8);
        var report = await Insights(shop).CalibrationAsync(Cancellation);

        Assert.Equal((await shop.Catalog.CurrentAsync(Cancellation)).Calibration!.Id, report.Id);
        Assert.Equal((2L, 2L, null, null), (report.Customers, report.Buyers, report.Predictions, report.Tiers));
        Assert.Contains("spend top 10%", report.Ranks.Keys);
        Assert.Equal(["top", "rest"], report.Personas.Segments.Select(p => p.Id));
        Assert.Equal(2, report.Remarks.Count);
        Assert.Equal((2L, 1L), (report.Returns[0].Silent, report.Returns[0].CameBack));
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
