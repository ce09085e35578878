using System.Collections.Concurrent;
using System.Globalization;
using Segue.Ports;
using Segue.Storage;

namespace Segue.Measurement.Reports;

/// <summary>
/// The days whose facts are not all in the reports: partition <c>marks</c>. Whoever writes a fact marks its day after it; a
/// mark is good for the facts of a while, so that it costs next to nothing.
/// </summary>
internal sealed class DayMarks(ITableStore store, TimeProvider clock)
{
    /// <summary>How long after a mark its writer may leave the next one out.</summary>
    private static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(4);

    /// <summary>How old a mark must be for a roll-up that begins now to take it away; the difference is for clocks that differ.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(9);

    private const string Partition = "marks";
    private const string At = "at";

    private readonly ConcurrentDictionary<string, DateTimeOffset> _marked = new(StringComparer.Ordinal);

    /// <summary>Facts of that day have been written.</summary>
    public async Task MarkAsync(DateTimeOffset day, CancellationToken cancellation)
    {
        var (key, now) = (KeyOf(day), clock.GetUtcNow());
        if (_marked.TryGetValue(key, out var at) && now >= at && now - at < GoodFor)
        {
            return;
        }

        await store.CommitAsync(
            Tables.Reports, Partition, [RowChange.Upsert(key, new Dictionary<string, object> { [At] = now })], cancellation);
        if (_marked.Count > 100)
        {
            _marked.Clear();
        }

        _marked[key] = now;
    }

    /// <summary>The marks that are there.</summary>
    public async Task<List<Row>> ReadAsync(CancellationToken cancellation)
    {
        var rows = new List<Row>();
        await foreach (var row in store.ReadAllAsync(Tables.Reports, Partition, KeyRange.All, cancellation))
        {
            rows.Add(row);
        }

        return rows;
    }

    /// <summary>Takes away the marks that a roll-up begun at a moment has dealt with for good.</summary>
    public Task ForgetAsync(IEnumerable<Row> marks, DateTimeOffset begun, CancellationToken cancellation) =>
        store.TryDeleteAllAsync(Tables.Reports, Partition, marks.Where(m => (DateTimeOffset)m.Properties[At] + Settled < begun), cancellation);

    /// <summary>The day as a key: yyyyMMdd (UTC).</summary>
    public static string KeyOf(DateTimeOffset day) => day.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
}
