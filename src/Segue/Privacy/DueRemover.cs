using Segue.Campaigns;
using Segue.Customers;
using Segue.Events;
using Segue.Messaging;
using Segue.Ports;
using Segue.Segmentation;
using Segue.Storage;

namespace Segue.Privacy;

/// <summary>
/// Takes away a customer's moments. Nothing in their own rows says where all of them stand (one that a failed batch wrote, one that a
/// later evaluation replaced), so every hour in which there can be one is looked into.
/// </summary>
internal sealed class DueRemover(ITableStore store, ICampaigns campaigns, TimeProvider clock)
{
    /// <summary>How far ahead moments may lie of customers of whom the furthest was not kept.</summary>
    public static readonly TimeSpan FarAhead = TimeSpan.FromDays(400);

    /// <summary>What an erasure's own moments are called; they go by being due.</summary>
    public const string Erase = "erase", Sweep = "sweep-erased";

    /// <summary>Takes them away; false where it was told to stop.</summary>
    /// <param name="customerId">The customer, who is erased: otherwise a moment that is needed could go.</param>
    /// <param name="erasure">The erasure.</param>
    /// <param name="mayGo">Whether to go on, asked once rows are read.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<bool> RemoveAsync(string customerId, Erasure erasure, Func<Task<bool>> mayGo, CancellationToken cancellation)
    {
        var key = Keys.Escape(customerId) + Keys.Separator;
        var state = await campaigns.CurrentAsync(cancellation);
        foreach (var journey in state.Set.Journeys.Keys.Union(erasure.Journeys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            if (!await RemoveAsync(CustomerCommitter.PausedPartition(journey), key, mayGo, cancellation))
            {
                return false;
            }
        }

        return await RemoveAsync(customerId, erasure.DueUntil, DateTimeOffset.MaxValue, mayGo, cancellation);
    }

    /// <summary>Takes away the moment at which a visitor would be forgotten, who is gone; not that of one who comes from now on.</summary>
    public Task RemoveVisitorAsync(string visitor, CancellationToken cancellation)
    {
        var until = clock.GetUtcNow() + Visitors.KeptFor;
        return RemoveAsync(visitor, until, until.AddMinutes(-1), () => Task.FromResult(true), cancellation);
    }

    private async Task<bool> RemoveAsync(string id, DateTimeOffset until, DateTimeOffset before, Func<Task<bool>> mayGo, CancellationToken cancellation)
    {
        // Hours that no tick has closed, and two before them, which the next would look into again.
        var now = clock.GetUtcNow();
        var first = await RecomputeSegments.LastTickAsync(store, cancellation) is { } last && last < now ? last : now;
        var (key, shard) = (Keys.Escape(id) + Keys.Separator, Shards.Of(id));
        for (var hour = first.AddHours(-3); hour <= until.AddHours(1); hour = hour.AddHours(1))
        {
            if (!await RemoveAsync(DueMoment.Partition(hour, shard), key, mayGo, cancellation, before))
            {
                return false;
            }
        }

        return true;
    }

    private async Task<bool> RemoveAsync(
        string partition, string key, Func<Task<bool>> mayGo, CancellationToken cancellation, DateTimeOffset? before = null)
    {
        var rows = new List<Row>();
        await foreach (var row in store.ReadAllAsync(Tables.Due, partition, KeyRange.Prefix(key), cancellation))
        {
            if (!((DateTimeOffset)row.Properties["at"] >= before) && !row.Key.StartsWith($"{key}{Erase}~", StringComparison.Ordinal) && !row.Key.StartsWith($"{key}{Sweep}~", StringComparison.Ordinal))
            {
                rows.Add(row);
            }
        }

        if (rows.Count > 0 && !await mayGo())
        {
            return false;
        }

        await store.TryDeleteAllAsync(Tables.Due, partition, rows, cancellation);

        return true;
    }
}
