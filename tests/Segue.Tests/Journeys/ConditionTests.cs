using Segue.Tests.Support;
using static Segue.Tests.Support.TestShop;

namespace Segue.Tests.Journeys;

/// <summary>Waits for something to happen, with a time-out.</summary>
public sealed class ConditionTests
{
    private const string Wait = """
          - wait:
              condition:
                branches:
                  - { event: answered, where: { score: 9 }, then: [ { id: glad, send: { email: hello, topic: offers } } ] }
                  - { if: { orders: ">= 3" }, then: [ { id: loyal, send: { email: hello, topic: offers } } ] }
                  - { if: { daysSinceLastOrder: ">= 5" }, then: [ { id: quiet, send: { email: hello, topic: offers } } ] }
                timeout: 10d
                else: [ { id: late, send: { email: hello, topic: offers } } ]
          - id: after
            end: { reason: through }
        """;

    [Fact]
    public async Task Condition_EventInTime_TakesItsBranchAtItsMoment()
    {
        var shop = await StartAsync();
        await Answer(shop.Order("a", 0.5), 3, "9").RunAsync(30);
        Assert.Equal([("a", "glad", 3.0)], shop.Sent());
        Assert.Equal(("through", Day(3)), (shop.Ended("a")[0].EndReason, shop.Ended("a")[0].EndedAt));
    }

    [Fact]
    public async Task Condition_RuleByAnOrder_TakesItsBranchAtTheOrder()
    {
        var shop = await StartAsync();
        await Answer(shop.Order("a", 0.5).Order("a", 2).Order("a", 2.5), 2.25, "3").RunAsync(30);
        Assert.Equal([("a", "loyal", 2.5)], shop.Sent());
    }

    [Fact]
    public async Task Condition_RuleByTime_TakesItsBranchToTheSecond()
    {
        var shop = await StartAsync();
        await shop.Order("a", 0.5).RunAsync(30);
        Assert.Equal([("a", "quiet", 5.5)], shop.Sent());
    }

    [Fact]
    public async Task Condition_RuleThatAnOrderPutsOff_IsLookedAtLater()
    {
        var shop = await StartAsync();
        await shop.Order("a", 0.5).Order("a", 4.5).RunAsync(30);
        Assert.Equal([("a", "quiet", 9.5)], shop.Sent());
    }

    [Fact]
    public async Task Condition_NothingInTime_TakesElseAtTheTimeout()
    {
        var shop = await StartAsync();
        await shop.Order("a", 0.5).Order("a", 5).RunAsync(30);
        Assert.Equal([("a", "quiet", 10.0)], shop.Sent());

        shop = await StartAsync();
        await shop.Order("b", 0.5, id: "one").Order("b", 5.4).RunAsync(30);
        Assert.Equal([("b", "quiet", 10.4)], shop.Sent());

        shop = await StartAsync("timeout: 3d");
        await shop.Order("c", 0.5).RunAsync(30);
        Assert.Equal([("c", "late", 4.0)], shop.Sent());
    }

    [Fact]
    public async Task Condition_TrueAlready_PassesAtOnce()
    {
        var shop = await StartAsync();
        await shop.Order("a", -3, arrives: 0).Order("a", -2, arrives: 0).Order("a", 0.5).RunAsync(30);
        Assert.Equal([("a", "loyal", 1.0)], shop.Sent());
    }

    [Fact]
    public async Task Condition_DuringAPause_PassesAsMuchLaterAsThePauseIsLong()
    {
        var shop = await StartAsync();
        shop.Order("a", 0.5);
        await shop.RunAsync(2);
        await shop.Engine.Switches.PauseAsync("journey", "test", TestContext.Current.CancellationToken);
        await Answer(shop, 3, "9").RunAsync(12);
        Assert.Empty(shop.Sent());
        await shop.Engine.Switches.ResumeAsync("journey", "test", shop.Bus, TestContext.Current.CancellationToken);
        await shop.RunAsync(40);
        Assert.Equal([("a", "glad", 13.0)], shop.Sent());
    }

    [Fact]
    public async Task Clicked_OnlyThisRunsMailByAPerson_IsSeenBySplitAndCondition()
    {
        var shop = await OpenAsync(TestCampaigns.Journey("""
              - id: first
                send: { email: hello, topic: offers }
              - wait:
                  condition:
                    branches: [ { if: { clicked: hello }, then: [ { id: soon, send: { email: hello } } ] } ]
                    timeout: 3d
                    else: []
              - wait: { for: 1d }
              - split:
                  if: { clicked: hello }
                  then: [ { id: yes, send: { email: hello } } ]
                  else: [ { id: no, send: { email: hello } } ]
            """, enter: "event: go"));
        shop.Order("a", 0).Order("b", 0).Event("a", 1, "go").Event("b", 1, "go");
        await shop.RunAsync(2);
        var mail = shop.Sends("a").Single().Id;
        shop.Event("a", 2.5, "email-clicked", change: e => e with { Attributes = new Dictionary<string, string> { ["sendId"] = mail } });
        shop.Event("b", 2.5, "email-clicked", change: e => e with { Attributes = new Dictionary<string, string> { ["sendId"] = mail } });
        await shop.RunAsync(20);
        Assert.Equal(
            [("a", "first", 1.0), ("b", "first", 1.0), ("a", "soon", 2.5), ("a", "yes", 3.5), ("b", "no", 5)], shop.Sent());
    }

    private static Task<TestShop> StartAsync(string timeout = "timeout: 10d") => OpenShopAsync(Wait.Replace("timeout: 10d", timeout, StringComparison.Ordinal));

    private static async Task<TestShop> OpenShopAsync(string steps)
    {
        var shop = await OpenAsync(TestCampaigns.Journey(steps, enter: "event: go"));
        foreach (var customer in new[] { "a", "b", "c" })
        {
            shop.Event(customer, 1, "go");
        }

        return shop;
    }

    private static TestShop Answer(TestShop shop, double day, string score) => shop.Event(
        "a", day, "answered", change: e => e with { Attributes = new Dictionary<string, string> { ["score"] = score } });
}
