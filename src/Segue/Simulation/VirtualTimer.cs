namespace Segue.Simulation;

/// <summary>A timer of <see cref="VirtualTimeProvider"/>.</summary>
internal sealed class VirtualTimer(VirtualTimeProvider clock, TimerCallback callback, object? state) : ITimer
{
    private readonly ExecutionContext? context = ExecutionContext.Capture();
    private bool disposed;

    /// <summary>Earliest first; among equals, who started first.</summary>
    public static IComparer<VirtualTimer> ByDue { get; } = Comparer<VirtualTimer>.Create(
        (one, other) => (one.Due, one.Sequence).CompareTo((other.Due, other.Sequence)));

    /// <summary>UTC ticks at which it fires; changed by the clock alone, and only while it does not wait.</summary>
    public long Due { get; set; }

    /// <summary>When it was started, among all of the clock's timers.</summary>
    public long Sequence { get; set; }

    /// <summary>Ticks between firings; zero for a single one.</summary>
    public long Period { get; private set; }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        Check(dueTime, nameof(dueTime));
        Check(period, nameof(period));
        if (disposed)
        {
            return false;
        }

        Period = Math.Max(0, period.Ticks);
        clock.Schedule(this, dueTime == Timeout.InfiniteTimeSpan ? null : dueTime.Ticks);
        return true;
    }

    public void Fire()
    {
        if (context is null)
        {
            callback(state);
        }
        else
        {
            ExecutionContext.Run(context, _ => callback(state), null);
        }
    }

    public void Dispose()
    {
        disposed = true;
        clock.Schedule(this, null);
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private static void Check(TimeSpan time, string name)
    {
        if (time < TimeSpan.Zero && time != Timeout.InfiniteTimeSpan)
        {
            throw new ArgumentOutOfRangeException(name, time, "A time must be zero or more, or infinite.");
        }
    }
}
