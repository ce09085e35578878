namespace Segue.Tests.Local;

/// <summary>A clock that moves only when told, and says how many timers wait on it.</summary>
internal sealed class ManualClock(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _timers = [];
    private DateTimeOffset _now = start;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>When the timers that wait are due, soonest first.</summary>
    public IReadOnlyList<DateTimeOffset> Waiting
    {
        get
        {
            lock (_lock)
            {
                return [.. _timers.Select(t => t.DueAt).OfType<DateTimeOffset>().Order()];
            }
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves on, and fires what becomes due, in order.</summary>
    public void Advance(TimeSpan by)
    {
        var until = GetUtcNow() + by;
        while (TakeDue(until) is { } timer)
        {
            timer.Fire();
        }

        lock (_lock)
        {
            _now = until;
        }
    }

    /// <summary>Somebody sets the clock; who waits goes on waiting for as long as before.</summary>
    public void Set(TimeSpan by)
    {
        lock (_lock)
        {
            _now += by;
            foreach (var timer in _timers)
            {
                timer.DueAt += by;
            }
        }
    }

    private ManualTimer? TakeDue(DateTimeOffset until)
    {
        lock (_lock)
        {
            var next = _timers.Where(t => t.DueAt <= until).MinBy(t => t.DueAt);
            if (next is { DueAt: { } due })
            {
                _now = due > _now ? due : _now;
                next.DueAt = null;
            }

            return next;
        }
    }

    private sealed class ManualTimer(ManualClock clock, Action fire) : ITimer
    {
        public DateTimeOffset? DueAt { get; set; }

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._lock)
            {
                clock._timers.Remove(this);
                DueAt = dueTime == Timeout.InfiniteTimeSpan ? null : clock._now + dueTime;
                clock._timers.Add(this);
            }

            return true;
        }

        public void Dispose()
        {
            lock (clock._lock)
            {
                clock._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
