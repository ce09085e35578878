using System.Collections.Concurrent;
using Segue.Ports;
using Segue.Storage;

namespace Segue.Products;

/// <summary>The table of products, read through a short memory: a campaign asks for the same few again and again.</summary>
public sealed class ProductCatalog(ITableStore store, TimeProvider clock)
{
    /// <summary>How old what <see cref="FindAsync"/> says may be.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(30);

    private const int MostRemembered = 20_000;
    private const string Marker = "0-any";
    private readonly ConcurrentDictionary<string, (Product? Product, long ReadAt)> _remembered = new();
    private bool _any;

    /// <summary>Whether the shop describes its products at all: then one that is not there is gone.</summary>
    public async ValueTask<bool> IsUsedAsync(CancellationToken cancellation = default) =>
        _any || (_any = await store.GetAsync(Tables.Products, Marker, Marker, cancellation) is not null);

    /// <summary>The products of those ids that there are.</summary>
    public async Task<IReadOnlyDictionary<string, Product>> FindAsync(IEnumerable<string> ids, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var found = await Task.WhenAll(ids.Distinct(StringComparer.Ordinal).Select(id => RecallAsync(id, cancellation)));
        return found.OfType<Product>().ToDictionary(p => p.ProductId, StringComparer.Ordinal);
    }

    /// <summary>One product as it stands, with its row's ETag; null where there is none.</summary>
    internal async Task<(Product Product, Row Row)?> ReadAsync(string id, CancellationToken cancellation)
    {
        var (partition, key) = AddressOf(id);
        return await store.GetAsync(Tables.Products, partition, key, cancellation) is { } row
            ? (RowJson.Unpack(row, SegueJson.Default.Product), row) : null;
    }

    /// <summary>Notes that there are products.</summary>
    internal async Task MarkUsedAsync(CancellationToken cancellation)
    {
        if (!await IsUsedAsync(cancellation))
        {
            await store.CommitAsync(Tables.Products, Marker, [RowChange.Upsert(Marker, new Dictionary<string, object> { ["any"] = true })], cancellation);
        }
    }

    /// <summary>Partition and key of a product.</summary>
    internal static (string Partition, string Key) AddressOf(string id) => (Shards.Text(Shards.Of(id)), Keys.Escape(id));

    private async Task<Product?> RecallAsync(string id, CancellationToken cancellation)
    {
        if (_remembered.TryGetValue(id, out var known) && clock.GetElapsedTime(known.ReadAt) < MaxAge)
        {
            return known.Product;
        }

        var readAt = clock.GetTimestamp();
        var product = (await ReadAsync(id, cancellation))?.Product;
        if (_remembered.Count >= MostRemembered)
        {
            _remembered.Clear();
        }

        _remembered[id] = (product, readAt);
        return product;
    }
}
