using System.Text.Json.Serialization.Metadata;
using Segue.Ports;
using Segue.Storage;

namespace Segue.Segmentation;

/// <summary>What shards found on their own, kept in a partition of Settings until all are there.</summary>
internal sealed class ShardParts<T>(ITableStore store, string partition, JsonTypeInfo<T> type)
{
    /// <summary>Keeps one shard's part; the same again changes nothing.</summary>
    public Task PutAsync(int shard, T part, CancellationToken cancellation) =>
        store.CommitAsync(Tables.Settings, partition, [RowChange.Upsert(Shards.Text(shard), RowJson.Pack(part, type))], cancellation);

    /// <summary>The parts in order of shards; null until all are there.</summary>
    public async Task<IReadOnlyList<T>?> AllAsync(CancellationToken cancellation)
    {
        var rows = new List<Row>();
        await foreach (var row in store.ReadAllAsync(Tables.Settings, partition, KeyRange.All, cancellation))
        {
            rows.Add(row);
        }

        // Every shard asks, and all but the last in vain: a part is read only when all are there.
        return rows.Count < Shards.Count ? null : [.. rows.Select(row => RowJson.Unpack(row, type))];
    }

    /// <summary>Forgets the parts, once what they made is kept.</summary>
    public async Task DropAsync(CancellationToken cancellation)
    {
        for (var shard = 0; shard < Shards.Count; shard++)
        {
            await store.TryDeleteAsync(Tables.Settings, partition, Shards.Text(shard), cancellation: cancellation);
        }
    }
}
