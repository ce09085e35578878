using System.Globalization;
using Microsoft.Extensions.Logging;
using Segue.Campaigns;
using Segue.Customers;
using Segue.Messaging;
using Segue.Ports;
using Segue.Storage;

namespace Segue.Segmentation;

/// <summary>
/// Makes calibrations: every shard's summaries are added up on their own, the parts merged and published, and then every
/// shard is looked through for customers whose answer has changed.
/// </summary>
internal sealed class CalibrationRunner(
    ITableStore store,
    IMessageBus bus,
    ICampaigns campaigns,
    CalibrationStore calibrations,
    TimeProvider clock,
    ILogger<CalibrationRunner> logger)
{
    /// <summary>Functions' cron: Mondays at 03:00 UTC.</summary>
    public const string Schedule = "0 0 3 * * 1";

    /// <summary>
    /// How long after publishing the shards are looked through: by then no handler that begins can still hold what was in
    /// force before.
    /// </summary>
    public static readonly TimeSpan Settling = CampaignCatalog.MaxAge * 3;

    /// <summary>Sends the shards their work. The timer does this, and lets the queue do the rest.</summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var initial = (await campaigns.CurrentAsync(cancellation)).Calibration is null;
        await SendAsync(shard => new ScanShard { Shard = shard, CalibrationId = IdOf(now), At = now, Initial = initial }, null, cancellation);
    }

    /// <summary>Makes a calibration here and now, and has it applied: what a command or the end of an import does.</summary>
    public async Task<Calibration> RunAsync(bool initial, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var sketch = await ScanAsync(0, now, cancellation);
        for (var shard = 1; shard < Shards.Count; shard++)
        {
            sketch.Merge(await ScanAsync(shard, now, cancellation));
        }

        return await PublishAsync(sketch.ToCalibration(IdOf(now), now, initial), cancellation);
    }

    /// <summary>Adds up one shard; whoever completes the parts publishes.</summary>
    public async Task ScanAsync(ScanShard work, CancellationToken cancellation)
    {
        await calibrations.PutPartAsync(work.CalibrationId, work.Shard, await ScanAsync(work.Shard, work.At, cancellation), cancellation);
        if (await calibrations.MergePartsAsync(work.CalibrationId, cancellation) is { } merged)
        {
            await PublishAsync(merged.ToCalibration(work.CalibrationId, work.At, work.Initial), cancellation);
            await calibrations.DropPartsAsync(work.CalibrationId, cancellation);
        }
    }

    /// <summary>Wakes whoever's answer has changed, and writes a Due row for whoever's next change comes earlier.</summary>
    public async Task ApplyAsync(int shard, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var state = await campaigns.CurrentAsync(cancellation);
        var (customers, woken) = (0, 0);
        var trackers = state.Set.TrackersWith([]);
        var wakes = new List<BusMessage>();
        var dues = new List<DueMoment>();
        await foreach (var row in store.ReadAllAsync(Tables.Summaries, Shards.Text(shard), KeyRange.All, cancellation))
        {
            customers++;
            var summary = RowJson.Unpack(row, SegueJson.Default.SummaryRow);
            if (summary.CalibrationId == state.Calibration?.Id && summary.SegmentsVersion == state.Set.SegmentsVersion)
            {
                continue;
            }

            var answer = state.Set.Evaluator.Evaluate(summary.Summary, state.Calibration, now);
            if (!answer.SaysTheSameAs(summary.Standing) || summary.Summary.Events?.Covers(trackers) == false)
            {
                woken++;
                wakes.Add(Wake(summary.CustomerId, now, state.Calibration?.Id ?? state.Set.SegmentsVersion));
            }
            else if (answer.ChangesAt is { } changesAt && !(summary.Standing.ChangesAt <= changesAt))
            {
                dues.Add(new(changesAt, Queues.Customers, "evaluate", new WakeUp { CustomerId = summary.CustomerId, At = changesAt, Why = "evaluate" }));
            }
        }

        await bus.SendAsync(Queues.Customers, [.. wakes, .. dues.Where(d => d.At < Ticks.CoveredFrom(now)).Select(d => d.ToMessage(now))], cancellation);
        foreach (var hour in dues.GroupBy(d => d.PartitionAt(now)))
        {
            await store.UpsertAllAsync(Tables.Due, hour.Key, hour.Select(d => RowChange.Upsert(d.Key, d.ToProperties())), cancellation);
        }

        logger.Applied(shard, woken, customers);
    }

    /// <summary>Has every shard looked through once what is in force has settled.</summary>
    public Task ApplyEverywhereAsync(CancellationToken cancellation) =>
        SendAsync(shard => new ApplyToShard { Shard = shard }, clock.GetUtcNow() + Settling, cancellation);

    private async Task<Calibration> PublishAsync(Calibration calibration, CancellationToken cancellation)
    {
        // First the order to look at everyone, which waits until this has settled: a process that ends in between leaves
        // nothing in force that nobody applies.
        await ApplyEverywhereAsync(cancellation);
        await calibrations.PublishAsync(calibration, cancellation);
        campaigns.Invalidate();
        logger.Calibrated(calibration.Id, calibration.Customers, calibration.Buyers);
        return calibration;
    }

    private async Task<CalibrationSketch> ScanAsync(int shard, DateTimeOffset at, CancellationToken cancellation)
    {
        var set = (await campaigns.CurrentAsync(cancellation)).Set;
        var sketch = set.Evaluator.NewSketch(set.Journeys.Values.SelectMany(journey => journey.Rules));
        await foreach (var row in store.ReadAllAsync(Tables.Summaries, Shards.Text(shard), KeyRange.All, cancellation))
        {
            sketch.Add(RowJson.Unpack(row, SegueJson.Default.SummaryRow).Summary, at);
        }

        return sketch;
    }

    private Task SendAsync(Func<int, ShardWork> work, DateTimeOffset? at, CancellationToken cancellation) =>
        bus.SendAsync(Queues.ShardWork, [.. Enumerable.Range(0, Shards.Count).Select(shard => ShardMessages.Of(work(shard), at))], cancellation);

    private static string IdOf(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture);

    private static BusMessage Wake(string customerId, DateTimeOffset now, string cause) =>
        new WakeUp { CustomerId = customerId, At = now, Why = $"in force: {cause}" }
            .ToBus($"{Keys.Escape(customerId)}~in-force~{cause}");
}
