using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using NCrontab;
using Segue.Local.Hosting;

namespace Segue.Tests.Local.Hosting;

public sealed class TimerPumpTests
{
    private const string EveryQuarter = "0 */15 * * * *";
    private readonly ManualClock _clock = new(new(2026, 3, 1, 10, 7, 0, TimeSpan.Zero));
    private readonly FakeLedger _ledger = new();
    private readonly ConcurrentQueue<string> _runs = new();

    [Fact]
    public async Task Timer_RunsAtItsMoments()
    {
        using var pump = Pump(Note);
        await pump.StartAsync(TestContext.Current.CancellationToken);

        await ToNextTickAsync();
        await Eventually.HoldsAsync(() => _runs.Count == 1 && _clock.Waiting.Count == 1);
        await ToNextTickAsync();
        await Eventually.HoldsAsync(() => _runs.Count == 2);
        await pump.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["10:15:00", "10:30:00"], _runs);
        Assert.Equal(new(2026, 3, 1, 10, 30, 0, TimeSpan.Zero), _ledger.Ran["Recompute"]);
    }

    [Fact]
    public async Task Timer_WhoseTickWasMissed_RunsOnceAtTheStart()
    {
        _ledger.Ran["Recompute"] = _clock.GetUtcNow().AddHours(-5);
        using var pump = Pump(Note);
        await pump.StartAsync(TestContext.Current.CancellationToken);
        await Eventually.HoldsAsync(() => _clock.Waiting.Count == 1);
        await pump.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["10:07:00"], _runs);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(6)]
    public async Task Timer_WithNoTickMissed_WaitsForTheNext(int? minutesAgo)
    {
        if (minutesAgo is { } minutes)
        {
            _ledger.Ran["Recompute"] = _clock.GetUtcNow().AddMinutes(-minutes);
        }

        using var pump = Pump(Note);
        await pump.StartAsync(TestContext.Current.CancellationToken);
        await Eventually.HoldsAsync(() => _clock.Waiting.Count == 1);
        await pump.StopAsync(TestContext.Current.CancellationToken);

        Assert.Empty(_runs);
    }

    [Fact]
    public async Task Timer_StillRunningAtItsNextTick_LeavesThatTickOut()
    {
        var through = new TaskCompletionSource();
        using var pump = Pump(async _ =>
        {
            _runs.Enqueue(Now);
            await through.Task;
        });
        await pump.StartAsync(TestContext.Current.CancellationToken);
        await ToNextTickAsync();
        await Eventually.HoldsAsync(() => _runs.Count == 1);

        _clock.Advance(TimeSpan.FromMinutes(40));
        Assert.Single(_runs);
        through.SetResult();
        await ToNextTickAsync();
        await Eventually.HoldsAsync(() => _runs.Count == 2);
        await pump.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["10:15:00", "11:00:00"], _runs);
    }

    [Fact]
    public async Task Timer_ThatFails_IsTriedAtTheNextTickAndNotNoted()
    {
        using var pump = Pump(_ =>
        {
            _runs.Enqueue(Now);
            return _runs.Count == 1 ? throw new InvalidOperationException("a fault") : Task.CompletedTask;
        });
        await pump.StartAsync(TestContext.Current.CancellationToken);

        await ToNextTickAsync();
        await Eventually.HoldsAsync(() => _runs.Count == 1 && _clock.Waiting.Count == 1);
        Assert.Empty(_ledger.Ran);
        await ToNextTickAsync();
        await Eventually.HoldsAsync(() => !_ledger.Ran.IsEmpty);
        await pump.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["10:15:00", "10:30:00"], _runs);
    }

    [Fact]
    public async Task Timer_ClockIsPutBack_TicksAtTheMomentsOfTheClockAsItIs()
    {
        using var pump = Pump(Note);
        await pump.StartAsync(TestContext.Current.CancellationToken);
        await ToNextTickAsync();
        await Eventually.HoldsAsync(() => _runs.Count == 1 && _clock.Waiting.Count == 1);

        // From 10:15 to 7:20: the wait that was begun ends at 7:35, and the tick after it is 7:45, not 10:30.
        _clock.Set(TimeSpan.FromMinutes(-175));
        await ToNextTickAsync();
        await Eventually.HoldsAsync(() => _clock.Waiting.Count == 1 && _clock.Waiting[0] > _clock.GetUtcNow());
        await ToNextTickAsync();
        await Eventually.HoldsAsync(() => _runs.Count == 2);
        await pump.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["10:15:00", "07:45:00"], _runs);
    }

    [Fact]
    public async Task Timer_ClockIsPutForward_RunsOnceForAllTheTicksThatItPassedOver()
    {
        using var pump = Pump(Note);
        await pump.StartAsync(TestContext.Current.CancellationToken);
        await Eventually.HoldsAsync(() => _clock.Waiting.Count == 1);

        // From 10:07 to 16:07: the wait that was begun ends eight minutes later.
        _clock.Set(TimeSpan.FromHours(6));
        await ToNextTickAsync();
        await Eventually.HoldsAsync(() => _runs.Count == 1 && _clock.Waiting.Count == 1);
        await ToNextTickAsync();
        await Eventually.HoldsAsync(() => _runs.Count == 2);
        await pump.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["16:15:00", "16:30:00"], _runs);
    }

    [Fact]
    public async Task Timer_OfADay_NoticesWithinTheHourThatTheClockWasSet()
    {
        using var pump = Pump(Note, "0 0 9 * * *");
        await pump.StartAsync(TestContext.Current.CancellationToken);
        await Eventually.HoldsAsync(() => _clock.Waiting.Count == 1);

        _clock.Set(TimeSpan.FromHours(22));
        await ToNextTickAsync();
        await Eventually.HoldsAsync(() => _runs.Count == 1);
        await pump.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["09:07:00"], _runs);
    }

    [Fact]
    public void Next_AcrossAClockChange_IsUtc()
    {
        using var pump = Pump(Note, "0 0 3 * * *");

        Assert.Equal(new(2026, 3, 29, 3, 0, 0, TimeSpan.Zero), pump.Next(new(2026, 3, 29, 0, 30, 0, TimeSpan.FromHours(1))));
    }

    [Fact]
    public void Schedule_WithFiveFields_IsRefused() => Assert.Throws<CrontabException>(() => Pump(Note, "*/15 * * * *"));

    private string Now => _clock.GetUtcNow().ToString("HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);

    private Task Note(CancellationToken cancellation)
    {
        _runs.Enqueue(Now);
        return Task.CompletedTask;
    }

    private async Task ToNextTickAsync()
    {
        await Eventually.HoldsAsync(() => _clock.Waiting.Count == 1);
        _clock.Advance(_clock.Waiting[0] - _clock.GetUtcNow());
    }

    private TimerPump Pump(Func<CancellationToken, Task> handle, string schedule = EveryQuarter) => new(
        new("Recompute", schedule, handle), _ledger, _clock, NullLogger<TimerPump>.Instance);

    private sealed class FakeLedger : ITimerLedger
    {
        public ConcurrentDictionary<string, DateTimeOffset> Ran { get; } = new();

        public Task<DateTimeOffset?> LastRunAsync(string timer, CancellationToken cancellation) =>
            Task.FromResult<DateTimeOffset?>(Ran.TryGetValue(timer, out var at) ? at : null);

        public Task RanAsync(string timer, DateTimeOffset at, CancellationToken cancellation)
        {
            Ran[timer] = at;
            return Task.CompletedTask;
        }
    }
}
