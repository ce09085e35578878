using Microsoft.Extensions.Logging;
using Segue.Messaging;
using Segue.Ports;
using Segue.Storage;

namespace Segue.Segmentation;

/// <summary>
/// The timer: reads what is due before its next tick and schedules the message of each moment for the exact second. Late or
/// run twice it does no harm: a wake-up for nothing changes nothing.
/// </summary>
internal sealed class RecomputeSegments(
    ITableStore store, IMessageBus bus, TimeProvider clock, ILogger<RecomputeSegments> logger)
{
    private const int HoursBack = 2;
    private const int CatchUpHours = 24;

    /// <summary>
    /// Says from when on there can be anything due, so that the first tick, however long after, begins there. Changes nothing
    /// where that is known.
    /// </summary>
    public static async Task BeginAsync(ITableStore store, DateTimeOffset now, CancellationToken cancellation)
    {
        if (await store.GetAsync(Tables.Settings, Cursor, Cursor, cancellation) is null)
        {
            await store.CommitAsync(Tables.Settings, Cursor, [RowChange.Upsert(Cursor, At(now))], cancellation);
        }
    }

    /// <summary>One tick.</summary>
    public async Task TickAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var horizon = Ticks.CoveredFrom(now);
        var last = await LastTickAsync(store, cancellation);
        var first = last is { } before && before < now ? before : now;
        var (rows, hours, oldest) = (0, 0, TimeSpan.Zero);
        for (var hour = FirstHour(first, now); hour < horizon; hour = hour.AddHours(1))
        {
            hours++;
            var name = DueMoment.HourOf(hour);
            for (var shard = 0; shard < Shards.Count; shard++)
            {
                var (scheduled, late) = await ScheduleAsync(DueMoment.Partition(name, shard), now, horizon, cancellation);
                rows += scheduled;
                oldest = late > oldest ? late : oldest;
            }

            if (hours % CatchUpHours == 0 && hour < now - TimeSpan.FromHours(CatchUpHours))
            {
                // A tick that has weeks to make up for may not live to its end: the next goes on from here.
                await store.CommitAsync(Tables.Settings, Cursor, [RowChange.Upsert(Cursor, At(hour))], cancellation);
            }
        }

        Telemetry.FoundDue(oldest);
        await store.CommitAsync(Tables.Settings, Cursor, [RowChange.Upsert(Cursor, At(now))], cancellation);
        logger.Ticked(rows, horizon, hours);
    }

    private const string Cursor = "tick";

    private static Dictionary<string, object> At(DateTimeOffset moment) => new() { ["at"] = moment };

    /// <summary>
    /// The hour to begin with: that of the tick before. The first tick of an hour goes further back, for rows that a slow
    /// handler or a slow clock wrote into hours that had just closed.
    /// </summary>
    private static DateTimeOffset FirstHour(DateTimeOffset first, DateTimeOffset now)
    {
        var hour = new DateTimeOffset(first.UtcTicks / TimeSpan.TicksPerHour * TimeSpan.TicksPerHour, TimeSpan.Zero);
        return now - hour < TimeSpan.FromHours(1) ? hour : hour.AddHours(-HoursBack);
    }

    /// <summary>The tick before, so that one that comes after a long outage begins where that left off.</summary>
    public static async Task<DateTimeOffset?> LastTickAsync(ITableStore store, CancellationToken cancellation) =>
        (await store.GetAsync(Tables.Settings, Cursor, Cursor, cancellation))?.Properties["at"] as DateTimeOffset?;

    private async Task<(int Scheduled, TimeSpan Late)> ScheduleAsync(
        string partition, DateTimeOffset now, DateTimeOffset horizon, CancellationToken cancellation)
    {
        var (scheduled, late) = (0, TimeSpan.Zero);
        string? continuation = null;
        do
        {
            var page = await store.ReadAsync(Tables.Due, partition, KeyRange.All, continuation, cancellation: cancellation);
            var due = page.Rows.Where(row => (DateTimeOffset)row.Properties["at"] < horizon).ToList();
            continuation = page.Continuation;
            if (due.Count > 0)
            {
                await SendAsync(due, now, cancellation);
                await store.TryDeleteAllAsync(Tables.Due, partition, due, cancellation);
                late = due.Select(row => now - (DateTimeOffset)row.Properties["at"]).Append(late).Max();
                scheduled += due.Count;
            }
        }
        while (continuation is not null);
        return (scheduled, late);
    }

    private async Task SendAsync(List<Row> due, DateTimeOffset now, CancellationToken cancellation)
    {
        foreach (var queue in due.GroupBy(row => (string)row.Properties["queue"]))
        {
            await bus.SendAsync(queue.Key, [.. queue.Select(row => Message(row, now))], cancellation);
        }
    }

    private static BusMessage Message(Row row, DateTimeOffset now)
    {
        var at = (DateTimeOffset)row.Properties["at"];
        return new(MessageIds.Of(row.Key), (string)row.Properties["message"], at > now ? at : null);
    }
}
