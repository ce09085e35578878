using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Segue.Functions.Hosting;
using Segue.Functions.Tests.Support;
using Segue.Messaging;
using Segue.Ports;
using Segue.Storage;
using Segue.Tests.Ports;
using Segue.Tests.Support;

namespace Segue.Functions.Tests.Triggers;

/// <summary>Timers: on time, late, failing, and held by another instance.</summary>
public sealed class TimerTriggerTests : IAsyncLifetime
{
    private readonly ManualTime _clock = new();
    private FunctionsShop _shop = null!;

    public static TheoryData<string> Timers { get; } = [.. Support.Triggers.All.Where(t => t.Timer is not null).Select(t => t.Name)];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Timers))]
    public async Task Timer_Tick_RunsAndIsRemembered(string timer)
    {
        await TickAsync(timer);

        var row = await RowAsync(timer);
        Assert.Equal(_clock.GetUtcNow(), row["ranAt"]);
        Assert.False(row.ContainsKey("leaseUntil"));
    }

    [Fact]
    public async Task RecomputeSegments_PastDueTick_SendsWhatFellDueMeanwhile()
    {
        await TickAsync("RecomputeSegments");
        var due = _clock.GetUtcNow().AddHours(5);
        await DueAsync(due);
        _clock.Advance(TimeSpan.FromHours(30));

        await TickAsync("RecomputeSegments", isPastDue: true);

        Assert.Equal("due", Assert.Single(_shop.Bus.Take(Queues.Customers, 10)).Body.ToString());
        await TickAsync("RecomputeSegments");
        Assert.Empty(_shop.Bus.Take(Queues.Customers, 10));
    }

    [Fact]
    public async Task Timer_FailingTick_IsNotedAndThrownAndTheNextOneMakesUpForIt()
    {
        await TickAsync("RecomputeSegments");
        await DueAsync(_clock.GetUtcNow().AddMinutes(20));
        _clock.Advance(TimeSpan.FromMinutes(30));
        _shop.Bus.Fault = new Azure.Messaging.ServiceBus.ServiceBusException("away", Azure.Messaging.ServiceBus.ServiceBusFailureReason.ServiceBusy);

        using var measured = Measured.Begin();
        await Assert.ThrowsAsync<PortUnavailableException>(() => TickAsync("RecomputeSegments"));

        // What the alert "failed-ticks" of infra looks for.
        Assert.Equal([(1, "failed")], measured.Of(Telemetry.TimerTicks, "outcome"));
        var row = await RowAsync("RecomputeSegments");
        Assert.Equal(("PortUnavailableException", 1, _clock.GetUtcNow()), ((string)row["error"], (int)row["failures"], (DateTimeOffset)row["failedAt"]));
        await TickAsync("RecomputeSegments");
        Assert.Single(_shop.Bus.Take(Queues.Customers, 10));
        Assert.Equal(0, (await RowAsync("RecomputeSegments"))["failures"]);
    }

    [Fact]
    public async Task Timer_TablesAwayAtTheFirstUse_IsThrownForTheHostToTryAgain()
    {
        await using var shop = await FunctionsShop.StartAsync(_clock);
        shop.Store.IsAway = _ => true;
        await Assert.ThrowsAsync<PortUnavailableException>(() => shop.RunAsync("RecomputeSegments", new TimerInfo()));
        shop.Store.IsAway = _ => false;
        await shop.RunAsync("RecomputeSegments", new TimerInfo());
        Assert.NotNull(await shop.Store.GetAsync(Storage.Tables.Settings, "timers", "RecomputeSegments", Cancellation));
    }

    [Fact]
    public async Task Timer_TablesAwayInTheMiddle_IsThrownAlthoughNobodyCanNoteIt()
    {
        await TickAsync("RecomputeSegments");
        _clock.Advance(TimeSpan.FromMinutes(15));
        var calls = _shop.Store.Calls;
        _shop.Store.IsAway = call => call > calls + 10;
        await Assert.ThrowsAsync<PortUnavailableException>(() => TickAsync("RecomputeSegments"));
        _shop.Store.IsAway = _ => false;

        // The lease of the tick that could not give it back runs out by itself.
        _clock.Advance(TimeSpan.FromMinutes(15));
        await TickAsync("RecomputeSegments");
        Assert.Equal(_clock.GetUtcNow(), (await RowAsync("RecomputeSegments"))["ranAt"]);
    }

    [Fact]
    public void Timers_OfQuartersOfAnHour_AreTriedAgainByTheHostBeforeTheNextTick() => Assert.All(
        Support.Triggers.All.Where(t => t.Timer is not null),
        t =>
        {
            var retry = t.Method.GetCustomAttributes(typeof(FixedDelayRetryAttribute), false).Cast<FixedDelayRetryAttribute>().Single();
            Assert.InRange(retry.MaxRetryCount, 1, 10);
            Assert.InRange(TimeSpan.Parse(retry.DelayInterval, null) * retry.MaxRetryCount, TimeSpan.FromSeconds(30), Ticks.Period);
        });

    [Fact]
    public async Task Timer_HeldByAnotherInstance_IsLeftToIt()
    {
        var lease = await TimerLease.TryTakeAsync(_shop.Store, "RecomputeSegments", _clock.GetUtcNow(), Cancellation);
        await TickAsync("RecomputeSegments");
        Assert.False((await RowAsync("RecomputeSegments")).ContainsKey("ranAt"));

        await lease!.DoneAsync(_clock.GetUtcNow(), Cancellation);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await TickAsync("RecomputeSegments");
        Assert.Equal(_clock.GetUtcNow(), (await RowAsync("RecomputeSegments"))["ranAt"]);
    }

    [Fact]
    public async Task Timer_InstanceThatDiedWithTheLease_HoldsItTenMinutes()
    {
        await TimerLease.TryTakeAsync(_shop.Store, "RecomputeSegments", _clock.GetUtcNow(), Cancellation);
        _clock.Advance(TimeSpan.FromMinutes(10));
        await TickAsync("RecomputeSegments");
        Assert.Equal(_clock.GetUtcNow(), (await RowAsync("RecomputeSegments"))["ranAt"]);
    }

    [Fact]
    public async Task Lease_TakenByManyAtOnce_IsOnesAlone()
    {
        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
            () => TimerLease.TryTakeAsync(_shop.Store, "Calibrate", _clock.GetUtcNow(), Cancellation))));
        Assert.Single(taken, lease => lease is not null);
    }

    [Fact]
    public async Task Lease_OutlastedByItsRun_LeavesTheNextHoldersWord()
    {
        var slow = await TimerLease.TryTakeAsync(_shop.Store, "Calibrate", _clock.GetUtcNow(), Cancellation);
        var next = await TimerLease.TryTakeAsync(_shop.Store, "Calibrate", _clock.GetUtcNow().AddMinutes(11), Cancellation);
        await next!.DoneAsync(_clock.GetUtcNow().AddMinutes(12), Cancellation);
        await slow!.DoneAsync(_clock.GetUtcNow(), Cancellation);
        Assert.Equal(_clock.GetUtcNow().AddMinutes(12), (await RowAsync("Calibrate"))["ranAt"]);
    }

    public async ValueTask InitializeAsync() => _shop = await FunctionsShop.StartAsync(_clock);

    public async ValueTask DisposeAsync() => await _shop.DisposeAsync();

    private Task TickAsync(string timer, bool isPastDue = false) => _shop.RunAsync(timer, new TimerInfo { IsPastDue = isPastDue });

    private Task<IReadOnlyList<string?>> DueAsync(DateTimeOffset at) => _shop.Store.CommitAsync(
        Storage.Tables.Due,
        DueMoment.Partition(DueMoment.HourOf(at), 3),
        [RowChange.Insert("who", new Dictionary<string, object> { ["at"] = at, ["queue"] = Queues.Customers, ["message"] = "due" })],
        Cancellation);

    private async Task<IReadOnlyDictionary<string, object>> RowAsync(string timer) =>
        (await _shop.Store.GetAsync(Storage.Tables.Settings, "timers", timer, Cancellation))!.Properties;
}
