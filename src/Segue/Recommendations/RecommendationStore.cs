using System.Globalization;
using Segue.Ports;
using Segue.Storage;

namespace Segue.Recommendations;

/// <summary>
/// Where recommendation models are kept: a model's products are spread over rows of its own partition, and row
/// <c>0-current</c> names the one in force. Parts of one that is being made stand in a partition beside.
/// </summary>
internal sealed class RecommendationStore(ITableStore store)
{
    private const string Pointer = "0-current";
    private const string Head = "0-head";
    private const int ProductsARow = 200;
    private const int PartProducts = 1000;
    private const int PartPairs = 4000;

    /// <summary>Id of the model in force; null before the first.</summary>
    public async Task<string?> CurrentIdAsync(CancellationToken cancellation) =>
        (await store.GetAsync(Tables.Recommendations, Pointer, Pointer, cancellation))?.Properties["id"] as string;

    /// <summary>A model.</summary>
    public async Task<RecommendationModel> ReadAsync(string id, CancellationToken cancellation)
    {
        var model = RecommendationModel.Empty;
        var products = new Dictionary<string, KnownProduct>(StringComparer.Ordinal);
        await foreach (var row in store.ReadAllAsync(Tables.Recommendations, PartitionOf(id), KeyRange.All, cancellation))
        {
            var part = RowJson.Unpack(row, SegueJson.Default.RecommendationModel);
            model = row.Key == Head ? part : model;
            foreach (var (product, known) in part.Products)
            {
                products[product] = known;
            }
        }

        return model with { Products = products };
    }

    /// <summary>Puts a model in force, and forgets the one before.</summary>
    public async Task PublishAsync(string id, RecommendationModel model, CancellationToken cancellation)
    {
        var before = await CurrentIdAsync(cancellation);
        var rows = model.Products.Chunk(ProductsARow).Select((products, i) => RowChange.Upsert(
            i.ToString("D5", CultureInfo.InvariantCulture),
            RowJson.Pack(RecommendationModel.Empty with { Products = products.ToDictionary() }, SegueJson.Default.RecommendationModel)));
        foreach (var row in rows.Prepend(RowChange.Upsert(
            Head, RowJson.Pack(model with { Products = new Dictionary<string, KnownProduct>() }, SegueJson.Default.RecommendationModel))))
        {
            // One by one: together they may be over the limit of a batch.
            await store.CommitAsync(Tables.Recommendations, PartitionOf(id), [row], cancellation);
        }

        await store.CommitAsync(Tables.Recommendations, Pointer, [RowChange.Upsert(Pointer, new Dictionary<string, object> { ["id"] = id })], cancellation);
        if (before is not null && before != id)
        {
            await DropAsync(PartitionOf(before), cancellation);
        }
    }

    /// <summary>Keeps one shard's part of a model that is being made.</summary>
    public async Task PutPartAsync(string id, int shard, BasketCounts counts, CancellationToken cancellation)
    {
        counts.Prune();
        var pieces = counts.Products.Chunk(PartProducts).Select(p => new BasketCounts { Products = p.ToDictionary() })
            .Concat(counts.Pairs.Chunk(PartPairs).Select(p => new BasketCounts { Pairs = p.ToDictionary() }));
        var n = 0;
        foreach (var piece in pieces)
        {
            var key = string.Create(CultureInfo.InvariantCulture, $"{Shards.Text(shard)}-{n++:D4}");
            await store.CommitAsync(Tables.Recommendations, PartsOf(id), [RowChange.Upsert(key, RowJson.Pack(piece, SegueJson.Default.BasketCounts))], cancellation);
        }

        // Last: a shard is done when this row says so.
        var done = new BasketCounts { Buyers = counts.Buyers };
        await store.CommitAsync(Tables.Recommendations, PartsOf(id), [RowChange.Upsert($"{Shards.Text(shard)}-done", RowJson.Pack(done, SegueJson.Default.BasketCounts))], cancellation);
    }

    /// <summary>The parts that are there, merged; null until all shards are done.</summary>
    public async Task<BasketCounts?> MergePartsAsync(string id, CancellationToken cancellation)
    {
        for (var shard = 0; shard < Shards.Count; shard++)
        {
            if (await store.GetAsync(Tables.Recommendations, PartsOf(id), $"{Shards.Text(shard)}-done", cancellation) is null)
            {
                return null;
            }
        }

        var merged = new BasketCounts();
        await foreach (var row in store.ReadAllAsync(Tables.Recommendations, PartsOf(id), KeyRange.All, cancellation))
        {
            merged.Merge(RowJson.Unpack(row, SegueJson.Default.BasketCounts));
        }

        return merged;
    }

    /// <summary>Forgets the parts, once what they made is published.</summary>
    public Task DropPartsAsync(string id, CancellationToken cancellation) => DropAsync(PartsOf(id), cancellation);

    private async Task DropAsync(string partition, CancellationToken cancellation)
    {
        var keys = new List<string>();
        await foreach (var row in store.ReadAllAsync(Tables.Recommendations, partition, KeyRange.All, cancellation))
        {
            keys.Add(row.Key);
        }

        foreach (var key in keys)
        {
            await store.TryDeleteAsync(Tables.Recommendations, partition, key, cancellation: cancellation);
        }
    }

    private static string PartitionOf(string id) => $"model-{id}";

    private static string PartsOf(string id) => $"parts-{id}";
}
