using Segue.Ports;
using Segue.Storage;

namespace Segue.Messaging;

/// <summary>Clears a day's memory once, some time after the day: whoever notes something in a new partition takes the old one away.</summary>
internal sealed class DayClearing(ITableStore store)
{
    private string? _last;

    /// <summary>Clears old partitions of Settings, where this is the first that this process notes in a new one.</summary>
    public async Task AfterAsync(string partition, IEnumerable<string> old, CancellationToken cancellation)
    {
        if (Interlocked.Exchange(ref _last, partition) == partition)
        {
            return;
        }

        foreach (var day in old)
        {
            await ClearAsync(day, cancellation);
        }
    }

    private async Task ClearAsync(string old, CancellationToken cancellation)
    {
        while (await store.ReadAsync(Tables.Settings, old, KeyRange.All, null, TableLimits.BatchChanges, cancellation) is { Rows: { Count: > 0 } rows })
        {
            try
            {
                await store.CommitAsync(Tables.Settings, old, [.. rows.Select(r => RowChange.Delete(r.Key))], cancellation);
            }
            catch (TableConflictException)
            {
                // Another process clears the same day.
                return;
            }
        }
    }
}
