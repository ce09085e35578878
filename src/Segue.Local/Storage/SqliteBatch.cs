using System.Globalization;
using Segue.Ports;

namespace Segue.Local.Storage;

/// <summary>A checked batch, turned into bytes on its caller's thread so that the writer's has less to do.</summary>
internal sealed class SqliteBatch
{
    private const string ThisRow = "table_id = $1 AND partition = $2 AND key = $3";

    private readonly string table;
    private readonly string partition;
    private readonly byte[] partitionBytes;
    private readonly Write[] writes;

    public SqliteBatch(string table, string partition, IReadOnlyList<RowChange> changes)
    {
        this.table = table;
        this.partition = partition;
        partitionBytes = KeyBytes.Of(partition);
        writes = [.. changes.Select(change => new Write(
            change,
            KeyBytes.Of(change.Key),
            change.Properties is null ? [] : PropertyBytes.Of(change.Properties),
            ToNumber(change.ETag)))];
    }

    /// <summary>Applies the changes in order; the caller's savepoint undoes them where one is refused.</summary>
    /// <exception cref="TableConflictException">The first that was refused.</exception>
    public IReadOnlyList<string?> Run(SqliteWriter writer)
    {
        var id = writer.TableId(table);
        var answer = new string?[writes.Length];
        for (var i = 0; i < writes.Length; i++)
        {
            var etag = writes[i].Change.Kind == RowChangeKind.Delete ? 0 : writer.NextETag();
            if (Apply(writer.Session, id, writes[i], etag) == 0)
            {
                throw new TableConflictException(WhyNot(writer.Session, id, writes[i]), table, partition, writes[i].Change.Key);
            }

            answer[i] = etag == 0 ? null : etag.ToString(CultureInfo.InvariantCulture);
        }

        return answer;
    }

    private int Apply(SqliteSession session, long id, Write write, long etag) => write.Change.Kind switch
    {
        RowChangeKind.Insert => session.Execute(
            "INSERT INTO rows VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
            id, partitionBytes, write.Key, etag, write.Properties),
        RowChangeKind.Upsert => session.Execute(
            "INSERT INTO rows VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO UPDATE SET etag = excluded.etag, properties = excluded.properties",
            id, partitionBytes, write.Key, etag, write.Properties),
        RowChangeKind.Replace when write.AnyETag => session.Execute(
            "UPDATE rows SET etag = $4, properties = $5 WHERE " + ThisRow,
            id, partitionBytes, write.Key, etag, write.Properties),
        RowChangeKind.Replace => session.Execute(
            "UPDATE rows SET etag = $4, properties = $5 WHERE " + ThisRow + " AND etag = $6",
            id, partitionBytes, write.Key, etag, write.Properties, write.ETag),
        RowChangeKind.Delete when write.AnyETag => session.Execute(
            "DELETE FROM rows WHERE " + ThisRow, id, partitionBytes, write.Key),
        _ => session.Execute(
            "DELETE FROM rows WHERE " + ThisRow + " AND etag = $4", id, partitionBytes, write.Key, write.ETag),
    };

    private TableConflict WhyNot(SqliteSession session, long id, Write write)
    {
        if (write.Change.Kind == RowChangeKind.Insert)
        {
            return TableConflict.Exists;
        }

        return session.Scalar("SELECT 1 FROM rows WHERE " + ThisRow, id, partitionBytes, write.Key) is null
            ? TableConflict.Missing
            : TableConflict.Changed;
    }

    // An ETag that this store never gave matches no row.
    private static long ToNumber(string? etag) =>
        long.TryParse(etag, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;

    private sealed record Write(RowChange Change, byte[] Key, byte[] Properties, long ETag)
    {
        public bool AnyETag => Change.ETag == RowChange.AnyETag;
    }
}
