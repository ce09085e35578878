using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Segue.Local.Hosting;
using Segue.Messaging;

namespace Segue.Tests.Local.Hosting;

public sealed class QueuePumpTests
{
    private readonly ManualClock _clock = new(new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly FakeReceiver _receiver;

    public QueuePumpTests() => _receiver = new(_clock);

    [Fact]
    public async Task Message_Handled_IsCompletedAfterTheHandler()
    {
        using var pump = Pump((body, _) =>
        {
            _receiver.Log.Enqueue($"handle {body}");
            return Task.CompletedTask;
        });
        await pump.StartAsync(TestContext.Current.CancellationToken);

        _receiver.Put("a");
        await Eventually.HoldsAsync(() => _receiver.Log.Count == 2);
        await pump.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["handle body of a", "complete a"], _receiver.Log);
        Assert.Empty(_clock.Waiting);
    }

    [Fact]
    public async Task Message_WithPermanentError_IsDeadLetteredWithItsReason()
    {
        using var pump = Pump((_, _) => throw new PermanentException("order 7 has no customer"));
        await pump.StartAsync(TestContext.Current.CancellationToken);

        _receiver.Put("a");
        await Eventually.HoldsAsync(() => !_receiver.Log.IsEmpty);
        await pump.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["dead-letter a: order 7 has no customer"], _receiver.Log);
    }

    [Theory]
    [InlineData(1, 0.5, 1)]
    [InlineData(4, 4, 8)]
    [InlineData(40, 150, 300)]
    public async Task Message_ThatFails_ComesBackLaterTheOftenerItFailed(int delivery, double least, double most)
    {
        using var pump = Pump((_, _) => throw new InvalidOperationException("a fault"));
        await pump.StartAsync(TestContext.Current.CancellationToken);

        _receiver.Put("a", delivery);
        await Eventually.HoldsAsync(() => !_receiver.Log.IsEmpty);
        await pump.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["abandon a"], _receiver.Log);
        Assert.InRange(_receiver.AbandonedFor!.Value.TotalSeconds, least, most);
        Assert.Equal(("a fault", false), (_receiver.Error, _receiver.Passing));
    }

    [Fact]
    public async Task Message_ThatFailsForWhatPasses_IsGivenBackAsSuch()
    {
        using var pump = Pump((_, _) => throw new Segue.Ports.PortUnavailableException("the disk is full"));
        await pump.StartAsync(TestContext.Current.CancellationToken);

        _receiver.Put("a", 10);
        await Eventually.HoldsAsync(() => !_receiver.Log.IsEmpty);
        await pump.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["abandon a"], _receiver.Log);
        Assert.Equal(("the disk is full", true), (_receiver.Error, _receiver.Passing));
    }

    [Fact]
    public async Task Lock_OfALongHandler_IsRenewedAtHalfItsTime()
    {
        var through = new TaskCompletionSource();
        using var pump = Pump((_, _) => through.Task);
        await pump.StartAsync(TestContext.Current.CancellationToken);

        _receiver.Put("a");
        for (var i = 1; i <= 3; i++)
        {
            await Eventually.HoldsAsync(() => _clock.Waiting.Count == 1);
            _clock.Advance(TimeSpan.FromSeconds(30));
            await Eventually.HoldsAsync(() => _receiver.Log.Count == i);
        }

        through.SetResult();
        await Eventually.HoldsAsync(() => _receiver.Log.Count == 4);
        await pump.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["renew a at 00:00:30", "renew a at 00:01:00", "renew a at 00:01:30", "complete a"], _receiver.Log);
    }

    [Fact]
    public async Task Handler_WhoseLockIsLost_IsStopped()
    {
        _receiver.LosesLocks = true;
        var stopped = new TaskCompletionSource();
        using var pump = Pump(async (_, cancellation) =>
        {
            await using var registration = cancellation.Register(stopped.SetResult);
            await Task.Delay(Timeout.Infinite, cancellation);
        });
        await pump.StartAsync(TestContext.Current.CancellationToken);

        _receiver.Put("a");
        await Eventually.HoldsAsync(() => _clock.Waiting.Count == 1);
        _clock.Advance(TimeSpan.FromSeconds(30));
        await stopped.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        await pump.StopAsync(TestContext.Current.CancellationToken);

        Assert.DoesNotContain("complete a", _receiver.Log);
    }

    [Fact]
    public async Task Handlers_AtATime_AreAsManyAsSet()
    {
        var gate = new SemaphoreSlim(0);
        var (now, most) = (0, 0);
        using var pump = Pump(async (_, cancellation) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref now));
            await gate.WaitAsync(cancellation);
            Interlocked.Decrement(ref now);
        }, new() { Concurrency = 3 });
        await pump.StartAsync(TestContext.Current.CancellationToken);

        for (var i = 0; i < 10; i++)
        {
            _receiver.Put($"m{i}");
        }

        await Eventually.HoldsAsync(() => Volatile.Read(ref now) == 3);
        gate.Release(10);
        await Eventually.HoldsAsync(() => _receiver.Log.Count == 10);
        await pump.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(3, most);
    }

    [Fact]
    public async Task Stop_WithAMessageUnderWay_WaitsForItAndTakesNoOther()
    {
        var through = new TaskCompletionSource();
        var handled = new ConcurrentQueue<string>();
        using var pump = Pump((body, _) =>
        {
            handled.Enqueue(body);
            return through.Task;
        }, new() { Concurrency = 1 });
        await pump.StartAsync(TestContext.Current.CancellationToken);
        _receiver.Put("a");
        _receiver.Put("b");
        await Eventually.HoldsAsync(() => !handled.IsEmpty);

        var stopping = pump.StopAsync(TestContext.Current.CancellationToken);
        Assert.False(stopping.IsCompleted);
        through.SetResult();
        await stopping;

        Assert.Equal(["body of a"], handled);
        Assert.Equal(["complete a"], _receiver.Log);
    }

    [Fact]
    public async Task Stop_WithAHandlerThatDoesNotEnd_GivesItUpAfterTheDrainTime()
    {
        var cancelled = new TaskCompletionSource();
        using var pump = Pump(async (_, cancellation) =>
        {
            await using var registration = cancellation.Register(cancelled.SetResult);
            await Task.Delay(Timeout.Infinite, cancellation);
        });
        await pump.StartAsync(TestContext.Current.CancellationToken);
        _receiver.Put("a");
        await Eventually.HoldsAsync(() => _clock.Waiting.Count == 1);

        var stopping = pump.StopAsync(TestContext.Current.CancellationToken);
        await Eventually.HoldsAsync(() => _clock.Waiting.Count == 2);
        _clock.Advance(TimeSpan.FromSeconds(29));
        Assert.False(stopping.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await stopping.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        Assert.DoesNotContain(_receiver.Log, l => l.StartsWith("complete", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Bus_ThatFails_IsAskedAgainAfterAWhile()
    {
        _receiver.ReceiveFaults.Enqueue(new IOException("locked"));
        using var pump = Pump((_, _) => Task.CompletedTask);
        await pump.StartAsync(TestContext.Current.CancellationToken);
        _receiver.Put("a");
        await Eventually.HoldsAsync(() => _clock.Waiting.Count == 1);
        Assert.Empty(_receiver.Log);

        _clock.Advance(TimeSpan.FromSeconds(2));
        await Eventually.HoldsAsync(() => !_receiver.Log.IsEmpty);
        await pump.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["complete a"], _receiver.Log);
    }

    [Fact]
    public async Task Handler_WithAListener_IsTraced()
    {
        var ended = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Segue",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = ended.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        using var pump = Pump((_, _) => Task.CompletedTask);
        await pump.StartAsync(TestContext.Current.CancellationToken);

        _receiver.Put("traced", number: 4711);
        await Eventually.HoldsAsync(() => ended.Any(a => Equals(a.GetTagItem("segue.message.number"), 4711L)));
        await pump.StopAsync(TestContext.Current.CancellationToken);

        var activity = ended.Single(a => Equals(a.GetTagItem("segue.message.number"), 4711L));
        Assert.Equal("process customers", activity.OperationName);
        Assert.Equal("done", activity.GetTagItem("segue.outcome"));
    }

    private QueuePump Pump(MessageHandler handle, QueuePumpOptions? options = null) => new(
        new("HandleCustomer", Queues.Customers, handle), _receiver, options ?? new(), _clock, NullLogger<QueuePump>.Instance);
}
