using System.Security.Cryptography;
using System.Text;
using Segue.Customers;
using Segue.Ports;
using Segue.Storage;

namespace Segue.Offers;

/// <summary>Which customer a code was made for; written through the outbox.</summary>
public sealed class CodeIndex(ITableStore store)
{
    private const string Owner = "customer";

    /// <summary>The customer and the offer of a code as anyone may type it; null for one that is none of ours.</summary>
    public async Task<(string CustomerId, IssuedOffer Offer)?> FindAsync(string code, CancellationToken cancellation = default)
    {
        var (partition, key) = AddressOf(code);
        if (await store.GetAsync(Tables.Codes, partition, key, cancellation) is not { } row)
        {
            return null;
        }

        var customer = (string)row.Properties[Owner];
        return await store.GetAsync(Tables.Customers, CustomerRows.Partition(customer), CustomerRows.Code(code), cancellation) is { } issued
            ? (customer, RowJson.Unpack(issued, SegueJson.Default.IssuedOffer)) : null;
    }

    /// <summary>Notes whose a code is, unless it is another's; then false.</summary>
    internal async Task<bool> ClaimAsync(string customerId, string code, CancellationToken cancellation)
    {
        var (partition, key) = AddressOf(code);
        if (await store.GetAsync(Tables.Codes, partition, key, cancellation) is { } row)
        {
            return (string)row.Properties[Owner] == customerId;
        }

        await store.CommitAsync(Tables.Codes, partition, [RowChange.Insert(key, new Dictionary<string, object> { [Owner] = customerId })], cancellation);
        return true;
    }

    /// <summary>Notes whose a code is. Said twice is once.</summary>
    internal static Task NoteAsync(ITableStore store, string customerId, string code, CancellationToken cancellation)
    {
        var (partition, key) = AddressOf(code);
        return store.CommitAsync(Tables.Codes, partition, [RowChange.Upsert(key, new Dictionary<string, object> { [Owner] = customerId })], cancellation);
    }

    /// <summary>Where it stands whose a code is.</summary>
    internal static (string Partition, string Key) AddressOf(string code)
    {
        var normal = IssuedOffer.Normal(code);
        return ($"issued~{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(normal)), 0, 1)}", Keys.Escape(normal));
    }
}
