using Azure;
using Azure.Data.Tables;
using Azure.Identity;
using Segue.Ports;

namespace Segue.Functions.Tables;

/// <summary>Says what a failed call to the service means to the port.</summary>
/// <remarks>Source: Microsoft Learn, "Table service error codes" and "Status and error codes".</remarks>
internal static class TableFaults
{
    /// <summary>Whether the service or the way to it failed, rather than this program or whoever gave up the call.</summary>
    public static bool IsOfService(Exception e, CancellationToken cancellation) => e switch
    {
        OperationCanceledException => !cancellation.IsCancellationRequested,
        RequestFailedException or AuthenticationFailedException or IOException or HttpRequestException or AggregateException => true,
        _ => false,
    };

    /// <summary>The table was never written to.</summary>
    public static bool IsTableMissing(RequestFailedException e) => e.Status == 404 && e.ErrorCode == "TableNotFound";

    /// <summary>
    /// Whether nothing tells if the service did what it was asked: no answer (status 0), a time-out, or an error within the
    /// service other than "busy", which it says before it begins.
    /// </summary>
    public static bool MayHaveLanded(Exception e) => e switch
    {
        AuthenticationFailedException => false,
        RequestFailedException failed => failed.Status is 0 or 408 or 500 or 502 or 504
            || (failed.Status == 503 && failed.ErrorCode != "ServerBusy"),
        _ => true,
    };

    /// <summary>A read's failure.</summary>
    public static PortUnavailableException OfRead(Exception e) => Unavailable(e);

    /// <summary>A batch's failure: a conflict, a limit, or the service not being there.</summary>
    public static Exception OfCommit(Exception e, string table, string partition, IReadOnlyList<RowChange> changes)
    {
        if (e is not RequestFailedException failed)
        {
            return Unavailable(e);
        }

        var refused = (failed as TableTransactionFailedException)?.FailedTransactionActionIndex is { } index && index < changes.Count
            ? changes[index] : changes[0];
        return failed.Status switch
        {
            409 when failed.ErrorCode == "EntityAlreadyExists" => new TableConflictException(TableConflict.Exists, table, partition, refused.Key),
            412 => new TableConflictException(TableConflict.Changed, table, partition, refused.Key),
            404 when failed.ErrorCode is "ResourceNotFound" or "EntityDoesNotExist" =>
                new TableConflictException(TableConflict.Missing, table, partition, refused.Key),
            400 or 413 => new TableLimitException(
                $"Table {table} refused a batch of {changes.Count} changes ({failed.Status} {failed.ErrorCode}), row '{refused.Key}' first."),
            _ => Unavailable(e),
        };
    }

    private static PortUnavailableException Unavailable(Exception e)
    {
        if (e is not RequestFailedException failed)
        {
            return new($"Table Storage could not be reached: {e.GetType().Name}.", e);
        }

        var after = failed.GetRawResponse()?.Headers.TryGetValue("Retry-After", out var text) == true
            && int.TryParse(text, out var seconds) && seconds is > 0 and < 3600 ? TimeSpan.FromSeconds(seconds) : (TimeSpan?)null;
        return new($"Table Storage answered {failed.Status} {failed.ErrorCode}.", e) { RetryAfter = after };
    }
}
