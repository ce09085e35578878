using System.Globalization;
using Segue.Ports;
using Segue.Storage;

namespace Segue.Webhooks;

/// <summary>
/// Remembers signed calls for as long as their signatures hold, so that a recorded call that is sent again is not taken again.
/// What a call leads to is named by what it says, so a memory lost, or two at the same instant, do no harm: this keeps noise out.
/// </summary>
internal sealed class SeenCalls(ITableStore store, TimeProvider clock)
{
    /// <summary>How long a call is remembered at least.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(2);

    private const int DaysCleared = 7;

    /// <summary>Whether this call was taken before.</summary>
    /// <param name="source">Whose calls they are.</param>
    /// <param name="call">The call's name: a hash of all that was signed.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<bool> WasSeenAsync(string source, string call, CancellationToken cancellation)
    {
        var today = clock.GetUtcNow();
        for (var day = today; day > today - Kept - TimeSpan.FromDays(1); day = day.AddDays(-1))
        {
            if (await store.GetAsync(Tables.Settings, Partition(source, day), call, cancellation) is not null)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Notes a call, once what it leads to is on its way. The first of a day clears what is too old to matter.</summary>
    public async Task NoteAsync(string source, string call, CancellationToken cancellation)
    {
        var today = clock.GetUtcNow();
        var partition = Partition(source, today);
        var isFirst = (await store.ReadAsync(Tables.Settings, partition, KeyRange.All, null, 1, cancellation)).Rows.Count == 0;
        await store.CommitAsync(Tables.Settings, partition, [RowChange.Upsert(call, new Dictionary<string, object> { ["at"] = today })], cancellation);
        for (var back = 0; isFirst && back < DaysCleared; back++)
        {
            await ClearAsync(Partition(source, today - Kept - TimeSpan.FromDays(1 + back)), cancellation);
        }
    }

    private async Task ClearAsync(string partition, CancellationToken cancellation)
    {
        while (await store.ReadAsync(Tables.Settings, partition, KeyRange.All, null, TableLimits.BatchChanges, cancellation) is { Rows: { Count: > 0 } rows })
        {
            try
            {
                await store.CommitAsync(Tables.Settings, partition, [.. rows.Select(r => RowChange.Delete(r.Key))], cancellation);
            }
            catch (TableConflictException)
            {
                // Another call clears the same day.
                return;
            }
        }
    }

    private static string Partition(string source, DateTimeOffset day) =>
        string.Create(CultureInfo.InvariantCulture, $"seen-{source}-{day.UtcDateTime:yyyyMMdd}");
}
