using Segue.Messaging;
using Segue.Ports;
using Segue.Storage;
using Segue.Tests.Support;
using static Segue.Tests.Support.TestShop;

namespace Segue.Tests;

/// <summary>The measurements that alerts are built on.</summary>
public sealed class TelemetryTests
{
    private static readonly string Once = TestCampaigns.Journey("  - id: mail\n    send: { email: hello, topic: offers }\n  - wait: { for: 5d }");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ticks_ThatEndWell_AreCountedDone()
    {
        var shop = await OpenAsync(new TestCampaigns());
        using var measured = Measured.Begin();
        await TickAsync(shop);
        await TickAsync(shop);
        Assert.Equal([(1, "done"), (1, "done")], measured.Of(Telemetry.TimerTicks, "outcome"));
        Assert.Equal("RecomputeSegments", measured.Of(Telemetry.TimerTicks, "timer")[0].Tag);
    }

    [Fact]
    public async Task Ticks_ThatFail_AreCountedFailed_AndStillThrow()
    {
        var shop = await OpenAsync(new TestCampaigns());
        using var measured = Measured.Begin();
        shop.Store.BeforeCommit = (_, _, _) => throw new PortUnavailableException("down");
        await Assert.ThrowsAsync<PortUnavailableException>(() => TickAsync(shop));
        Assert.Equal([(1, "failed")], measured.Of(Telemetry.TimerTicks, "outcome"));
    }

    [Fact]
    public async Task Ticks_CalledOff_AreCountedAsNeither()
    {
        using var called = new CancellationTokenSource();
        using var measured = Measured.Begin();
        await called.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Telemetry.TickAsync(
            "any", c => Task.FromCanceled(c), called.Token));
        Assert.Empty(measured.Of(Telemetry.TimerTicks, "outcome"));
    }

    [Fact]
    public async Task OldestDue_IsHowLateTheLatestRowIs()
    {
        var shop = await OpenAsync(new TestCampaigns());
        shop.StandStillUntil(1);
        await TickAsync(shop);
        await PutAsync(shop, Day(1).AddMinutes(20));
        await PutAsync(shop, Day(1).AddMinutes(50));
        await PutAsync(shop, Day(1).AddMinutes(65));
        shop.StandStillUntil(1 + (1 / 24.0));
        using var measured = Measured.Begin();
        await TickAsync(shop);
        await TickAsync(shop);
        Assert.Equal([40 * 60, 0], measured.Of(Telemetry.OldestDue, "").Select(m => m.Value));
    }

    [Fact]
    public async Task Sends_AreCountedByWhereTheyEnd()
    {
        var shop = await OpenAsync(Once);
        using var measured = Measured.Begin();
        var answers = new Queue<SendAnswer>([new SendAnswer.Accepted(), new SendAnswer.Rejected("no such box")]);
        shop.Sender.Answer = _ => answers.Dequeue();
        await shop.Order("a", 0).Order("b", 0.5).RunAsync(63);
        Assert.Equal([(1, "accepted"), (1, "rejected")], measured.Of(Telemetry.Sends, "status"));
    }

    [Fact]
    public async Task Sends_WithoutAnAnswer_AreCountedOnlyOnceTheyAreGivenUp()
    {
        var shop = await OpenAsync(Once);
        using var measured = Measured.Begin();
        shop.Sender.Answer = _ => new SendAnswer.Unknown("timed out");
        await shop.Order("a", 0).RunAsync(60.9);
        Assert.Empty(measured.Of(Telemetry.Sends, "status"));
        await shop.RunAsync(61.1);
        Assert.Equal([(1, "unknown")], measured.Of(Telemetry.Sends, "status"));
    }

    private static Task TickAsync(TestShop shop) => shop.Engine.Timers.Single(t => t.Name == "RecomputeSegments").Handle(Cancellation);

    private static async Task PutAsync(TestShop shop, DateTimeOffset at)
    {
        var moment = new DueMoment(at, Queues.Customers, "evaluate", new Segue.Customers.WakeUp { CustomerId = "a", At = at, Why = "evaluate" });
        await shop.Rows.CommitAsync(
            Tables.Due, moment.PartitionAt(at), [RowChange.Upsert(moment.Key, moment.ToProperties())], Cancellation);
    }
}
