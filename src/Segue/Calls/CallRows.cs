using System.Globalization;
using Segue.Messaging;
using Segue.Ports;
using Segue.Storage;

namespace Segue.Calls;

/// <summary>
/// Rows of the agents' lists. The open calls of a queue are one partition, in the order in which they should be made, so that a
/// list is one range read; an ended one goes to its day's partition.
/// </summary>
internal static class CallRows
{
    private const decimal LargestValue = 99_999_999_999m;

    /// <summary>The open calls of a queue.</summary>
    public static string Open(string queue) => $"open~{queue}";

    /// <summary>The calls of a queue that ended on a day.</summary>
    public static string Ended(string queue, DateOnly day) =>
        string.Create(CultureInfo.InvariantCulture, $"ended~{day:yyyyMMdd}~{queue}");

    /// <summary>The key of a call: by priority, then the higher value first, then its name.</summary>
    public static string Key(CallTask call) => string.Create(
        CultureInfo.InvariantCulture,
        $"{call.Priority}~{LargestValue - Math.Clamp(decimal.Truncate(call.Value), 0, LargestValue):00000000000}~{MessageIds.Of(call.Token)}");

    /// <summary>Applies a change; to apply it again changes nothing.</summary>
    public static async Task ApplyAsync(ITableStore store, CallChange change, CancellationToken cancellation)
    {
        var key = Key(change.Call);
        if (change.End is null)
        {
            await store.CommitAsync(
                Tables.Calls, Open(change.Call.Queue), [RowChange.Upsert(key, RowJson.Pack(change, SegueJson.Default.CallChange))], cancellation);
            return;
        }

        var day = DateOnly.FromDateTime(change.End.At.UtcDateTime);
        await store.CommitAsync(
            Tables.Calls, Ended(change.Call.Queue, day), [RowChange.Upsert(key, RowJson.Pack(change, SegueJson.Default.CallChange))], cancellation);
        await store.TryDeleteAsync(Tables.Calls, Open(change.Call.Queue), key, cancellation: cancellation);
    }
}
