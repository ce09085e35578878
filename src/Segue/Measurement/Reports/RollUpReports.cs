using System.Globalization;
using Microsoft.Extensions.Logging;
using Segue.Ports;
using Segue.Storage;

namespace Segue.Measurement.Reports;

/// <summary>
/// The timer: adds up the facts of every marked day, shard after shard, then the months, then what is read by who looks. Every
/// row that it writes is a function of the rows below it, so that doing it again, late or in part, does no harm.
/// </summary>
internal sealed class RollUpReports(ITableStore store, TimeProvider clock, ILogger<RollUpReports> logger)
{
    /// <summary>The function's name.</summary>
    public const string Name = "RollUpReports";

    /// <summary>Functions' cron: every quarter of an hour, five minutes past what is due.</summary>
    public const string Schedule = "0 5/15 * * * *";

    /// <summary>Days that the overview shows.</summary>
    private const int HistoryDays = 400;

    private readonly DayMarks _marks = new(store, clock);
    private readonly ReportStore _reports = new(store);

    /// <summary>One tick.</summary>
    public async Task TickAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var marks = await _marks.ReadAsync(cancellation);
        if (marks.Count > 0)
        {
            await RollAsync([.. marks.Select(m => m.Key)], now, cancellation);
            await _marks.ForgetAsync(marks, now, cancellation);
        }
    }

    /// <summary>Makes everything anew from the facts of all days since one.</summary>
    public Task RebuildAsync(DateOnly since, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var days = Enumerable.Range(0, Math.Max(0, today.DayNumber - since.DayNumber + 1))
            .Select(i => since.AddDays(i).ToString("yyyyMMdd", CultureInfo.InvariantCulture)).ToList();
        return days.Count == 0 ? Task.CompletedTask : RollAsync(days, now, cancellation);
    }

    private async Task RollAsync(List<string> days, DateTimeOffset now, CancellationToken cancellation)
    {
        var facts = 0;
        foreach (var day in days)
        {
            var counts = new DayCounts();
            for (var shard = 0; shard < Shards.Count; shard++)
            {
                var partition = $"{day}-{Shards.Text(shard)}";
                await foreach (var row in store.ReadAllAsync(Tables.Facts, partition, KeyRange.All, cancellation))
                {
                    FactCounter.Count(counts, RowJson.Unpack(row, SegueJson.Default.Fact));
                    facts++;
                }
            }

            await _reports.PutDayAsync(day, counts, cancellation);
        }

        await AddUpAsync(days.Min(StringComparer.Ordinal)!, now, cancellation);
        logger.RolledUp(days.Count, facts);
    }

    /// <summary>Months and what is read, after days from one on have changed.</summary>
    private async Task AddUpAsync(string from, DateTimeOffset now, CancellationToken cancellation)
    {
        var firstMonth = from[..6];
        var days = await _reports.DaysFromAsync(firstMonth, cancellation);
        foreach (var month in days.GroupBy(d => d.Key[..6]))
        {
            var counts = new DayCounts();
            foreach (var day in month)
            {
                counts.Add(day.Counts);
            }

            await _reports.PutMonthAsync(month.Key, counts, cancellation);
        }

        var (level, all) = (new DayCounts(), new DayCounts());
        var movements = new List<MonthlyFlow>();
        foreach (var (key, counts) in await _reports.MonthsAsync(cancellation))
        {
            all.Add(counts);
            movements.AddRange(FlowsOf(key, counts));
            if (string.CompareOrdinal(key, firstMonth) < 0)
            {
                level.Add(counts);
            }
        }

        var before = await _reports.OverviewAsync(cancellation);
        var history = (before?.History ?? []).Where(p => string.CompareOrdinal(KeyOf(p.Day), firstMonth) < 0).ToList();
        foreach (var (key, counts) in days)
        {
            level.Add(counts);
            history.Add(PointOf(key, level, counts));
        }

        var journeys = JourneysOf(all, now);
        var overview = new OverviewRow
        {
            RolledUpAt = now,
            Segments = all.Segments,
            Stages = all.Stages,
            Journeys = journeys.ToDictionary(j => j.Key, j => InALine(j.Value)),
            Lately = all.Lately,
            Answers = all.Answers,
            LastOrderAt = all.LastOrderAt,
            History = [.. history.TakeLast(HistoryDays)],
        };
        await _reports.PutCurrentAsync(overview, [.. movements.OrderByDescending(m => m.Month, StringComparer.Ordinal).ThenByDescending(m => m.Customers)], journeys, cancellation);
    }

    private static IEnumerable<MonthlyFlow> FlowsOf(string month, DayCounts counts) => counts.Moves.Select(m =>
    {
        var at = m.Key.IndexOf(DayCounts.Separator, StringComparison.Ordinal);
        return new MonthlyFlow($"{month[..4]}-{month[4..]}", at == 0 ? null : m.Key[..at], m.Key[(at + 1)..], m.Value);
    });

    private static Dictionary<string, JourneyRow> JourneysOf(DayCounts all, DateTimeOffset now)
    {
        var journeys = new Dictionary<string, JourneyRow>(StringComparer.Ordinal);
        JourneyRow Of(string id)
        {
            if (!journeys.TryGetValue(id, out var row))
            {
                journeys.Add(id, row = new() { RolledUpAt = now });
            }

            return row;
        }

        foreach (var (key, cell) in all.Cells)
        {
            Of(Head(key, DayCounts.Separator)).Cells.Add(key, cell);
        }

        foreach (var (key, arm) in all.Arms)
        {
            Of(Head(key, Keys.Separator)).Arms.Add(key, arm);
        }

        foreach (var (key, number) in all.Exits)
        {
            var journey = Head(key, DayCounts.Separator);
            Of(journey).Exits.Add(key[(journey.Length + 1)..], number);
        }

        return journeys;
    }

    private static JourneyCounts InALine(JourneyRow journey)
    {
        int Sum(string kind) => journey.Cells.Values.Sum(c => c.Count(kind));
        return new(
            Math.Max(0, Sum(FactKinds.Entered) - Sum(FactKinds.Exited)), Sum(FactKinds.Sent),
            Sum(FactKinds.Converted) - Sum(FactKinds.ConversionReversed))
        {
            Entered = Sum(FactKinds.Entered) + Sum(FactKinds.Entered + CellCounts.Held),
            Reached = Sum(FactKinds.Converted) - Sum(FactKinds.ConversionReversed)
                + Sum(FactKinds.Converted + CellCounts.Held) - Sum(FactKinds.ConversionReversed + CellCounts.Held),
        };
    }

    private static DayPoint PointOf(string day, DayCounts level, DayCounts counts) => new(
        DateOnly.ParseExact(day, "yyyyMMdd", CultureInfo.InvariantCulture),
        level.Segments.Values.Sum(s => s.Customers),
        level.Segments.Values.Sum(s => s.Orders),
        level.Segments.Values.Sum(s => s.Revenue),
        counts.Cells.Values.Sum(c => c.Count(FactKinds.Sent)),
        level.Segments.Where(s => s.Value.Customers != 0).ToDictionary(s => s.Key, s => s.Value.Customers),
        level.Stages.Where(s => s.Value.Customers != 0).ToDictionary(s => s.Key, s => s.Value.Customers))
    {
        Entered = counts.Cells.Select(c => (Journey: Head(c.Key, DayCounts.Separator), Runs: EnteredIn(c.Value))).Where(c => c.Runs > 0)
            .GroupBy(c => c.Journey, c => c.Runs).ToDictionary(j => j.Key, j => j.Sum()),
    };

    private static int EnteredIn(CellCounts cell) => cell.Count(FactKinds.Entered) + cell.Count(FactKinds.Entered + CellCounts.Held);

    private static string KeyOf(DateOnly day) => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    private static string Head(string key, char separator) => key[..key.IndexOf(separator, StringComparison.Ordinal)];
}
