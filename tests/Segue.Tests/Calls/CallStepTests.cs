using Segue.Calls;
using Segue.Customers;
using Segue.Measurement;
using Segue.Messaging;
using Segue.Ports;
using Segue.Storage;
using Segue.Tests.Support;
using static Segue.Tests.Support.TestShop;

namespace Segue.Tests.Calls;

/// <summary>Calls: who comes onto the list, in what order, what an outcome does, and that none is left over.</summary>
public sealed class CallStepTests
{
    private const string Steps = """
          - call: { queue: accounts, reason: "Ask why they left", due: 3d, outcomes: [reached, no-interest] }
            reached: [ { id: thanks, send: { email: hello, topic: offers } } ]
            no-interest: [ { end: { reason: no-interest } } ]
            expired: [ { id: sorry, send: { email: hello, topic: offers } } ]
          - wait: { for: 1d }
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Call_ReachedInTime_TakesItsBranchAtThatMomentAndLeavesTheList()
    {
        var shop = await StartAsync();
        await Callable(shop, "a").Event("a", 1, "go").RunAsync(2);
        var list = await shop.Engine.Calls.ReadAsync("accounts", null, Cancellation);
        var call = Assert.Single(list.Calls);
        Assert.Equal(("a", "+41 44 000 00 00", "Ask why they left", Day(4)), (call.Call.CustomerId, call.Phone, call.Call.Reason, call.Call.DueAt));

        Assert.Equal(CallAnswer.Taken, await shop.Engine.Calls.AnswerAsync(call.Id, "reached", "Kim", Cancellation));
        await shop.RunAsync(10);
        Assert.Equal([("a", "thanks", 2.0)], shop.Sent());
        Assert.Equal(("called", "reached"), (shop.Events("a")[^1].Name, shop.Events("a")[^1].Value("outcome")));
        Assert.Equal(["reached"], shop.Facts(FactKinds.Called, "a").Select(f => f.Reason));
        Assert.Equal(CallAnswer.Over, await shop.Engine.Calls.AnswerAsync(call.Id, "reached", "Kim", Cancellation));
        var ended = Assert.Single(shop.Table(Tables.Calls));
        Assert.Equal(("ended~20240104~accounts", "Kim"), (ended.Partition, RowJson.Unpack(ended, SegueJson.Default.CallChange).End!.By));
    }

    [Fact]
    public async Task Call_NobodyCalled_ExpiresToTheSecond()
    {
        var shop = await StartAsync();
        await Callable(shop, "a").Event("a", 1, "go").RunAsync(10);
        Assert.Equal([("a", "sorry", 4.0)], shop.Sent());
        Assert.Equal([Day(4)], shop.Facts(FactKinds.CallExpired).Select(f => f.At));
        Assert.Empty((await shop.Engine.Calls.ReadAsync("accounts", null, Cancellation)).Calls);
        Assert.Equal(0, (await shop.Engine.Calls.ReadAsync("accounts", null, Cancellation)).Waiting);
    }

    [Fact]
    public async Task Call_NoNumberOrNoConsent_IsNotAskedFor()
    {
        var shop = await StartAsync();
        shop.Order("none", 0).Order("refused", 0).Order("unknown", 0)
            .Says("refused", 0.5, new() { Phone = "1", PhoneConsent = Consent.Refused }).Says("unknown", 0.5, new() { Phone = "1" });
        foreach (var customer in new[] { "none", "refused", "unknown" })
        {
            shop.Event(customer, 1, "go");
        }

        await shop.RunAsync(10);
        Assert.Equal([("none", "sorry", 1.0), ("refused", "sorry", 1.0), ("unknown", "sorry", 1.0)], shop.Sent());
        Assert.Empty(shop.Table(Tables.Calls));
    }

    [Fact]
    public async Task Call_CustomerLeavesTheJourney_LeavesTheListAtOnce()
    {
        var shop = await StartAsync();
        await Callable(shop, "a").Event("a", 1, "go").Order("a", 2).RunAsync(2.5);
        Assert.Equal("order", shop.Ended("a")[0].EndReason);
        Assert.Empty((await shop.Engine.Calls.ReadAsync("accounts", null, Cancellation)).Calls);
        Assert.StartsWith("ended~", Assert.Single(shop.Table(Tables.Calls)).Partition, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_HeldOut_WaitsAsLongAndIsNotCalled()
    {
        var shop = await OpenAsync(TestCampaigns.Journey(Steps, enter: "event: go", head: "holdout: 90%"));
        for (var i = 0; i < 20; i++)
        {
            Callable(shop, $"c{i:D2}").Event($"c{i:D2}", 1, "go");
        }

        await shop.RunAsync(2);
        var held = Enumerable.Range(0, 20).Select(i => $"c{i:D2}").Where(c => shop.UnderWay(c)[0].HeldOut).ToList();
        Assert.InRange(held.Count, 10, 19);
        Assert.DoesNotContain((await shop.Engine.Calls.ReadAsync("accounts", null, Cancellation)).Calls, c => held.Contains(c.Call.CustomerId));
        Assert.All(held, c => Assert.Equal(Day(4), shop.UnderWay(c)[0].DueAt));
    }

    [Fact]
    public async Task Call_InALoop_IsAskedForAgainUnderAnotherName()
    {
        const string Loop = """
              - id: again
                call: { queue: accounts, reason: why, due: 1d, outcomes: [ reached ] }
                reached: []
                expired: [ { link: { to: again, maxVisits: 2, minDelay: 1d } } ]
            """;
        var shop = await OpenAsync(TestCampaigns.Journey(Loop, enter: "event: go"));
        await Callable(shop, "a").Event("a", 1, "go").RunAsync(20);
        Assert.Equal([Day(1), Day(3), Day(5)], shop.Facts(FactKinds.CallAsked).Select(f => f.At));
        Assert.Equal(3, shop.Table(Tables.Calls).Count);
    }

    [Fact]
    public async Task Answer_OfAnotherVisit_DoesNothing()
    {
        var shop = await StartAsync();
        await Callable(shop, "a").Event("a", 1, "go").RunAsync(2);
        var call = (await shop.Engine.Calls.ReadAsync("accounts", null, Cancellation)).Calls[0];
        await shop.Engine.Calls.AnswerAsync(call.Id, "no-interest", null, Cancellation);
        var late = new CallAnswered { CustomerId = "a", Token = call.Call.Token, Outcome = "reached", At = Day(2.5) };
        await shop.Happens(2.5, late.ToBus("late")).RunAsync(10);
        Assert.Empty(shop.Sent());
        Assert.Equal("no-interest", shop.Ended("a")[0].EndReason);
    }

    [Fact]
    public async Task Read_ManyCalls_ByPriorityThenSpendWithinTheDaysCapacity()
    {
        var urgent = TestCampaigns.Journey(
            Steps.Replace("due: 3d", "due: 3d, priority: 1", StringComparison.Ordinal), enter: "event: hurry", id: "urgent");
        var shop = await OpenAsync(TestCampaigns.Journey(Steps, enter: "event: go"), urgent);
        Callable(shop, "small", 10).Event("small", 1, "go");
        Callable(shop, "large", 1000).Event("large", 1, "go");
        Callable(shop, "first", 5).Event("first", 1, "hurry");
        await shop.RunAsync(2);
        var list = await shop.Engine.Calls.ReadAsync("accounts", 2, Cancellation);
        Assert.Equal(["first", "large"], list.Calls.Select(c => c.Call.CustomerId));
        Assert.Equal((3, 0), (list.Waiting, list.MadeToday));

        await shop.Engine.Calls.AnswerAsync(list.Calls[0].Id, "reached", null, Cancellation);
        await shop.RunAsync(2.25);
        list = await shop.Engine.Calls.ReadAsync("accounts", 2, Cancellation);
        Assert.Equal(["large"], list.Calls.Select(c => c.Call.CustomerId));
        Assert.Equal((2, 1), (list.Waiting, list.MadeToday));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("")]
    public async Task Answer_IdThatIsNoneOfOurs_IsRefused(string id)
    {
        var shop = await StartAsync();
        Assert.Equal(CallAnswer.NoSuchCall, await shop.Engine.Calls.AnswerAsync(id, "reached", null, Cancellation));
    }

    [Fact]
    public async Task Answer_NoSuchOutcome_NamesThoseThereAre()
    {
        var shop = await StartAsync();
        await Callable(shop, "a").Event("a", 1, "go").RunAsync(2);
        var call = (await shop.Engine.Calls.ReadAsync("accounts", null, Cancellation)).Calls[0];
        var answer = await shop.Engine.Calls.AnswerAsync(call.Id, "rang", null, Cancellation);
        Assert.Equal((CallAnswerKind.NoSuchOutcome, "reached,no-interest"), (answer.Kind, string.Join(',', answer.Expected!)));
    }

    private static Task<TestShop> StartAsync() => OpenAsync(TestCampaigns.Journey(Steps, enter: "event: go", head: "exitWhen: [ { event: order } ]"));

    private static TestShop Callable(TestShop shop, string customer, decimal amount = 10) => shop.Order(customer, 0, amount)
        .Says(customer, 0.1, new() { Phone = "+41 44 000 00 00", PhoneConsent = Consent.Granted });
}
