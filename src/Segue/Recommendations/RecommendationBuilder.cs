using System.Globalization;
using Microsoft.Extensions.Logging;
using Segue.Campaigns;
using Segue.Customers;
using Segue.Orders;
using Segue.Ports;
using Segue.Segmentation;
using Segue.Storage;

namespace Segue.Recommendations;

/// <summary>Makes recommendation models: every shard's orders are counted on their own, the parts merged and published.</summary>
internal sealed class RecommendationBuilder(
    ITableStore store, IMessageBus bus, ICampaigns campaigns, RecommendationStore models, TimeProvider clock, ILogger<RecommendationBuilder> logger)
{
    /// <summary>Functions' cron: Mondays at 04:00 UTC.</summary>
    public const string Schedule = "0 0 4 * * 1";

    /// <summary>Sends the shards their work, where some mail shows recommendations at all.</summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        if (!(await campaigns.CurrentAsync(cancellation)).Set.ShowsRecommendations)
        {
            return;
        }

        var now = clock.GetUtcNow();
        await bus.SendAsync(
            Messaging.Queues.ShardWork,
            [.. Enumerable.Range(0, Shards.Count).Select(s => ShardMessages.Of(new CountBaskets { Shard = s, ModelId = IdOf(now), At = now }, null))],
            cancellation);
    }

    /// <summary>Makes a model here and now: what a command or the end of an import does.</summary>
    public async Task<RecommendationModel> RunAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var counts = await CountAsync(0, now, cancellation);
        for (var shard = 1; shard < Shards.Count; shard++)
        {
            counts.Merge(await CountAsync(shard, now, cancellation));
        }

        return await PublishAsync(IdOf(now), counts, now, cancellation);
    }

    /// <summary>Counts one shard; whoever completes the parts publishes.</summary>
    public async Task CountAsync(CountBaskets work, CancellationToken cancellation)
    {
        await models.PutPartAsync(work.ModelId, work.Shard, await CountAsync(work.Shard, work.At, cancellation), cancellation);
        if (await models.MergePartsAsync(work.ModelId, cancellation) is { } merged)
        {
            await PublishAsync(work.ModelId, merged, work.At, cancellation);
            await models.DropPartsAsync(work.ModelId, cancellation);
        }
    }

    private async Task<RecommendationModel> PublishAsync(string id, BasketCounts counts, DateTimeOffset at, CancellationToken cancellation)
    {
        counts.Prune();
        var model = RecommendationModel.Of(counts, at);
        if (string.CompareOrdinal(await models.CurrentIdAsync(cancellation), id) <= 0)
        {
            await models.PublishAsync(id, model, cancellation);
        }

        logger.Recommends(id, model.Products.Count, model.Products.Values.Sum(p => p.Related.Count), model.Buyers);
        return model;
    }

    private async Task<BasketCounts> CountAsync(int shard, DateTimeOffset at, CancellationToken cancellation)
    {
        var counts = new BasketCounts();
        await foreach (var row in store.ReadAllAsync(Tables.Summaries, Shards.Text(shard), KeyRange.All, cancellation))
        {
            // Orders without items say nothing of products, and who objects to profiling is no example to others: they are not read.
            if (RowJson.Unpack(row, SegueJson.Default.SummaryRow).Summary is { Purchases.ItemsBought: 0 } or { NoProfilingSince: not null })
            {
                continue;
            }

            var orders = new List<Order>();
            await foreach (var order in store.ReadAllAsync(Tables.Customers, row.Key, KeyRange.Prefix(CustomerRows.Orders), cancellation))
            {
                orders.Add(RowJson.Unpack(order, SegueJson.Default.Order));
            }

            counts.Add(PurchaseHistory.Counted(orders).Where(o => o.OrderedAt <= at));
        }

        return counts;
    }

    private static string IdOf(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture);
}
