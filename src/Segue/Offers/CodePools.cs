using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Segue.Ports;
using Segue.Storage;

namespace Segue.Offers;

/// <summary>Codes that the shop has made and its checkout knows: given out once each. Spread over a few partitions a pool.</summary>
public sealed class CodePools(ITableStore store)
{
    private const int Slices = 8;
    private const string Free = "free-";
    private const string Taken = "taken-";
    private const string Used = "used-";
    private const string CodeProperty = "code";

    /// <summary>Puts a code into a pool; false where it is there already, or has been given out.</summary>
    public async Task<bool> AddAsync(string pool, string code, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(code);
        var partition = PartitionOf(pool, SliceOf(IssuedOffer.Normal(code)));
        var key = Keys.Escape(IssuedOffer.Normal(code));
        if (await store.GetAsync(Tables.Codes, partition, Used + key, cancellation) is not null)
        {
            return false;
        }

        try
        {
            await store.CommitAsync(Tables.Codes, partition, [RowChange.Insert(Free + key, new Dictionary<string, object> { [CodeProperty] = code.Trim() })], cancellation);
            return true;
        }
        catch (TableConflictException)
        {
            return false;
        }
    }

    /// <summary>
    /// Takes a code for a mail: the same each time it is asked for the same mail. Null where the pool is empty.
    /// </summary>
    /// <exception cref="TableConflictException">Another took it at the same moment: ask again.</exception>
    public async Task<string?> TakeAsync(string pool, string sendId, CancellationToken cancellation = default)
    {
        // Every mail looks in its own slice first, so that few meet; what it has taken before is in one of them.
        var first = SliceOf(sendId);
        for (var i = 0; i < Slices; i++)
        {
            var partition = PartitionOf(pool, (first + i) % Slices);
            if (await store.GetAsync(Tables.Codes, partition, Taken + sendId, cancellation) is { } taken)
            {
                return (string)taken.Properties[CodeProperty];
            }
        }

        for (var i = 0; i < Slices; i++)
        {
            var partition = PartitionOf(pool, (first + i) % Slices);
            var page = await store.ReadAsync(Tables.Codes, partition, KeyRange.Prefix(Free), pageSize: 1, cancellation: cancellation);
            if (page.Rows is [var row])
            {
                var code = new Dictionary<string, object> { [CodeProperty] = row.Properties[CodeProperty] };
                await store.CommitAsync(
                    Tables.Codes,
                    partition,
                    [RowChange.Delete(row.Key, row.ETag), RowChange.Insert(Taken + sendId, code), RowChange.Upsert(Used + row.Key[Free.Length..], code)],
                    cancellation);
                return (string)row.Properties[CodeProperty];
            }
        }

        return null;
    }

    /// <summary>How many codes are left.</summary>
    public async Task<int> CountAsync(string pool, CancellationToken cancellation = default)
    {
        var left = 0;
        for (var slice = 0; slice < Slices; slice++)
        {
            await foreach (var _ in store.ReadAllAsync(Tables.Codes, PartitionOf(pool, slice), KeyRange.Prefix(Free), cancellation))
            {
                left++;
            }
        }

        return left;
    }

    /// <summary>Where it may stand that a mail has a code of a pool.</summary>
    internal static IEnumerable<(string Partition, string Key)> TakenBy(string pool, string sendId) =>
        Enumerable.Range(0, Slices).Select(slice => (PartitionOf(pool, slice), Taken + sendId));

    private static int SliceOf(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text))[0] % Slices;

    private static string PartitionOf(string pool, int slice) => string.Create(CultureInfo.InvariantCulture, $"pool~{pool}~{slice}");
}
