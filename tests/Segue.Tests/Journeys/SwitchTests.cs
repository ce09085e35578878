using Segue.Campaigns;
using Segue.Customers;
using Segue.Journeys;
using Segue.Measurement;
using Segue.Ports;
using Segue.Simulation;
using Segue.Tests.Support;
using static Segue.Tests.Support.TestShop;

namespace Segue.Tests.Journeys;

/// <summary>Journeys are switched on, paused and resumed: nobody is lost, nobody is mailed by accident.</summary>
public sealed class SwitchTests
{
    private const string Draft = "draft";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GoLive_ExistingSkipped_TakesInOnlyWhoBecomesAMember()
    {
        var shop = await OpenAsync(TestCampaigns.TwoSteps(status: Draft));
        await shop.Order("there", 0).Order("coming", 10).RunAsync(65);
        await GoLiveAsync(shop);
        await shop.RunAsync(71);
        Assert.Equal([("coming", "first", 70.0)], shop.Sent());
        Assert.Equal((SwitchState.Live, "ann"), ((await StateAsync(shop)).State, (await StateAsync(shop)).By));
    }

    [Fact]
    public async Task GoLive_ExistingIncluded_TakesInWhoIsThereOnce()
    {
        var shop = await OpenAsync(TestCampaigns.TwoSteps(enter: "tag: silent-60, existing: include", status: Draft));
        await shop.Order("there", 0).Order("coming", 10).RunAsync(65);
        await GoLiveAsync(shop);
        await GoLiveAsync(shop);
        await shop.RunAsync(71);
        Assert.Equal(["there", "coming"], shop.Sent().Select(s => s.Customer));
        Assert.InRange(shop.Sent()[0].Day, 65, 65.01);
    }

    [Theory]
    [InlineData("skip", 0, 2)]
    [InlineData("include", 2, 2)]
    public async Task Forecast_SaysWhomGoingLiveWouldMail(string existing, int today, int within30Days)
    {
        var shop = await OpenAsync(TestCampaigns.TwoSteps(enter: $"tag: silent-60, existing: {existing}", status: Draft));
        await shop.Order("there1", 0).Order("there2", 1).Order("soon1", 10).Order("soon2", 20).Order("far", 60)
            .Arrives(new(new() { OrderId = "x", CustomerId = "nobody", OrderedAt = Day(15), Amount = 1 }, CustomerFacts.None), 15).RunAsync(65);
        var forecast = await JourneyForecast.MakeAsync(
            shop.Store, await shop.Catalog.CurrentAsync(Cancellation), shop.Set.Journeys["two-steps"], shop.Now, Cancellation);
        Assert.Equal(new JourneyForecast(2, today, within30Days, 1, 0), forecast);
    }

    [Fact]
    public async Task Forecast_Holdout_IsCountedApart()
    {
        var shop = await OpenAsync(TestCampaigns.TwoSteps("holdout: 50%", status: Draft));
        for (var c = 0; c < 20; c++)
        {
            shop.Order($"c{c}", 0);
        }

        await shop.RunAsync(40);
        var forecast = await JourneyForecast.MakeAsync(
            shop.Store, await shop.Catalog.CurrentAsync(Cancellation), shop.Set.Journeys["two-steps"], shop.Now, Cancellation);
        await GoLiveAsync(shop);
        await shop.RunAsync(61);
        Assert.Equal((shop.Sent().Count, 20 - shop.Sent().Count), (forecast.Within30Days, forecast.HeldOut));
    }

    [Fact]
    public async Task Pause_AMonth_MovesEveryMomentByItsLength()
    {
        var shop = await OpenAsync(TestCampaigns.TwoSteps());
        await shop.Order("a", 0).Order("b", 3).Order("c", 6.5).RunAsync(70);
        await PauseAsync(shop);
        await shop.RunAsync(100);
        Assert.Equal(3, shop.Sent().Count);
        Assert.All(["a", "b", "c"], c => Assert.Single(shop.UnderWay(c)));

        await ResumeAsync(shop);
        await shop.RunAsync(130);
        Assert.Equal([("a", "second", 104.0), ("b", "second", 107.0), ("c", "second", 110.5)], shop.Sent().Where(s => s.Step == "second"));
    }

