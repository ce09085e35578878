using Segue.Simulation;

namespace Segue.Tests.Simulation;

public sealed class VirtualTimeProviderTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly VirtualTimeProvider clock = new(Start);

    [Fact]
    public void GetUtcNow_StartInAnotherZone_IsTheSameMomentInUtc()
    {
        var there = new VirtualTimeProvider(new(2026, 3, 1, 14, 0, 0, TimeSpan.FromHours(2)));

        Assert.Equal(Start, there.GetUtcNow());
        Assert.Equal(TimeSpan.Zero, there.GetUtcNow().Offset);
        Assert.Equal(Start.DateTime, there.GetLocalNow().DateTime);
    }

    [Fact]
    public void AdvanceTo_Later_MovesClockAndElapsedTime()
    {
        var stamp = clock.GetTimestamp();

        clock.AdvanceTo(Start.AddMinutes(90));

        Assert.Equal(Start.AddMinutes(90), clock.GetUtcNow());
        Assert.Equal(TimeSpan.FromMinutes(90), clock.GetElapsedTime(stamp));
    }

    [Fact]
    public void AdvanceTo_Earlier_Throws()
    {
        clock.AdvanceTo(Start);

        Assert.Throws<ArgumentOutOfRangeException>(() => clock.AdvanceTo(Start.AddTicks(-1)));
    }

    [Fact]
    public void AdvanceTo_PastTimers_FiresEachAtItsOwnMomentInOrder()
    {
        var fired = new List<(string, DateTimeOffset)>();
        using var late = Timer("late", TimeSpan.FromSeconds(20));
        using var early = Timer("early", TimeSpan.FromSeconds(10));
        using var alsoEarly = Timer("also early", TimeSpan.FromSeconds(10));
        using var never = Timer("never", TimeSpan.FromSeconds(31));

        clock.AdvanceTo(Start.AddSeconds(30));

        Assert.Equal(
            [("early", Start.AddSeconds(10)), ("also early", Start.AddSeconds(10)), ("late", Start.AddSeconds(20))], fired);
        Assert.Equal(Start.AddSeconds(31), clock.NextTimer);

        ITimer Timer(string name, TimeSpan due) =>
            clock.CreateTimer(_ => fired.Add((name, clock.GetUtcNow())), null, due, Timeout.InfiniteTimeSpan);
    }

    [Fact]
    public void CreateTimer_WithPeriod_FiresUntilDisposed()
    {
        var fired = 0;
        var timer = clock.CreateTimer(_ => fired++, null, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10));

        clock.AdvanceTo(Start.AddSeconds(25));
        Assert.Equal(3, fired);

        timer.Dispose();
        clock.AdvanceTo(Start.AddSeconds(100));
        Assert.Equal(3, fired);
        Assert.False(timer.Change(TimeSpan.Zero, TimeSpan.Zero));
        Assert.Null(clock.NextTimer);
    }

    [Fact]
    public void Change_OfRunningTimer_MovesItsMoment()
    {
        var fired = new List<DateTimeOffset>();
        using var timer = clock.CreateTimer(
            _ => fired.Add(clock.GetUtcNow()), null, TimeSpan.FromSeconds(5), Timeout.InfiniteTimeSpan);

        timer.Change(TimeSpan.FromSeconds(50), Timeout.InfiniteTimeSpan);
        clock.AdvanceTo(Start.AddSeconds(60));

        Assert.Equal([Start.AddSeconds(50)], fired);
    }

    [Fact]
    public void Change_NegativeTime_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(
            () => clock.CreateTimer(_ => { }, null, TimeSpan.FromSeconds(-2), Timeout.InfiniteTimeSpan));

    [Fact]
    public async Task AdvanceTo_PastADelay_CompletesIt()
    {
        var delay = Task.Delay(TimeSpan.FromDays(20), clock, TestContext.Current.CancellationToken);

        clock.AdvanceTo(Start.AddDays(20).AddTicks(-1));
        Assert.False(delay.IsCompleted);

        clock.AdvanceTo(Start.AddDays(20));
        await delay;
        Assert.True(delay.IsCompletedSuccessfully);
    }

    [Fact]
    public void AdvanceTo_PastATimeout_CancelsItsToken()
    {
        using var source = new CancellationTokenSource(TimeSpan.FromSeconds(3), clock);

        clock.AdvanceTo(Start.AddSeconds(3));

        Assert.True(source.IsCancellationRequested);
    }

    [Fact]
    public void AdvanceTo_CallbackStartsAnotherTimer_FiresThatToo()
    {
        var fired = new List<DateTimeOffset>();
        Again();

        clock.AdvanceTo(Start.AddSeconds(3));

        Assert.Equal([Start, Start.AddSeconds(1), Start.AddSeconds(2), Start.AddSeconds(3)], fired);

        void Again()
        {
            fired.Add(clock.GetUtcNow());
            clock.CreateTimer(_ => Again(), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        }
    }

    [Fact]
    public void FireNext_NoRoomForTheWait_FiresWithoutPassingTheLimit()
    {
        var fired = new List<DateTimeOffset>();
        using var timer = clock.CreateTimer(
            _ => fired.Add(clock.GetUtcNow()), null, TimeSpan.FromSeconds(9), Timeout.InfiniteTimeSpan);

        Assert.True(clock.FireNext(Start.AddSeconds(4)));
        Assert.False(clock.FireNext(Start.AddSeconds(4)));

        Assert.Equal([Start.AddSeconds(4)], fired);
    }
}
