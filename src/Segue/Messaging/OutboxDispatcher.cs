using Segue.Calls;
using Segue.Campaigns;
using Segue.Customers;
using Segue.Email.Suppression;
using Segue.Measurement;
using Segue.Measurement.Reports;
using Segue.Offers;
using Segue.Ports;
using Segue.Products;
using Segue.Storage;

namespace Segue.Messaging;

/// <summary>Sends a batch's effects out, and then forgets them. Every effect is named, so doing it again changes nothing.</summary>
internal sealed class OutboxDispatcher(
    ITableStore store, IMessageBus bus, ICampaigns campaigns, AddressBook addresses, TimeProvider clock)
{
    private readonly DayMarks _marks = new(store, clock);

    /// <summary>How long after its batch an outbox may wait for the handler that wrote it, before a tick looks.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Dispatches what earlier handlers left. Done at a handler's end, and only of what is still there: a handler that was
    /// called by an outbox's own message often meets the row that its sender is just about to remove.
    /// </summary>
    public async Task DispatchLeftoversAsync(CustomerWork work, CancellationToken cancellation)
    {
        foreach (var (key, outbox) in work.Leftovers)
        {
            if (await store.GetAsync(Tables.Customers, CustomerRows.Partition(work.CustomerId), key, cancellation) is not null)
            {
                await DispatchAsync(work.CustomerId, key, outbox, cancellation);
            }
        }
    }

    /// <summary>Dispatches one outbox and removes its row.</summary>
    public async Task DispatchAsync(string customerId, string key, Outbox outbox, CancellationToken cancellation)
    {
        foreach (var queue in outbox.Messages.GroupBy(m => m.Queue, m => m.Message))
        {
            await bus.SendAsync(queue.Key, [.. queue], cancellation);
        }

        var facts = outbox.Facts.Select(f => RowChange.Upsert(FactRows.Key(f), RowJson.Pack(f, SegueJson.Default.Fact)));
        await store.UpsertAllAsync(Tables.Facts, FactRows.Partition(outbox.CommittedAt, customerId), facts.DistinctBy(f => f.Key), cancellation);
        if (outbox.Facts.Count > 0)
        {
            await _marks.MarkAsync(outbox.CommittedAt, cancellation);
        }

        foreach (var code in outbox.Codes ?? [])
        {
            await CodeIndex.NoteAsync(store, customerId, code, cancellation);
        }

        foreach (var interest in outbox.Interests ?? [])
        {
            var partition = Interest.Partition(interest.Of, Shards.Of(customerId));
            await store.CommitAsync(Tables.Interest, partition, [interest.ToRow(customerId)], cancellation);
        }

        foreach (var call in outbox.Calls ?? [])
        {
            await CallRows.ApplyAsync(store, call, cancellation);
        }

        if (outbox.Addresses is { } changed)
        {
            await addresses.ApplyAsync(customerId, changed, cancellation);
        }

        if (outbox.Summary is { } summary)
        {
            await WriteSummaryAsync(summary, cancellation);
        }

        await WakeIfOvertakenAsync(customerId, outbox, cancellation);
        await store.TryDeleteAsync(Tables.Customers, CustomerRows.Partition(customerId), key, cancellation: cancellation);
    }

    private async Task WriteSummaryAsync(SummaryRow summary, CancellationToken cancellation)
    {
        var partition = Shards.Text(Shards.Of(summary.CustomerId));
        var key = Keys.Escape(summary.CustomerId);
        var properties = RowJson.Pack(summary, SegueJson.Default.SummaryRow);
        while (true)
        {
            var existing = await store.GetAsync(Tables.Summaries, partition, key, cancellation);
            if (existing is not null && RowJson.Unpack(existing, SegueJson.Default.SummaryRow).Sequence >= summary.Sequence)
            {
                return;
            }

            try
            {
                await store.CommitAsync(
                    Tables.Summaries,
                    partition,
                    [existing is null ? RowChange.Insert(key, properties) : RowChange.Replace(key, properties, existing.ETag)],
                    cancellation);
                return;
            }
            catch (TableConflictException)
            {
                // Another outbox of the same customer came in between; look whose sequence is higher.
            }
        }
    }

    /// <summary>
    /// What came into force while this batch was on its way may have been applied to all customers before the summary
    /// could be seen: then the customer looks again.
    /// </summary>
    private async Task WakeIfOvertakenAsync(string customerId, Outbox outbox, CancellationToken cancellation)
    {
        if (outbox.Summary is null && outbox.HeldJourneys.Count == 0)
        {
            return;
        }

        var state = await campaigns.CurrentAsync(cancellation);
        var overtaken = outbox.Summary is { } s
            && (s.CalibrationId != state.Calibration?.Id || s.SegmentsVersion != state.Set.SegmentsVersion);
        var resumed = outbox.HeldJourneys.Any(j => state.PausesOf(j) is not [.., { Until: null }]);
        if (overtaken || resumed)
        {
            var wake = new WakeUp { CustomerId = customerId, At = clock.GetUtcNow(), Why = overtaken ? "overtaken" : "resumed" };
            await bus.SendAsync(
                Queues.Customers,
                [wake.ToBus($"{Keys.Escape(customerId)}~{wake.Why}")],
                cancellation);
        }
    }
}
