using System.Runtime.CompilerServices;
using Segue.Ports;

namespace Segue.Storage;

/// <summary>What every reader of a table store needs.</summary>
public static class TableStoreExtensions
{
    /// <summary>Changes that one batch may hold, and its callers fill at most.</summary>
    private const int Batch = TableLimits.BatchChanges;

    /// <summary>All rows of a range, page after page, in ordinal order of their keys.</summary>
    public static async IAsyncEnumerable<Row> ReadAllAsync(
        this ITableStore store,
        string table,
        string partition,
        KeyRange range,
        [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        string? continuation = null;
        do
        {
            var page = await store.ReadAsync(table, partition, range, continuation, cancellation: cancellation);
            foreach (var row in page.Rows)
            {
                yield return row;
            }

            continuation = page.Continuation;
        }
        while (continuation is not null);
    }

    /// <summary>Writes rows whether they exist or not, in as many batches as it takes. Safe to do again.</summary>
    public static async Task UpsertAllAsync(
        this ITableStore store,
        string table,
        string partition,
        IEnumerable<RowChange> upserts,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        foreach (var batch in upserts.Chunk(Batch))
        {
            await store.CommitAsync(table, partition, batch, cancellation);
        }
    }

    /// <summary>Removes a row; that it is gone already is as good.</summary>
    /// <returns>False where the row has changed since <paramref name="etag"/> was read, and stays.</returns>
    public static async Task<bool> TryDeleteAsync(
        this ITableStore store,
        string table,
        string partition,
        string key,
        string etag = RowChange.AnyETag,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        try
        {
            await store.CommitAsync(table, partition, [RowChange.Delete(key, etag)], cancellation);
            return true;
        }
        catch (TableConflictException e)
        {
            return e.Conflict == TableConflict.Missing;
        }
    }

    /// <summary>
    /// Removes rows of one partition as they were read, in as few batches as they fit into. One that is gone already is as good, and
    /// one that has changed since stays.
    /// </summary>
    public static async Task TryDeleteAllAsync(
        this ITableStore store,
        string table,
        string partition,
        IEnumerable<Row> rows,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        foreach (var batch in rows.Chunk(Batch))
        {
            try
            {
                await store.CommitAsync(table, partition, [.. batch.Select(row => RowChange.Delete(row.Key, row.ETag))], cancellation);
            }
            catch (TableConflictException)
            {
                // One of them is gone or has changed, and so none was deleted.
                foreach (var row in batch)
                {
                    await store.TryDeleteAsync(table, partition, row.Key, row.ETag, cancellation);
                }
            }
        }
    }
}
