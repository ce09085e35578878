using Segue.Messaging;
using Segue.Ports;
using Segue.Storage;

namespace Segue.Customers;

/// <summary>
/// Brings a customer from one consistent state to the next: first the Due rows of every moment that must not be missed, then
/// the batch, then its effects.
/// </summary>
internal sealed class CustomerCommitter(ITableStore store, OutboxDispatcher dispatcher, TimeProvider clock)
{
    /// <summary>Writes what was changed, if anything was, and dispatches it.</summary>
    /// <exception cref="TableConflictException">Another handler was first, or a row that must be new is not.</exception>
    public async Task CommitAsync(CustomerWork work, CancellationToken cancellation)
    {
        if (!work.IsChanged)
        {
            return;
        }

        var now = clock.GetUtcNow();
        var (changes, outboxKey, outbox) = work.Close(now);
        await WriteDuesAsync(work, now, cancellation);
        await store.CommitAsync(Tables.Customers, CustomerRows.Partition(work.CustomerId), changes, cancellation);
        foreach (var status in work.Settled)
        {
            Telemetry.Settled(status);
        }

        if (outboxKey is not null)
        {
            await dispatcher.DispatchAsync(work.CustomerId, outboxKey, outbox, cancellation);
            var due = work.Dues[^1];
            await store.TryDeleteAsync(Tables.Due, due.PartitionAt(now), due.Key, cancellation: cancellation);
        }
    }

    private async Task WriteDuesAsync(CustomerWork work, DateTimeOffset now, CancellationToken cancellation)
    {
        foreach (var hour in work.Dues.GroupBy(d => d.PartitionAt(now)))
        {
            await store.UpsertAllAsync(Tables.Due, hour.Key, Rows(hour), cancellation);
        }

        foreach (var journey in work.HeldMoments.GroupBy(h => h.Journey, h => h.Moment))
        {
            await store.UpsertAllAsync(Tables.Due, PausedPartition(journey.Key), Rows(journey), cancellation);
        }
    }

    /// <summary>The partition of Due that keeps a paused journey's people.</summary>
    public static string PausedPartition(string journey) => $"paused-{journey}";

    private static IEnumerable<RowChange> Rows(IEnumerable<DueMoment> moments) =>
        moments.DistinctBy(m => m.Key).Select(m => RowChange.Upsert(m.Key, m.ToProperties()));
}