    [Fact]
    public async Task Pause_WhoEntersMeanwhile_WaitsAndComesOutSpread()
    {
        var shop = await OpenAsync(TestCampaigns.TwoSteps());
        await shop.Order("a", 5).Order("b", 15).Order("c", 25).RunAsync(60);
        await PauseAsync(shop);
        await shop.RunAsync(90);
        Assert.Equal(3, shop.Facts(FactKinds.Entered).Count);
        Assert.Empty(shop.Sent());

        await ResumeAsync(shop);
        await shop.RunAsync(120);
        Assert.Equal([("a", 95.0), ("b", 105.0), ("c", 115.0)], shop.Sent().Where(s => s.Step == "first").Select(s => (s.Customer, s.Day)));
    }

    [Fact]
    public async Task Pause_Twice_AddsUp()
    {
        var shop = await OpenAsync(TestCampaigns.TwoSteps());
        await shop.Order("a", 0).RunAsync(65);
        await PauseAsync(shop);
        await shop.RunAsync(67);
        await ResumeAsync(shop);
        await shop.RunAsync(70);
        await PauseAsync(shop);
        await shop.RunAsync(80);
        await ResumeAsync(shop);
        await shop.RunAsync(100);
        Assert.Equal([60.0, 86.0], shop.Sent().Select(s => s.Day));
    }

    [Fact]
    public async Task Pause_ExitDuringIt_Works()
    {
        var shop = await OpenAsync(TestCampaigns.TwoSteps("exitWhen: [ { event: order } ]"));
        await shop.Order("a", 0).Order("a", 75).RunAsync(65);
        await PauseAsync(shop);
        await shop.RunAsync(90);
        Assert.Equal(("order", Day(75)), (Assert.Single(shop.Ended("a")).EndReason, shop.Ended("a")[0].EndedAt));
        await ResumeAsync(shop);
        await shop.RunAsync(120);
        Assert.Single(shop.Sent());
    }

    [Fact]
    public async Task Pause_SendInFlight_IsKeptAndGoesAfterwards()
    {
        var shop = await OpenAsync(TestCampaigns.TwoSteps());
        shop.Sender.Answer = _ => new SendAnswer.TryAfter(TimeSpan.FromHours(1), "busy");
        await shop.Order("a", 0).RunAsync(60.01);
        await PauseAsync(shop);
        shop.Sender.Answer = _ => new SendAnswer.Accepted();
        await shop.RunAsync(65);
        Assert.Empty(shop.Sent());
        await ResumeAsync(shop);
        await shop.RunAsync(66);
        Assert.Equal("first", Assert.Single(shop.Sent()).Step);
    }

    [Fact]
    public async Task Pause_NotLive_IsRefused()
    {
        var shop = await OpenAsync(TestCampaigns.TwoSteps(status: Draft));
        await Assert.ThrowsAsync<JourneySwitchException>(() => PauseAsync(shop));
        await Assert.ThrowsAsync<JourneySwitchException>(() => ResumeAsync(shop));
        await GoLiveAsync(shop);
        await PauseAsync(shop);
        await Assert.ThrowsAsync<JourneySwitchException>(() => GoLiveAsync(shop));
    }

    [Fact]
    public async Task Archive_WhoIsUnderWay_FinishesAndNobodyEnters()
    {
        var shop = await OpenAsync(TestCampaigns.TwoSteps());
        await shop.Order("under-way", 0).Order("later", 10).RunAsync(65);
        await ArchiveAsync(shop);
        await shop.RunAsync(80);
        Assert.Equal([("under-way", "first", 60.0), ("under-way", "second", 74.0)], shop.Sent());
        await shop.RepublishAsync(new() { Journeys = [TestCampaigns.TwoSteps()] });
        Assert.Equal(SwitchState.Off, (await StateAsync(shop)).State);
    }

