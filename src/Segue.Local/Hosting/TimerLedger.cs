using Segue.Ports;

namespace Segue.Local.Hosting;

/// <summary>Remembers when each timer last ran, so that a tick that nothing ran at is made up for once.</summary>
public interface ITimerLedger
{
    /// <summary>When the timer last ran, or null if it never did.</summary>
    Task<DateTimeOffset?> LastRunAsync(string timer, CancellationToken cancellation);

    /// <summary>Notes a run.</summary>
    Task RanAsync(string timer, DateTimeOffset at, CancellationToken cancellation);
}

/// <summary>Keeps the last runs in the Settings table.</summary>
public sealed class TimerLedger(ITableStore store) : ITimerLedger
{
    private const string Table = "Settings";
    private const string Partition = "timers";

    /// <inheritdoc/>
    public async Task<DateTimeOffset?> LastRunAsync(string timer, CancellationToken cancellation)
    {
        var row = await store.GetAsync(Table, Partition, timer, cancellation);
        return row?.Properties.GetValueOrDefault("ranAt") as DateTimeOffset?;
    }

    /// <inheritdoc/>
    public Task RanAsync(string timer, DateTimeOffset at, CancellationToken cancellation) => store.CommitAsync(
        Table, Partition, [RowChange.Upsert(timer, new Dictionary<string, object> { ["ranAt"] = at })], cancellation);
}
