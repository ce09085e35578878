namespace Segue.Simulation;

/// <summary>
/// A clock that stands still until it is moved, and only ever moves forward. Timers made on it, and so
/// <c>Task.Delay(delay, clock)</c>, fire when it is moved to or past their moment, in order, each at its own moment.
/// </summary>
public sealed class VirtualTimeProvider : TimeProvider
{
    private readonly Lock gate = new();
    private readonly SortedSet<VirtualTimer> waiting = new(VirtualTimer.ByDue);
    private TaskCompletionSource? timerStarted;
    private long now;
    private long sequence;

    /// <summary>A clock that shows <paramref name="start"/>.</summary>
    public VirtualTimeProvider(DateTimeOffset start) => now = start.UtcTicks;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>The moment at which the next timer fires, or null when none runs.</summary>
    public DateTimeOffset? NextTimer
    {
        get
        {
            lock (gate)
            {
                return waiting.Min is { } first ? new(first.Due, TimeSpan.Zero) : null;
            }
        }
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => new(Volatile.Read(ref now), TimeSpan.Zero);

    /// <inheritdoc/>
    public override long GetTimestamp() => Volatile.Read(ref now);

    /// <summary>Moves the clock to <paramref name="moment"/>, firing on the way what falls due.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The clock is past that moment already.</exception>
    public void AdvanceTo(DateTimeOffset moment)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(moment, GetUtcNow());
        while (NextTimer <= moment)
        {
            FireNext(moment);
        }

        MoveTo(moment.UtcTicks);
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>
    /// Moves the clock to the next timer, but not beyond <paramref name="latest"/>, and fires that timer even if its
    /// moment lies later: how a simulation ends a wait for which there is no room.
    /// </summary>
    /// <returns>False when no timer runs.</returns>
    internal bool FireNext(DateTimeOffset latest)
    {
        VirtualTimer? first;
        lock (gate)
        {
            first = waiting.Min;
            if (first is null)
            {
                return false;
            }

            waiting.Remove(first);
            MoveTo(Math.Min(first.Due, latest.UtcTicks));
            if (first.Period > 0)
            {
                Start(first, first.Period);
            }
        }

        first.Fire();
        return true;
    }

    /// <summary>Completes when somebody starts a timer, or at once if one runs.</summary>
    internal Task TimerStartedAsync()
    {
        lock (gate)
        {
            return waiting.Count > 0
                ? Task.CompletedTask
                : (timerStarted ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    /// <summary>Starts the timer anew, or only stops it when <paramref name="dueTicks"/> is null.</summary>
    internal void Schedule(VirtualTimer timer, long? dueTicks)
    {
        lock (gate)
        {
            waiting.Remove(timer);
            if (dueTicks is { } ticks)
            {
                Start(timer, ticks);
            }
        }
    }

    private void Start(VirtualTimer timer, long ticks)
    {
        timer.Due = Math.Min(now, DateTimeOffset.MaxValue.UtcTicks - ticks) + ticks;
        timer.Sequence = ++sequence;
        waiting.Add(timer);
        timerStarted?.TrySetResult();
        timerStarted = null;
    }

    private void MoveTo(long ticks) => Volatile.Write(ref now, Math.Max(now, ticks));
}
