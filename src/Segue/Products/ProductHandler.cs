using System.Globalization;
using System.Text.Json;
using Segue.Campaigns;
using Segue.Events;
using Segue.Messaging;
using Segue.Ports;
using Segue.Segmentation;
using Segue.Storage;

namespace Segue.Products;

/// <summary>
/// Keeps products, and tells the customers who are interested when one costs less, can be had again or is new: one message a
/// shard of customers, and one event a customer.
/// </summary>
internal sealed class ProductHandler(ITableStore store, IMessageBus bus, ProductCatalog catalog, ICampaigns campaigns, TimeProvider clock)
{
    private const string NewsProperty = "news";

    /// <summary>Keeps a product; news of it stay in its row until they are out, so that a crash in between loses none.</summary>
    public async Task PutAsync(PutProduct work, CancellationToken cancellation)
    {
        await catalog.MarkUsedAsync(cancellation);
        var product = work.Product;
        var (partition, key) = ProductCatalog.AddressOf(product.ProductId);
        var known = await catalog.ReadAsync(product.ProductId, cancellation);
        if (known is { Product: var before, Row: var row })
        {
            if (before == product)
            {
                await TellAsync(NewsOf(row), partition, row.Key, cancellation);
                return;
            }

            if (before.UpdatedAt > (product.UpdatedAt ?? work.ArrivedAt))
            {
                return;
            }
        }

        var now = clock.GetUtcNow();
        if (product.ReleasedAt > now)
        {
            // Before the row, as every moment. The name holds the moment: another date is another.
            var release = new ReleaseProduct { Shard = work.Shard, ProductId = product.ProductId };
            await WakeAsync(release, product.ReleasedAt.Value, cancellation);
        }

        var minimum = (await campaigns.CurrentAsync(cancellation)).Set.Settings.PriceDrop;
        var news = work.Silent ? [] : News(known?.Product, product, minimum, work.ArrivedAt, now).ToList();
        if (known is { Row: var pending })
        {
            // What was not told of the version before is told with this one.
            news = [.. NewsOf(pending).Where(n => news.All(m => m.Event != n.Event)), .. news];
        }

        var properties = RowJson.Pack(product, SegueJson.Default.Product);
        if (news.Count > 0)
        {
            properties[NewsProperty] = JsonSerializer.Serialize(news, SegueJson.Default.ListProductNews);
        }

        await store.CommitAsync(
            Tables.Products, partition, [known is null ? RowChange.Insert(key, properties) : RowChange.Replace(key, properties, known.Value.Row.ETag)], cancellation);
        await TellAsync(news, partition, key, cancellation);
    }

    /// <summary>The day of release has come: says so, if that is still so.</summary>
    public async Task ReleaseAsync(ReleaseProduct work, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (await catalog.ReadAsync(work.ProductId, cancellation) is not ({ ReleasedAt: { } releasedAt } product, var row) || !product.IsAvailable(now))
        {
            return;
        }

        await TellAsync([new(EventNames.Released, product, releasedAt)], row.Partition, null, cancellation);
    }

    /// <summary>Gives one shard's interested customers the event. It is named by what happened, so twice is once.</summary>
    public async Task TellAsync(TellInterested work, CancellationToken cancellation)
    {
        var (news, now) = (work.News, clock.GetUtcNow());
        var of = news.Event == EventNames.Released
            ? news.Product.Category is { } category ? Interest.OfCategory(category) : null
            : Interest.OfProduct(news.Product.ProductId);
        if (of is null)
        {
            return;
        }

        var messages = new List<BusMessage>();
        await foreach (var row in store.ReadAllAsync(Tables.Interest, Interest.Partition(of, work.Shard), KeyRange.All, cancellation))
        {
            if (Interest.AtOf(row) + Interest.Lasts > now)
            {
                messages.Add(EventArrived.ToBus(EventFor(Keys.Unescape(row.Key), news), now));
            }
            else
            {
                await store.TryDeleteAsync(Tables.Interest, row.Partition, row.Key, row.ETag, cancellation);
            }
        }

        await bus.SendAsync(Queues.Customers, messages, cancellation);
    }

    private static IEnumerable<ProductNews> News(Product? before, Product product, double minimum, DateTimeOffset at, DateTimeOffset now)
    {
        if (!product.IsAvailable(now))
        {
            yield break;
        }

        if (before is null)
        {
            if (product.ReleasedAt is not null && now - product.ReleasedAt < TimeSpan.FromDays(7))
            {
                yield return new(EventNames.Released, product, at);
            }

            yield break;
        }

        if (before.Stock == 0)
        {
            yield return new(EventNames.Restocked, product, at);
        }

        if (product.Price < before.Price && (double)(1 - (product.Price / before.Price)) >= minimum)
        {
            yield return new(EventNames.PriceDropped, product, at, before.Price);
        }
    }

    private static CustomerEvent EventFor(string customer, ProductNews news)
    {
        var product = news.Product;
        var attributes = new Dictionary<string, string> { ["title"] = product.Name };
        if (news.Was is { } was)
        {
            attributes["was"] = was.ToString("0.####", CultureInfo.InvariantCulture);
        }

        return new()
        {
            EventId = string.Create(CultureInfo.InvariantCulture, $"{news.Event}:{MessageIds.Of(Keys.Escape(product.ProductId))}:{news.At.UtcTicks}"),
            CustomerId = customer,
            Name = news.Event,
            At = news.At,
            ProductId = product.ProductId,
            Category = product.Category,
            Amount = product.Price,
            Attributes = attributes,
        };
    }

    private static List<ProductNews> NewsOf(Row row) => row.Properties.GetValueOrDefault(NewsProperty) is string json
        ? JsonSerializer.Deserialize(json, SegueJson.Default.ListProductNews) ?? [] : [];

    private async Task TellAsync(List<ProductNews> news, string partition, string? key, CancellationToken cancellation)
    {
        if (news.Count == 0)
        {
            return;
        }

        await bus.SendAsync(
            Queues.ShardWork,
            [.. from item in news from shard in Enumerable.Range(0, Shards.Count) select ShardMessages.Of(new TellInterested { Shard = shard, News = item }, null)],
            cancellation);
        if (key is not null && await store.GetAsync(Tables.Products, partition, key, cancellation) is { } row && row.Properties.ContainsKey(NewsProperty))
        {
            var told = row.Properties.Where(p => p.Key != NewsProperty).ToDictionary();
            await store.CommitAsync(Tables.Products, partition, [RowChange.Replace(key, told, row.ETag)], cancellation);
        }
    }

    private async Task WakeAsync(ReleaseProduct release, DateTimeOffset at, CancellationToken cancellation)
    {
        var message = ShardMessages.Of(release, at);
        if (at < Ticks.CoveredFrom(clock.GetUtcNow()))
        {
            await bus.SendAsync(Queues.ShardWork, [message], cancellation);
        }

        await store.UpsertAllAsync(
            Tables.Due,
            DueMoment.Partition(at, release.Shard),
            [
                RowChange.Upsert(
                    string.Create(CultureInfo.InvariantCulture, $"{Keys.Escape(release.ProductId)}~release~{at.UtcTicks}"),
                    new Dictionary<string, object> { ["at"] = at, ["queue"] = Queues.ShardWork, ["message"] = message.Body }),
            ],
            cancellation);
    }
}