    [Fact]
    public async Task Archive_WhilePaused_EndsThePauseForThoseUnderWay()
    {
        var shop = await OpenAsync(TestCampaigns.TwoSteps());
        await shop.Order("a", 0).Order("later", 10).RunAsync(65);
        await PauseAsync(shop);
        await shop.RunAsync(68);
        await ArchiveAsync(shop);
        await shop.RunAsync(90);
        Assert.Equal([("a", "first", 60.0), ("a", "second", 77.0)], shop.Sent());
    }

    [Fact]
    public async Task Archive_NeverLive_IsRefusedAndLiveAgainBegins()
    {
        var shop = await OpenAsync(TestCampaigns.TwoSteps(status: Draft));
        await Assert.ThrowsAsync<JourneySwitchException>(() => ArchiveAsync(shop));
        await GoLiveAsync(shop);
        await ArchiveAsync(shop);
        await GoLiveAsync(shop);
        Assert.Equal(SwitchState.Live, (await StateAsync(shop)).State);
    }

    /// <summary>How many writes of the store or sends of the bus a resume gets before its process stops.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Resume_ProcessStopsOnTheWay_ToldAgainWakesEveryone(int steps)
    {
        var shop = await OpenAsync(TestCampaigns.TwoSteps());
        await shop.Order("a", 0).Order("b", 15).RunAsync(65);
        await PauseAsync(shop);
        await shop.RunAsync(80);
        var stopping = new StoppingStore(shop.Store, steps);
        var switches = new JourneySwitches(stopping, shop.Catalog, new VirtualTimeProvider(shop.Now));
        await Assert.ThrowsAsync<PortUnavailableException>(() => switches.ResumeAsync("two-steps", "ann", new StoppingBus(shop.Bus, stopping), Cancellation));
        await shop.RunAsync(80.1);
        await ResumeAsync(shop);
        await shop.RunAsync(120);
        Assert.Equal(4, shop.Sent().Count);
        Assert.Equal(2, shop.Sent().Count(s => s.Step == "second"));
    }

    [Fact]
    public async Task Resume_ProcessStopsRightAfterThePauseEnded_EveryoneIsWokenAllTheSame()
    {
        var shop = await OpenAsync(TestCampaigns.TwoSteps());
        await shop.Order("a", 0).Order("b", 15).RunAsync(65);
        await PauseAsync(shop);
        await shop.RunAsync(80);
        var stopping = new StoppingStore(shop.Store, 2);
        var switches = new JourneySwitches(stopping, shop.Catalog, new VirtualTimeProvider(shop.Now));
        await Assert.ThrowsAsync<PortUnavailableException>(() => switches.ResumeAsync("two-steps", "ann", new StoppingBus(shop.Bus, stopping), Cancellation));
        Assert.Equal(SwitchState.Live, (await StateAsync(shop)).State);
        await shop.RunAsync(120);
        Assert.Equal(4, shop.Sent().Count);
    }

    private static Task<JourneySwitch> ArchiveAsync(TestShop shop) => shop.Engine.Switches.ArchiveAsync("two-steps", "ann", shop.Bus, Cancellation);

    private static Task<JourneySwitch> GoLiveAsync(TestShop shop) =>
        shop.Engine.Switches.GoLiveAsync(shop.Set.Journeys["two-steps"], "ann", shop.Bus, Cancellation);

    private static Task<JourneySwitch> PauseAsync(TestShop shop) => shop.Engine.Switches.PauseAsync("two-steps", "ann", Cancellation);

    private static Task<JourneySwitch> ResumeAsync(TestShop shop) => shop.Engine.Switches.ResumeAsync("two-steps", "ann", shop.Bus, Cancellation);

    private static async Task<JourneySwitch> StateAsync(TestShop shop) =>
        (await shop.Catalog.CurrentAsync(Cancellation)).Switches["two-steps"];
}
