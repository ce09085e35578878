using Segue.Ports;
using TableNames = Segue.Storage.Tables;

namespace Segue.Functions.Hosting;

/// <summary>
/// One timer's run: taken by one instance at a time, and remembered with how it ended. The row is the one in which a program on
/// one machine remembers its timers.
/// </summary>
/// <remarks>
/// The lease saves work and keeps nothing right: ticks are idempotent, so that one which outlasts its lease may overlap the next.
/// </remarks>
internal sealed class TimerLease
{
    private const string Partition = "timers";
    private const string Until = "leaseUntil";
    private const string Failures = "failures";
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(10);

    private readonly ITableStore _store;
    private readonly string _timer;
    private readonly Dictionary<string, object> _row;
    private string _etag;

    private TimerLease(ITableStore store, string timer, Dictionary<string, object> row, string etag) =>
        (_store, _timer, _row, _etag) = (store, timer, row, etag);

    /// <summary>The lease, or null while another instance has it.</summary>
    public static async Task<TimerLease?> TryTakeAsync(
        ITableStore store, string timer, DateTimeOffset now, CancellationToken cancellation)
    {
        var found = await store.GetAsync(TableNames.Settings, Partition, timer, cancellation);
        if (found?.Properties.GetValueOrDefault(Until) is DateTimeOffset until && until > now)
        {
            return null;
        }

        var row = new Dictionary<string, object>(found?.Properties ?? new Dictionary<string, object>()) { [Until] = now + Length };
        try
        {
            var change = found is null ? RowChange.Insert(timer, row) : RowChange.Replace(timer, row, found.ETag);
            var etags = await store.CommitAsync(TableNames.Settings, Partition, [change], cancellation);
            return new(store, timer, row, etags[0]!);
        }
        catch (TableConflictException)
        {
            return null;
        }
    }

    /// <summary>Notes a run that did its work, and gives the lease back.</summary>
    public Task DoneAsync(DateTimeOffset began, CancellationToken cancellation) =>
        EndAsync(new() { ["ranAt"] = began, [Failures] = 0 }, cancellation);

    /// <summary>Notes a run that failed, and gives the lease back, so that it can be tried again.</summary>
    public Task FailedAsync(DateTimeOffset at, string error, CancellationToken cancellation) => EndAsync(
        new() { ["failedAt"] = at, ["error"] = error, [Failures] = (_row.GetValueOrDefault(Failures) as int? ?? 0) + 1 }, cancellation);

    private async Task EndAsync(Dictionary<string, object> ended, CancellationToken cancellation)
    {
        var row = new Dictionary<string, object>(_row);
        row.Remove(Until);
        foreach (var (name, value) in ended)
        {
            row[name] = value;
        }

        try
        {
            _etag = (await _store.CommitAsync(TableNames.Settings, Partition, [RowChange.Replace(_timer, row, _etag)], cancellation))[0]!;
        }
        catch (TableConflictException)
        {
            // The run outlasted its lease, and somebody else has it now: theirs is the newer word.
        }
    }
}
