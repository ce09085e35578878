using Segue.Campaigns;
using Segue.Customers;
using Segue.Messaging;
using Segue.Ports;
using Segue.Products;
using Segue.Recommendations;
using Segue.Storage;

namespace Segue.Segmentation;

/// <summary>WorkShard: one shard of something that concerns all customers.</summary>
internal sealed class ShardWorkHandler(
    ITableStore store, IMessageBus bus, CalibrationRunner calibrations, RecommendationBuilder recommendations, ProductHandler products)
{
    /// <summary>Handles one message.</summary>
    public Task HandleAsync(ShardWork work, CancellationToken cancellation) => work switch
    {
        ScanShard scan => calibrations.ScanAsync(scan, cancellation),
        CompareShard compare => calibrations.CompareAsync(compare, cancellation),
        ApplyToShard apply => calibrations.ApplyAsync(apply.Shard, cancellation),
        EnterExistingOfShard enter => EnterExistingAsync(enter, cancellation),
        EnterScheduledOfShard enter => EnterScheduledAsync(enter, cancellation),
        ResumePaused resume => ResumeAsync(resume.Journey, cancellation),
        CountBaskets count => recommendations.CountAsync(count, cancellation),
        PutProduct put => products.PutAsync(put, cancellation),
        ReleaseProduct release => products.ReleaseAsync(release, cancellation),
        TellInterested tell => products.TellAsync(tell, cancellation),
        _ => throw new PermanentException($"Nobody does {work.GetType().Name}."),
    };

    private async Task EnterExistingAsync(EnterExistingOfShard work, CancellationToken cancellation)
    {
        var messages = new List<BusMessage>();
        await foreach (var row in store.ReadAllAsync(Tables.Summaries, Shards.Text(work.Shard), KeyRange.All, cancellation))
        {
            var summary = RowJson.Unpack(row, SegueJson.Default.SummaryRow);
            if (summary.Standing.IsIn(work.Group))
            {
                var enter = new EnterExisting { CustomerId = summary.CustomerId, Journey = work.Journey, LiveSince = work.LiveSince };
                messages.Add(enter.ToBus($"{row.Key}~enter-existing~{work.Journey}~{work.LiveSince.UtcTicks}"));
            }
        }

        await bus.SendAsync(Queues.Customers, messages, cancellation);
    }

    private async Task EnterScheduledAsync(EnterScheduledOfShard work, CancellationToken cancellation)
    {
        var messages = new List<BusMessage>();
        await foreach (var row in store.ReadAllAsync(Tables.Summaries, Shards.Text(work.Shard), KeyRange.All, cancellation))
        {
            // Time may have moved them since: the customer's own handler has the last word, this one spares most a message.
            var summary = RowJson.Unpack(row, SegueJson.Default.SummaryRow);
            if (work.Group is not { } group || summary.Standing.IsIn(group) || summary.Standing.ChangesAt <= work.At)
            {
                var enter = new EnterScheduled { CustomerId = summary.CustomerId, Journey = work.Journey, At = work.At };
                messages.Add(enter.ToBus($"{row.Key}~enter-scheduled~{work.Journey}~{work.At.UtcTicks}"));
            }
        }

        await bus.SendAsync(Queues.Customers, messages, cancellation);
    }

    private async Task ResumeAsync(string journey, CancellationToken cancellation)
    {
        // Ordered before the pause had ended, and it has not since: whoever is kept stays until the order that comes after its end.
        if (await JourneySwitches.FindAsync(store, journey, cancellation) is { State: SwitchState.Paused })
        {
            return;
        }

        var partition = CustomerCommitter.PausedPartition(journey);
        var rows = new List<Row>();
        await foreach (var row in store.ReadAllAsync(Tables.Due, partition, KeyRange.All, cancellation))
        {
            rows.Add(row);
        }

        foreach (var queue in rows.GroupBy(row => (string)row.Properties["queue"]))
        {
            await bus.SendAsync(
                queue.Key, [.. queue.Select(row => new BusMessage(MessageIds.Of(row.Key), (string)row.Properties["message"]))], cancellation);
        }

        await store.TryDeleteAllAsync(Tables.Due, partition, rows, cancellation);
    }
}
