namespace Segue.Ports;

/// <summary>Why a batch was refused.</summary>
public enum TableConflict
{
    /// <summary>The row to insert is already there (HTTP 409).</summary>
    Exists,

    /// <summary>The row has changed since it was read (HTTP 412).</summary>
    Changed,

    /// <summary>The row to replace or delete is not there (HTTP 404).</summary>
    Missing,
}

/// <summary>Another writer was first. Nothing was changed; read again and decide anew.</summary>
/// <remarks>The message names no row: keys are customers' and orders' ids, and messages are logged.</remarks>
public sealed class TableConflictException(TableConflict conflict, string table, string partition, string key)
    : Exception($"Table {table}: {conflict}.")
{
    /// <summary>The partition.</summary>
    public string Partition { get; } = partition;

    /// <summary>Why.</summary>
    public TableConflict Conflict { get; } = conflict;

    /// <summary>The first row that was refused.</summary>
    public string Key { get; } = key;
}

/// <summary>A row or batch breaks a limit of the store: it can never be written as it is.</summary>
public sealed class TableLimitException(string message) : Exception(message);

/// <summary>
/// The service behind a port throttled the call, timed out or could not be reached. Trying again may help. A write may
/// have happened all the same.
/// </summary>
public class PortUnavailableException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>How long the service asks to wait, where it says so.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
