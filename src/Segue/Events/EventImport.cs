using Segue.Customers;
using Segue.Journeys;
using Segue.Messaging;
using Segue.Orders;
using Segue.Ports;

namespace Segue.Events;

/// <summary>Records many events of one customer at once, as history: they are remembered, end and move, and start nothing.</summary>
public sealed class EventImport
{
    // Each event takes two changes; the rest is for profile, outbox and the journeys that end.
    private const int BatchCapacity = (TableLimits.BatchChanges - 10) / 2;
    private readonly HistoryBatch _batch;
    private readonly EventRecorder _recorder;
    private readonly Reliably _reliably;

    internal EventImport(HistoryBatch batch, EventRecorder recorder, Reliably reliably)
    {
        _batch = batch;
        _recorder = recorder;
        _reliably = reliably;
    }

    /// <summary>Records the events, in as few batches as they fit into. Safe to do again.</summary>
    /// <param name="customerId">Whose events they are.</param>
    /// <param name="facts">What the file says about the customer.</param>
    /// <param name="events">Any number, in any order.</param>
    /// <param name="cancellation">Gives up between two batches.</param>
    public async Task<ImportOutcome> ImportAsync(
        string customerId, CustomerFacts facts, IReadOnlyList<CustomerEvent> events, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(events);
        var outcome = new ImportOutcome();
        foreach (var batch in events.Chunk(BatchCapacity))
        {
            await _reliably.RetryAsync(async c => await ImportBatchAsync(customerId, facts, batch, outcome, c), cancellation);
        }

        return outcome;
    }

    private async ValueTask ImportBatchAsync(
        string customerId, CustomerFacts facts, CustomerEvent[] events, ImportOutcome outcome, CancellationToken cancellation)
    {
        var batch = new ImportOutcome();
        try
        {
            await TryBatchAsync(customerId, facts, events, batch, mayBeKnown: false, cancellation);
        }
        catch (TableConflictException e) when (e.IsAboutEvent())
        {
            batch = new();
            await TryBatchAsync(customerId, facts, events, batch, mayBeKnown: true, cancellation);
        }

        outcome.Add(batch);
    }

    private Task TryBatchAsync(
        string customerId, CustomerFacts facts, CustomerEvent[] events, ImportOutcome outcome, bool mayBeKnown, CancellationToken cancellation) =>
        _batch.RunAsync(customerId, facts, async (work, now) =>
        {
            var changed = false;
            foreach (var fact in events)
            {
                changed |= await RecordAsync(work, fact, now, outcome, mayBeKnown, cancellation);
            }

            return changed;
        }, cancellation);

    private async Task<bool> RecordAsync(
        CustomerWork work, CustomerEvent fact, DateTimeOffset now, ImportOutcome outcome, bool mayBeKnown, CancellationToken cancellation)
    {
        try
        {
            if (await _recorder.RecordAsync(work, fact, mayBeKnown, cancellation))
            {
                CustomerTimeline.Remember(work, fact, now);
                EventReactions.Exit(work, fact, now);
                outcome.Recorded++;
                return true;
            }

            outcome.Duplicates++;
        }
        catch (PermanentException e)
        {
            outcome.Refused.Add((fact.EventId, e.Message));
        }

        return false;
    }
}
