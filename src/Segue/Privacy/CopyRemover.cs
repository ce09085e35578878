using Segue.Orders;
using Segue.Ports;
using Segue.Storage;

namespace Segue.Privacy;

/// <summary>Takes away the rows that tell of a customer elsewhere.</summary>
internal sealed class CopyRemover(ITableStore store)
{
    private const int AtOnce = 100;
    private const string Owner = "customer";

    /// <summary>
    /// Takes them away. Rows are read first, then it is asked which may go, and each goes only as it was read: so that nothing of
    /// somebody who begins anew in between is touched.
    /// </summary>
    /// <param name="customerId">The customer.</param>
    /// <param name="copies">Where they may stand.</param>
    /// <param name="mayGo">Which of them may go; null for none, and no more of the others either.</param>
    /// <param name="cancellation">Gives up; what is gone stays gone.</param>
    /// <returns>False where it was told to stop.</returns>
    public async Task<bool> RemoveAsync(
        string customerId, IEnumerable<CustomerCopy> copies, Func<Task<Func<CustomerCopy, bool>?>> mayGo, CancellationToken cancellation)
    {
        foreach (var chunk in copies.OrderBy(c => c.ToString(), StringComparer.Ordinal).Chunk(AtOnce))
        {
            var found = new List<(CustomerCopy Copy, Row Row)>();
            foreach (var copy in chunk)
            {
                found.AddRange((await ReadAsync(customerId, copy, cancellation)).Select(row => (copy, row)));
            }

            if (found.Count == 0)
            {
                continue;
            }

            if (await mayGo() is not { } may)
            {
                return false;
            }

            foreach (var (copy, row) in found.Where(f => may(f.Copy)))
            {
                await RemoveAsync(customerId, copy, row, cancellation);
            }
        }

        return true;
    }

    private async Task<IReadOnlyList<Row>> ReadAsync(string customerId, CustomerCopy copy, CancellationToken cancellation)
    {
        if (copy.Key.Length > 0)
        {
            return await store.GetAsync(copy.Table, copy.Partition, copy.Key, cancellation) is { } single ? [single] : [];
        }

        var rows = new List<Row>();
        await foreach (var row in store.ReadAllAsync(copy.Table, copy.Partition, KeyRange.All, cancellation))
        {
            rows.Add(row);
        }

        // A visitor, on a device that another has signed in on since, is theirs.
        return rows.Any(r => r.Properties.GetValueOrDefault(Owner) is string owner && owner != customerId) ? [] : rows;
    }

    private Task RemoveAsync(string customerId, CustomerCopy copy, Row row, CancellationToken cancellation) => copy.Table switch
    {
        Tables.Orders => OrderClaims.ReleaseAsync(store, row, customerId, toPrevious: false, cancellation),

        // A code that was made for the customer can't have come to be another's, but a name can hash to any row.
        Tables.Codes when row.Properties.GetValueOrDefault(Owner) is string owner && owner != customerId => Task.CompletedTask,
        _ => store.TryDeleteAsync(copy.Table, copy.Partition, row.Key, row.ETag, cancellation),
    };
}
