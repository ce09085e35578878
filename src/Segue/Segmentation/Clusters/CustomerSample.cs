using Segue.Analytics;

namespace Segue.Segmentation.Clusters;

/// <summary>
/// The buyers of a shard with the smallest hashes: the same whatever order they are read in, and everybody in a small shop.
/// E. Cohen and H. Kaplan, "Summarizing Data Using Bottom-k Sketches", PODC 2007.
/// </summary>
public sealed class CustomerSample
{
    /// <summary>Customers of each shard at most; 64 shards make 8,192.</summary>
    public const int OfShard = 128;

    private readonly SortedDictionary<ulong, SampledCustomer> _kept = [];
    private ulong _bound = ulong.MaxValue;

    /// <summary>The sample, by <see cref="SampledCustomer.Draw"/>.</summary>
    public IReadOnlyList<SampledCustomer> Customers
    {
        get => [.. _kept.Values];
        set => value.ToList().ForEach(c => _kept[c.Draw] = c);
    }

    /// <summary>A customer's lot.</summary>
    public static ulong DrawOf(string customerId)
    {
        ArgumentNullException.ThrowIfNull(customerId);
        var hash = 14695981039346656037UL;
        foreach (var c in customerId)
        {
            hash = (hash ^ c) * 1099511628211UL;
        }

        return new SeededRandom(hash).Next();
    }

    /// <summary>Whether a lot would be kept.</summary>
    public bool Wants(ulong draw) => draw < _bound;

    /// <summary>Adds a customer of the shard.</summary>
    public void Add(SampledCustomer customer)
    {
        ArgumentNullException.ThrowIfNull(customer);
        _kept[customer.Draw] = customer;
        if (_kept.Count > OfShard)
        {
            _kept.Remove(_kept.Keys.Last());
            _bound = _kept.Keys.Last();
        }
    }

    /// <summary>Adds another shard's sample, whole.</summary>
    public void Merge(CustomerSample other)
    {
        ArgumentNullException.ThrowIfNull(other);
        foreach (var (draw, customer) in other._kept)
        {
            _kept[draw] = customer;
        }
    }
}
