using Segue.Messaging;
using Segue.Simulation;

namespace Segue.Tests.Simulation;

/// <summary>One process that runs handlers, with its own clock and its own memory.</summary>
internal sealed class Worker(
    int number,
    WorkerClock clock,
    Func<TimeProvider, (IReadOnlyList<QueueTrigger> Queues, IReadOnlyList<TimerTrigger> Timers)> start)
{
    private Dictionary<string, MessageHandler>? queues;
    private Dictionary<string, TimerTrigger> timers = [];

    public string Name { get; } = $"worker {number}";

    public WorkerClock Clock => clock;

    /// <summary>The process is gone; the next message starts another one.</summary>
    public void Crash() => queues = null;

    public Task Handle(Work work)
    {
        if (queues is null)
        {
            var (queueTriggers, timerTriggers) = start(clock);
            queues = queueTriggers.ToDictionary(trigger => trigger.Queue, trigger => trigger.Handle);
            timers = timerTriggers.ToDictionary(trigger => trigger.Name);
        }

        if (work.Timer is { } timer)
        {
            return timers[timer.Name].Handle(CancellationToken.None);
        }

        return queues.TryGetValue(work.Queue, out var handle)
            ? handle(work.Message.Body, CancellationToken.None)
            : throw new InvalidOperationException($"{work.Name} waits in a queue that no function takes.");
    }
}

/// <summary>
/// A clock that is wrong by <paramref name="skew"/>, though never so far ahead that it shows the next instant of history:
/// who acts too early by a wrong clock may still not act on a state that the next fact would have prevented.
/// </summary>
internal sealed class WorkerClock(VirtualTimeProvider clock, TimeSpan skew, Func<DateTimeOffset> last) : TimeProvider
{
    public TimeSpan Skew => skew;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => clock.TimestampFrequency;

    public override DateTimeOffset GetUtcNow()
    {
        var shown = clock.GetUtcNow() + skew;
        return shown > last() ? last() : shown;
    }

    public override long GetTimestamp() => clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        clock.CreateTimer(callback, state, dueTime, period);
}
