using Segue.Ports;

namespace Segue.Tests.Simulation;

/// <summary>A table store whose every call may go wrong.</summary>
internal sealed class FaultyTableStore(Turnstile turns, ITableStore inner) : ITableStore
{
    /// <summary>One of so many reads that find nothing is a turn, and may go wrong.</summary>
    private const int TurnEvery = 1009;

    private long emptyReads;

    private static readonly FaultKind[] Any =
        [FaultKind.FailBefore, FaultKind.CrashBefore, FaultKind.CrashAfter, FaultKind.LostLock, FaultKind.Slow];

    private static readonly FaultKind[] Reading = [.. Any, FaultKind.ShortPage];
    private static readonly FaultKind[] Writing = [.. Any, FaultKind.DoneButThrows];
    private static readonly FaultKind[] WritingUnderETag = [.. Writing, FaultKind.Conflict];

    public Task<Row?> GetAsync(string table, string partition, string key, CancellationToken cancellation = default) =>
        turns.CallAsync(table, "get", Any, _ => inner.GetAsync(table, partition, key, cancellation));

    public Task<RowPage> ReadAsync(
        string table,
        string partition,
        KeyRange range,
        string? continuation = null,
        int pageSize = TableLimits.PageSize,
        CancellationToken cancellation = default)
    {
        // A tick looks into hundreds of partitions that hold nothing: only some of those reads are worth a turn, or a
        // history of months would be made of them.
        var looked = inner.ReadAsync(table, partition, range, continuation, pageSize, cancellation);
        if (looked is { IsCompletedSuccessfully: true, Result: { Rows.Count: 0, Continuation: null } } && ++emptyReads % TurnEvery != 0)
        {
            return looked;
        }

        return turns.CallAsync(table, "read", Reading, fault => inner.ReadAsync(
            table,
            partition,
            range,
            continuation,
            fault.Kind == FaultKind.ShortPage ? Math.Min(pageSize, 1 + (int)(fault.Number % 3)) : pageSize,
            cancellation));
    }

    public Task<IReadOnlyList<string?>> CommitAsync(
        string table, string partition, IReadOnlyList<RowChange> changes, CancellationToken cancellation = default)
    {
        // Only of a row that is named with its ETag can it be said that it changed: an insert that is told "exists"
        // must be able to rely on it.
        var named = changes.FirstOrDefault(change => change.ETag is not null and not RowChange.AnyETag);
        return turns.CallAsync(table, "commit", named is null ? Writing : WritingUnderETag, fault =>
            fault.Kind == FaultKind.Conflict
                ? throw new TableConflictException(TableConflict.Changed, table, partition, named!.Key)
                : inner.CommitAsync(table, partition, changes, cancellation));
    }
}
