using Segue.Campaigns;
using Segue.Customers;
using Segue.Messaging;
using Segue.Ports;
using Segue.Storage;

namespace Segue.Privacy;

/// <summary>
/// Empties an erased customer's partition, and every place that its rows tell of. Each part may be done again, and whoever begins in
/// the middle goes on from what is left; the customer's own rows go last, because they say what else there is.
/// </summary>
internal sealed class CustomerClearing(
    ITableStore store, OutboxSalvage salvage, CopyRemover copies, DueRemover dues, AnonymousFacts facts, TimeProvider clock)
{
    /// <summary>Does all that is left to do; nothing where the customer is not being erased, or not any more.</summary>
    /// <exception cref="TableConflictException">Another does the same: look again.</exception>
    public async Task ClearAsync(string customerId, CancellationToken cancellation)
    {
        var partition = CustomerRows.Partition(customerId);
        var rows = await ReadAsync(partition, cancellation);
        if (rows.Find(r => r.Key == CustomerRows.Profile) is not { } profileRow
            || RowJson.Unpack(profileRow, SegueJson.Default.CustomerProfile) is not { IsTombstone: true, Erased: { Phase: not ErasurePhase.Resting } erasure } tombstone)
        {
            return;
        }

        foreach (var outbox in rows.Where(r => r.Key.StartsWith(Outbox.Prefix, StringComparison.Ordinal)))
        {
            await salvage.SendOutAsync(customerId, RowJson.Unpack(outbox, SegueJson.Default.Outbox), cancellation);
        }

        var noted = rows.Where(r => r.Key.StartsWith(CustomerRows.Erasures, StringComparison.Ordinal))
            .SelectMany(r => RowJson.Unpack(r, SegueJson.Default.ListCustomerCopy))
            .Concat(rows.Where(r => r.Key.StartsWith(CustomerRows.Visitors, StringComparison.Ordinal))
                .Select(r => new CustomerCopy(Tables.Visitors, r.Key[CustomerRows.Visitors.Length..], ""))).ToList();
        if (!await copies.RemoveAsync(customerId, noted.Distinct(), async () => await IsStillAsync() ? _ => true : null, cancellation)
            || !await dues.RemoveAsync(customerId, erasure, IsStillAsync, cancellation)
            || !await facts.SweepAsync(customerId, erasure.FactsSince, clock.GetUtcNow().AddDays(1), _ => true, IsStillAsync, cancellation))
        {
            return;
        }

        foreach (var visitor in noted.Where(c => c.Table == Tables.Visitors).Select(c => c.Partition).Distinct())
        {
            if ((await store.ReadAsync(Tables.Visitors, visitor, KeyRange.All, pageSize: 1, cancellation: cancellation)).Rows.Count == 0)
            {
                await dues.RemoveVisitorAsync(Keys.Unescape(visitor), cancellation);
            }
        }

        await EmptyAsync(partition, rows, profileRow.ETag, tombstone, cancellation);

        async Task<bool> IsStillAsync() =>
            (await store.GetAsync(Tables.Customers, partition, CustomerRows.Profile, cancellation))?.ETag == profileRow.ETag;
    }

    /// <summary>The customer's rows, in batches that each hold the profile under its ETag; the last changes or removes it.</summary>
    private async Task EmptyAsync(string partition, List<Row> rows, string etag, CustomerProfile tombstone, CancellationToken cancellation)
    {
        var leaves = tombstone.Erased!.Phase == ErasurePhase.Leaving;
        var gone = rows.Where(r => r.Key != CustomerRows.Profile && (leaves || !r.Key.StartsWith(CustomerRows.Erasures, StringComparison.Ordinal)))
            .Select(r => RowChange.Delete(r.Key, r.ETag)).Chunk(TableLimits.BatchChanges - 1).ToList();
        for (var i = 0; i < Math.Max(1, gone.Count); i++)
        {
            var isLast = i >= gone.Count - 1;
            var next = isLast ? tombstone with { Erased = tombstone.Erased with { Phase = ErasurePhase.Resting } } : tombstone;
            var profile = isLast && leaves ? RowChange.Delete(CustomerRows.Profile, etag)
                : RowChange.Replace(CustomerRows.Profile, RowJson.Pack(next, SegueJson.Default.CustomerProfile), etag);
            var etags = await store.CommitAsync(Tables.Customers, partition, [profile, .. gone.ElementAtOrDefault(i) ?? []], cancellation);
            etag = etags[0] ?? etag;
        }
    }

    private async Task<List<Row>> ReadAsync(string partition, CancellationToken cancellation)
    {
        var rows = new List<Row>();
        await foreach (var row in store.ReadAllAsync(Tables.Customers, partition, KeyRange.All, cancellation))
        {
            rows.Add(row);
        }

        return rows;
    }
}
