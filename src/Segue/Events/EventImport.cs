using Segue.Campaigns;
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
    private readonly CustomerLoader _loader;
    private readonly CustomerCommitter _committer;
    private readonly CustomerTimeline _timeline;
    private readonly EventRecorder _recorder;
    private readonly OutboxDispatcher _dispatcher;
    private readonly Reliably _reliably;
    private readonly ICampaigns _campaigns;
    private readonly TimeProvider _clock;

    internal EventImport(
        CustomerLoader loader,
        CustomerCommitter committer,
        CustomerTimeline timeline,
        EventRecorder recorder,
        OutboxDispatcher dispatcher,
        Reliably reliably,
        ICampaigns campaigns,
        TimeProvider clock)
    {
        _loader = loader;
        _committer = committer;
        _timeline = timeline;
        _recorder = recorder;
        _dispatcher = dispatcher;
        _reliably = reliably;
        _campaigns = campaigns;
        _clock = clock;
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

        outcome.Recorded += batch.Recorded;
        outcome.Duplicates += batch.Duplicates;
        outcome.Refused.AddRange(batch.Refused);
    }

    private async Task TryBatchAsync(
        string customerId, CustomerFacts facts, CustomerEvent[] events, ImportOutcome outcome, bool mayBeKnown, CancellationToken cancellation)
    {
        var now = _clock.GetUtcNow();
        var work = await _loader.LoadAsync(customerId, await _campaigns.CurrentAsync(cancellation), cancellation);
        Runs.KeepPauses(work);
        _timeline.AdvanceTo(work, now, inclusive: false);
        var contact = work.Profile.Contact.With(facts, refusalStays: true);
        var changed = work.IsNew || !contact.SaysTheSameAs(work.Profile.Contact);
        work.Profile = changed ? work.Profile with { Contact = contact } : work.Profile;
        foreach (var fact in events)
        {
            try
            {
                if (await _recorder.RecordAsync(work, fact, mayBeKnown, cancellation))
                {
                    CustomerTimeline.Remember(work, fact, now);
                    EventReactions.Exit(work, fact, now);
                    outcome.Recorded++;
                    changed = true;
                }
                else
                {
                    outcome.Duplicates++;
                }
            }
            catch (PermanentException e)
            {
                outcome.Refused.Add((fact.EventId, e.Message));
            }
        }

        if (changed)
        {
            CustomerTimeline.Evaluate(work, now, startsJourneys: false);
            _timeline.AdvanceTo(work, now, inclusive: true);
            await _committer.CommitAsync(work, cancellation);
        }

        await _dispatcher.DispatchLeftoversAsync(work, cancellation);
    }
}
