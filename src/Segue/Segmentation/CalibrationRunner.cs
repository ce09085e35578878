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
        var sketch = await ScanAllAsync(now, null, cancellation);
        if (sketch.LookAgainAsOf(now) is { } asOf)
        {
            sketch = await ScanAllAsync(now, asOf, cancellation);
        }

        var made = sketch.ToCalibration(IdOf(now), now, initial, await calibrations.CurrentAsync(cancellation));
        if (await ComparedWithAsync(made, cancellation) is not { } against)
        {
            return await PublishAsync(made, cancellation);
        }

        await calibrations.KeepAsync(made, cancellation);
        var evaluator = (await campaigns.CurrentAsync(cancellation)).Set.Evaluator;
        var parts = new List<CalibrationComparison>();
        for (var shard = 0; shard < Shards.Count; shard++)
        {
            parts.Add(await CalibrationComparison.OfShardAsync(store, evaluator, against, made, shard, cancellation));
        }

        await DecideAsync(made, CalibrationComparison.Merge(parts), cancellation);
        return made;
    }

    /// <summary>Adds up one shard; whoever completes the parts publishes, or has what it would change counted first.</summary>
    public async Task ScanAsync(ScanShard work, CancellationToken cancellation)
    {
        var parts = calibrations.PartsOf(work.CalibrationId, work.AsOf);
        await parts.PutAsync(work.Shard, await ScanAsync(work.Shard, work.At, work.AsOf, cancellation), cancellation);
        if (await parts.AllAsync(cancellation) is not { } all)
        {
            return;
        }

        var merged = all[0];
        foreach (var other in all.Skip(1))
        {
            merged.Merge(other);
        }

        if (merged.LookAgainAsOf(work.At) is { } asOf)
        {
            await SendAsync(shard => work with { Shard = shard, AsOf = asOf, Retries = 0 }, null, cancellation);
            await parts.DropAsync(cancellation);
            return;
        }

        var made = merged.ToCalibration(work.CalibrationId, work.At, work.Initial, await calibrations.CurrentAsync(cancellation));
        if (await ComparedWithAsync(made, cancellation) is { } against)
        {
            await calibrations.KeepAsync(made, cancellation);
            await SendAsync(shard => new CompareShard { Shard = shard, CalibrationId = made.Id, Against = against.Id }, null, cancellation);
        }
        else
        {
            await PublishAsync(made, cancellation);
        }

        await parts.DropAsync(cancellation);
    }

    /// <summary>Counts whom a calibration would move in one shard; whoever completes the parts publishes it or lets it wait.</summary>
    public async Task CompareAsync(CompareShard work, CancellationToken cancellation)
    {
        var parts = calibrations.MovesOf(work.CalibrationId, work.Against);
        if (await calibrations.ComparisonAsync(work.CalibrationId, cancellation) is null)
        {
            var made = await FindAsync(work.CalibrationId, cancellation);
            var against = await FindAsync(work.Against, cancellation);
            var evaluator = (await campaigns.CurrentAsync(cancellation)).Set.Evaluator;
            await parts.PutAsync(work.Shard, await CalibrationComparison.OfShardAsync(store, evaluator, against, made, work.Shard, cancellation), cancellation);
            if (await parts.AllAsync(cancellation) is not { } all)
            {
                return;
            }

            await DecideAsync(made, CalibrationComparison.Merge([.. all]), cancellation);
        }

        // A message that comes again finds the comparison made, and leaves no part behind.
        await parts.DropAsync(cancellation);
    }

    /// <summary>All calibrations, newest first.</summary>
    public Task<IReadOnlyList<CalibrationVersion>> VersionsAsync(CancellationToken cancellation) => calibrations.VersionsAsync(cancellation);

    /// <summary>Puts a calibration that is kept in force, and has it applied: approves one that waits, or goes back to an earlier one.</summary>
    /// <exception cref="CalibrationNotFoundException">There is none of that id.</exception>
    public async Task<Calibration> PutInForceAsync(string id, string by, CancellationToken cancellation)
    {
        var found = await calibrations.FindAsync(id, cancellation) ?? throw new CalibrationNotFoundException($"There is no calibration '{id}'.");
        if ((await calibrations.CurrentAsync(cancellation))?.Id != id)
        {
            await ApplyEverywhereAsync(cancellation);
            await calibrations.PutInForceAsync(id, by, cancellation);
            campaigns.Invalidate();
            logger.Calibrated(found.Id, found.Customers, found.Buyers);
        }

        return found;
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
            if (!answer.SaysTheSameAs(summary.Standing) || summary.Summary.Events?.Covers(trackers) == false || HoldsOtherwise(summary.Summary, state)
                || summary.Summary.Purchases is { Orders: > 0, PurchaseDays: 0 })
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

    /// <summary>The calibration in force that a new one must be compared with before it counts; null if it counts at once.</summary>
    private async Task<Calibration?> ComparedWithAsync(Calibration made, CancellationToken cancellation)
    {
        var unasked = (await campaigns.CurrentAsync(cancellation)).Set.Settings.CalibrationApproval >= 1;
        return made.Initial || unasked ? null : await calibrations.CurrentAsync(cancellation);
    }

    private async Task DecideAsync(Calibration made, CalibrationComparison comparison, CancellationToken cancellation)
    {
        if (comparison.Share > (await campaigns.CurrentAsync(cancellation)).Set.Settings.CalibrationApproval)
        {
            await calibrations.HoldAsync(made.Id, cancellation);
            logger.CalibrationWaits(made.Id, comparison.Moved, comparison.Customers);
        }
        else
        {
            await PublishAsync(made, cancellation);
        }

        // Last, because with it the decision counts as made.
        await calibrations.KeepAsync(comparison, cancellation);
    }

    private async Task<Calibration> FindAsync(string id, CancellationToken cancellation) =>
        await calibrations.FindAsync(id, cancellation) ?? throw new PermanentException($"There is no calibration '{id}'.");

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

    private async Task<CalibrationSketch> ScanAllAsync(DateTimeOffset at, DateTimeOffset? asOf, CancellationToken cancellation)
    {
        var sketch = await ScanAsync(0, at, asOf, cancellation);
        for (var shard = 1; shard < Shards.Count; shard++)
        {
            sketch.Merge(await ScanAsync(shard, at, asOf, cancellation));
        }

        return sketch;
    }

    private async Task<CalibrationSketch> ScanAsync(int shard, DateTimeOffset at, DateTimeOffset? asOf, CancellationToken cancellation)
    {
        var set = (await campaigns.CurrentAsync(cancellation)).Set;
        var sketch = set.Evaluator.NewSketch(set.Journeys.Values.SelectMany(journey => journey.Rules), asOf);
        await foreach (var row in store.ReadAllAsync(Tables.Summaries, Shards.Text(shard), KeyRange.All, cancellation))
        {
            var summary = RowJson.Unpack(row, SegueJson.Default.SummaryRow);
            sketch.Add(summary.Summary, at, summary.CustomerId);
        }

        return sketch;
    }

    private Task SendAsync(Func<int, ShardWork> work, DateTimeOffset? at, CancellationToken cancellation) =>
        bus.SendAsync(Queues.ShardWork, [.. Enumerable.Range(0, Shards.Count).Select(shard => ShardMessages.Of(work(shard), at))], cancellation);

    /// <summary>Whether the customer is in other ranks than was kept, which decides when they leave them.</summary>
    private static bool HoldsOtherwise(CustomerSummary customer, CampaignState state) =>
        state.Calibration is { } calibration
        && !(state.Set.Evaluator.RanksOf(customer, calibration) ?? []).SequenceEqual(customer.Held?.Ranks ?? []);

    private static string IdOf(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture);

    private static BusMessage Wake(string customerId, DateTimeOffset now, string cause) =>
        new WakeUp { CustomerId = customerId, At = now, Why = $"in force: {cause}" }
            .ToBus($"{Keys.Escape(customerId)}~in-force~{cause}");
}
