using Azure;
using Azure.Data.Tables;
using Segue.Ports;
using Segue.Storage;

namespace Segue.Functions.Tables;

/// <summary>Tables in Azure Table Storage (or Cosmos DB's table API, or Azurite: whatever speaks its protocol).</summary>
/// <param name="reads">For reads, which its own retries make patient.</param>
/// <param name="writes">
/// For batches, without retries: a second try of a write that landed unseen would meet its own rows and call them somebody
/// else's. What became of such a write is read instead.
/// </param>
public sealed class AzureTableStore(TableServiceClient reads, TableServiceClient writes) : ITableStore
{
    /// <inheritdoc/>
    public async Task<Row?> GetAsync(string table, string partition, string key, CancellationToken cancellation = default)
    {
        TableRules.CheckTable(table);
        TableRules.CheckKey(partition);
        TableRules.CheckKey(key);
        try
        {
            var found = await reads.GetTableClient(table).GetEntityIfExistsAsync<TableEntity>(partition, key, cancellationToken: cancellation);
            return found.HasValue ? TableRows.ToRow(found.Value!) : null;
        }
        catch (Exception e) when (TableFaults.IsOfService(e, cancellation))
        {
            throw TableFaults.OfRead(e);
        }
    }

    /// <inheritdoc/>
    public async Task<RowPage> ReadAsync(
        string table,
        string partition,
        KeyRange range,
        string? continuation = null,
        int pageSize = TableLimits.PageSize,
        CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pageSize, TableLimits.PageSize);
        TableRules.CheckTable(table);
        TableRules.CheckKey(partition);
        try
        {
            var pages = reads.GetTableClient(table)
                .QueryAsync<TableEntity>(TableFilter.Of(partition, range), pageSize, cancellationToken: cancellation)
                .AsPages(continuation, pageSize);
            await foreach (var page in pages.WithCancellation(cancellation))
            {
                return new([.. page.Values.Select(TableRows.ToRow)], page.ContinuationToken);
            }

            return new([], null);
        }
        catch (RequestFailedException e) when (TableFaults.IsTableMissing(e))
        {
            return new([], null);
        }
        catch (Exception e) when (TableFaults.IsOfService(e, cancellation))
        {
            throw TableFaults.OfRead(e);
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string?>> CommitAsync(
        string table, string partition, IReadOnlyList<RowChange> changes, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        TableRules.CheckTable(table);
        TableRules.Check(partition, changes);
        var client = writes.GetTableClient(table);
        List<TableTransactionAction> actions = [.. changes.Select(change => TableRows.ToAction(partition, change))];
        try
        {
            try
            {
                return await SubmitAsync(client, actions, changes, cancellation);
            }
            catch (RequestFailedException e) when (TableFaults.IsTableMissing(e))
            {
                await client.CreateIfNotExistsAsync(cancellation);
                return await SubmitAsync(client, actions, changes, cancellation);
            }
        }
        catch (Exception e) when (TableFaults.IsOfService(e, cancellation))
        {
            if (TableFaults.MayHaveLanded(e) && await LandedAsync(table, partition, changes, cancellation) is { } etags)
            {
                return etags;
            }

            throw TableFaults.OfCommit(e, table, partition, changes);
        }
    }

    private static async Task<IReadOnlyList<string?>> SubmitAsync(
        TableClient client, List<TableTransactionAction> actions, IReadOnlyList<RowChange> changes, CancellationToken cancellation)
    {
        var answers = (await client.SubmitTransactionAsync(actions, cancellation)).Value;
        return [.. answers.Select((answer, i) =>
            changes[i].Kind == RowChangeKind.Delete ? null : TableRows.Text(answer.Headers.ETag!.Value))];
    }

    /// <summary>
    /// The ETags of a batch whose answer never came, where every row is as it wrote it; else null: it may yet land, and the
    /// caller is told so. A batch that leaves nothing to recognise it by (deletions alone) stays uncertain.
    /// </summary>
    /// <remarks>
    /// Rows carry moments and sequence numbers of whoever wrote them, and what has neither is the same effect by whoever's
    /// hand (its name is derived): rows with this very content are this batch's.
    /// </remarks>
    private async Task<IReadOnlyList<string?>?> LandedAsync(
        string table, string partition, IReadOnlyList<RowChange> changes, CancellationToken cancellation)
    {
        if (changes.All(change => change.Kind == RowChangeKind.Delete))
        {
            return null;
        }

        var etags = new string?[changes.Count];
        try
        {
            for (var i = 0; i < changes.Count; i++)
            {
                var row = await GetAsync(table, partition, changes[i].Key, cancellation);
                if (!TableRows.IsAsWritten(row, changes[i]))
                {
                    return null;
                }

                etags[i] = row?.ETag;
            }

            return etags;
        }
        catch (PortUnavailableException)
        {
            return null;
        }
    }
}
