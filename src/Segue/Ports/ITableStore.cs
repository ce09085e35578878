namespace Segue.Ports;

/// <summary>
/// Tables of rows, each addressed by a partition and a key, with the semantics and the limits of Azure Table Storage
/// (<see cref="TableLimits"/>). Every implementation enforces them all and passes the same contract tests.
/// </summary>
/// <remarks>
/// Keys are ordered and compared ordinally, by UTF-16 code unit. A write is visible to every read that starts after it
/// returned. Besides the exceptions named here, a call may throw <see cref="PortUnavailableException"/> (try again; a
/// write may nevertheless have happened) and <see cref="TableLimitException"/> (never try again).
/// </remarks>
public interface ITableStore
{
    /// <summary>The row with this partition and key, or null.</summary>
    Task<Row?> GetAsync(string table, string partition, string key, CancellationToken cancellation = default);

    /// <summary>
    /// The next page of a partition's rows within <paramref name="range"/>, in ordinal order of their keys.
    /// A page may be short, even empty, and yet have a continuation: the end is a null continuation.
    /// </summary>
    /// <param name="table">The table. One that was never written to is empty.</param>
    /// <param name="partition">The partition.</param>
    /// <param name="range">Which keys.</param>
    /// <param name="continuation">Null for the first page, else the one that the page before gave; opaque.</param>
    /// <param name="pageSize">At most so many rows, 1 to 1,000.</param>
    /// <param name="cancellation">Gives up the call.</param>
    Task<RowPage> ReadAsync(
        string table,
        string partition,
        KeyRange range,
        string? continuation = null,
        int pageSize = TableLimits.PageSize,
        CancellationToken cancellation = default);

    /// <summary>Applies all changes to rows of one partition, or none of them.</summary>
    /// <param name="table">The table; made by the first write to it.</param>
    /// <param name="partition">The partition that all rows belong to.</param>
    /// <param name="changes">1 to 100 changes, each to a different row.</param>
    /// <param name="cancellation">Gives up the call; what it had begun may still happen.</param>
    /// <returns>For each change the row's new ETag, or null where it was a deletion.</returns>
    /// <exception cref="TableConflictException">
    /// A row to insert exists, a row to replace or delete is gone or has another ETag. Nothing was changed.
    /// </exception>
    Task<IReadOnlyList<string?>> CommitAsync(
        string table,
        string partition,
        IReadOnlyList<RowChange> changes,
        CancellationToken cancellation = default);
}
