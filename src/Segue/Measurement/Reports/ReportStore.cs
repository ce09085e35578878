using System.Text.Json.Serialization.Metadata;
using Segue.Ports;
using Segue.Storage;

namespace Segue.Measurement.Reports;

/// <summary>The rows of Reports: days, months, and what is read by who looks.</summary>
internal sealed class ReportStore(ITableStore store)
{
    private const string Days = "days";
    private const string Months = "months";
    private const string Current = "current";
    private const string OverviewKey = "0-overview";
    private const string MovementsKey = "0-movements";
    private const string JourneyPrefix = "journey-";

    /// <summary>The overview; null before the first roll-up. One row.</summary>
    public Task<OverviewRow?> OverviewAsync(CancellationToken cancellation) =>
        GetAsync(OverviewKey, SegueJson.Default.OverviewRow, cancellation);

    /// <summary>A journey's figures; null where nothing has happened in it. One row.</summary>
    public Task<JourneyRow?> JourneyAsync(string journey, CancellationToken cancellation) =>
        GetAsync(JourneyPrefix + journey, SegueJson.Default.JourneyRow, cancellation);

    /// <summary>The moves between segments. One row.</summary>
    public async Task<IReadOnlyList<MonthlyFlow>> MovementsAsync(CancellationToken cancellation) =>
        await GetAsync(MovementsKey, SegueJson.Default.ListMonthlyFlow, cancellation) ?? [];

    /// <summary>The figures of all journeys, by id. A row a journey.</summary>
    public async Task<Dictionary<string, JourneyRow>> JourneysAsync(CancellationToken cancellation)
    {
        var journeys = new Dictionary<string, JourneyRow>(StringComparer.Ordinal);
        await foreach (var row in store.ReadAllAsync(Tables.Reports, Current, KeyRange.Prefix(JourneyPrefix), cancellation))
        {
            journeys.Add(row.Key[JourneyPrefix.Length..], RowJson.Unpack(row, SegueJson.Default.JourneyRow));
        }

        return journeys;
    }

    /// <summary>Puts what is read by who looks.</summary>
    public Task PutCurrentAsync(
        OverviewRow overview, List<MonthlyFlow> movements, IReadOnlyDictionary<string, JourneyRow> journeys, CancellationToken cancellation)
    {
        var rows = journeys.Select(j => RowChange.Upsert(JourneyPrefix + j.Key, RowJson.Pack(j.Value, SegueJson.Default.JourneyRow)))
            .Append(RowChange.Upsert(MovementsKey, RowJson.Pack(movements, SegueJson.Default.ListMonthlyFlow)))
            .Append(RowChange.Upsert(OverviewKey, RowJson.Pack(overview, SegueJson.Default.OverviewRow)));
        return PutEachAsync(rows, cancellation);
    }

    /// <summary>Puts what a day came to.</summary>
    public Task PutDayAsync(string day, DayCounts counts, CancellationToken cancellation) => PutAsync(Days, day, counts, cancellation);

    /// <summary>Puts what a month came to.</summary>
    public Task PutMonthAsync(string month, DayCounts counts, CancellationToken cancellation) => PutAsync(Months, month, counts, cancellation);

    /// <summary>The days from one on, in order.</summary>
    public Task<List<(string Key, DayCounts Counts)>> DaysFromAsync(string day, CancellationToken cancellation) =>
        ReadAsync(Days, new(day, null), cancellation);

    /// <summary>All months, in order.</summary>
    public Task<List<(string Key, DayCounts Counts)>> MonthsAsync(CancellationToken cancellation) =>
        ReadAsync(Months, KeyRange.All, cancellation);

    private async Task<T?> GetAsync<T>(string key, JsonTypeInfo<T> type, CancellationToken cancellation)
        where T : class
    {
        var row = await store.GetAsync(Tables.Reports, Current, key, cancellation);
        return row is null ? null : RowJson.Unpack(row, type);
    }

    private async Task<List<(string Key, DayCounts Counts)>> ReadAsync(string partition, KeyRange range, CancellationToken cancellation)
    {
        var all = new List<(string, DayCounts)>();
        await foreach (var row in store.ReadAllAsync(Tables.Reports, partition, range, cancellation))
        {
            all.Add((row.Key, RowJson.Unpack(row, SegueJson.Default.DayCounts)));
        }

        return all;
    }

    /// <summary>A row at a time: each may be nearly as large as a batch.</summary>
    private async Task PutEachAsync(IEnumerable<RowChange> rows, CancellationToken cancellation)
    {
        foreach (var row in rows)
        {
            await store.CommitAsync(Tables.Reports, Current, [row], cancellation);
        }
    }

    private async Task PutAsync(string partition, string key, DayCounts counts, CancellationToken cancellation) => await store.CommitAsync(
        Tables.Reports, partition, [RowChange.Upsert(key, RowJson.Pack(counts, SegueJson.Default.DayCounts))], cancellation);
}
