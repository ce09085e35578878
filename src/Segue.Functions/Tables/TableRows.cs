using Azure;
using Azure.Data.Tables;
using Segue.Ports;
using Segue.Storage;

namespace Segue.Functions.Tables;

/// <summary>Rows as the service's entities, and back.</summary>
internal static class TableRows
{
    /// <summary>The row that an entity is: its own properties, without keys, timestamp and annotations.</summary>
    public static Row ToRow(TableEntity entity)
    {
        var properties = new Dictionary<string, object>(entity.Count, StringComparer.Ordinal);
        foreach (var (name, value) in (IDictionary<string, object>)entity)
        {
            if (value is not null && name is not ("PartitionKey" or "RowKey" or "Timestamp") && !name.StartsWith("odata.", StringComparison.Ordinal))
            {
                properties[name] = value is DateTimeOffset moment ? moment.ToUniversalTime() : value;
            }
        }

        return new(entity.PartitionKey, entity.RowKey, Text(entity.ETag), properties);
    }

    /// <summary>A change as part of a transaction.</summary>
    public static TableTransactionAction ToAction(string partition, RowChange change)
    {
        var entity = new TableEntity(partition, change.Key);
        foreach (var (name, value) in TableRules.Kept(change.Properties ?? new Dictionary<string, object>()))
        {
            entity[name] = value;
        }

        return change.Kind switch
        {
            RowChangeKind.Insert => new(TableTransactionActionType.Add, entity),
            RowChangeKind.Upsert => new(TableTransactionActionType.UpsertReplace, entity),
            RowChangeKind.Replace => new(TableTransactionActionType.UpdateReplace, entity, ToETag(change.ETag!)),
            _ => new(TableTransactionActionType.Delete, entity, ToETag(change.ETag!)),
        };
    }

    /// <summary>An ETag as the port's opaque text.</summary>
    public static string Text(ETag etag) => etag.ToString("H");

    /// <summary>Whether the row is as the change leaves it.</summary>
    public static bool IsAsWritten(Row? row, RowChange change)
    {
        if (change.Kind == RowChangeKind.Delete || row is null)
        {
            return change.Kind == RowChangeKind.Delete && row is null;
        }

        var written = TableRules.Kept(change.Properties!);
        return row.Properties.Count == written.Count
            && written.All(p => row.Properties.TryGetValue(p.Key, out var found) && AreEqual(p.Value, found));
    }

    private static bool AreEqual(object written, object found) =>
        written is byte[] bytes ? found is byte[] others && bytes.AsSpan().SequenceEqual(others) : written.Equals(found);

    // A text that is no ETag of the service's is refused by the service, as malformed.
    private static ETag ToETag(string text) => text == RowChange.AnyETag ? ETag.All : new(text);
}
