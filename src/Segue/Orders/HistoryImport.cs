using Segue.Campaigns;
using Segue.Customers;
using Segue.Journeys;
using Segue.Messaging;
using Segue.Ports;

namespace Segue.Orders;

/// <summary>What became of some orders of one customer.</summary>
public sealed class ImportOutcome
{
    /// <summary>Orders now recorded: new, or newer than what was there.</summary>
    public int Recorded { get; internal set; }

    /// <summary>Money of the recorded ones, returns subtracted, in the shop's currency.</summary>
    public decimal Revenue { get; internal set; }

    /// <summary>Orders that were known, with the same content or a newer one.</summary>
    public int Duplicates { get; internal set; }

    /// <summary>Orders that contradict what is recorded: id and reason.</summary>
    public List<(string OrderId, string Reason)> Refused { get; } = [];
}

/// <summary>Records many orders of one customer at once, as history: they count, end and reach, and start nothing.</summary>
public sealed class HistoryImport
{
    private const int BatchCapacity = TableLimits.BatchChanges - 3;
    private readonly CustomerLoader _loader;
    private readonly CustomerCommitter _committer;
    private readonly CustomerTimeline _timeline;
    private readonly OrderRecorder _recorder;
    private readonly OrderClaims _claims;
    private readonly OutboxDispatcher _dispatcher;
    private readonly Reliably _reliably;
    private readonly ICampaigns _campaigns;
    private readonly TimeProvider _clock;

    internal HistoryImport(
        CustomerLoader loader,
        CustomerCommitter committer,
        CustomerTimeline timeline,
        OrderRecorder recorder,
        OrderClaims claims,
        OutboxDispatcher dispatcher,
        Reliably reliably,
        ICampaigns campaigns,
        TimeProvider clock)
    {
        _loader = loader;
        _committer = committer;
        _timeline = timeline;
        _recorder = recorder;
        _claims = claims;
        _dispatcher = dispatcher;
        _reliably = reliably;
        _campaigns = campaigns;
        _clock = clock;
    }

    /// <summary>Records the orders, in as few batches as they fit into. Safe to do again.</summary>
    /// <param name="customerId">Whose orders they are.</param>
    /// <param name="facts">What the file says about the customer.</param>
    /// <param name="orders">Any number, best in order of time.</param>
    /// <param name="cancellation">Gives up between two batches.</param>
    public async Task<ImportOutcome> ImportAsync(
        string customerId, CustomerFacts facts, IReadOnlyList<Order> orders, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(orders);
        var outcome = new ImportOutcome();
        var next = 0;
        do
        {
            await _reliably.RetryAsync(
                async c => next = await ImportBatchAsync(customerId, facts, orders, next, outcome, c), cancellation);
        }
        while (next < orders.Count);
        return outcome;
    }

    private async ValueTask<int> ImportBatchAsync(
        string customerId, CustomerFacts facts, IReadOnlyList<Order> orders, int from, ImportOutcome outcome, CancellationToken cancellation)
    {
        var readOrders = false;
        while (true)
        {
            var batch = new ImportOutcome();
            try
            {
                var until = await TryBatchAsync(customerId, facts, orders, from, batch, readOrders, cancellation);
                outcome.Recorded += batch.Recorded;
                outcome.Revenue += batch.Revenue;
                outcome.Duplicates += batch.Duplicates;
                outcome.Refused.AddRange(batch.Refused);
                return until;
            }
            catch (TableConflictException e) when (!readOrders && e.IsAboutOrder())
            {
                readOrders = true;
            }
        }
    }

    private async Task<int> TryBatchAsync(
        string customerId, CustomerFacts facts, IReadOnlyList<Order> orders, int from, ImportOutcome outcome, bool readOrders, CancellationToken cancellation)
    {
        var now = _clock.GetUtcNow();
        var work = await _loader.LoadAsync(customerId, await _campaigns.CurrentAsync(cancellation), cancellation);
        if (readOrders)
        {
            await _loader.LoadOrdersAsync(work, cancellation);
        }

        Runs.KeepPauses(work);
        _timeline.AdvanceTo(work, now, inclusive: false);
        var contact = work.Profile.Contact.With(facts, refusalStays: true);
        var changed = work.IsNew || !contact.SaysTheSameAs(work.Profile.Contact);
        if (changed)
        {
            work.Profile = work.Profile with { Contact = contact };
        }

        // An exit takes two changes for the run and two for each mail it had planned.
        var capacity = Math.Max(1, BatchCapacity - (2 * (work.Enrolments.Count + work.OpenSends.Count)));
        var until = Math.Min(orders.Count, from + capacity);
        for (var i = from; i < until; i++)
        {
            changed |= await RecordAsync(work, orders[i], now, outcome, cancellation);
        }

        // What is known already is no occasion to touch the customer: what time has changed is the timer's to find.
        if (changed)
        {
            CustomerTimeline.Evaluate(work, now, startsJourneys: false);
            _timeline.AdvanceTo(work, now, inclusive: true);
            await _committer.CommitAsync(work, cancellation);
        }

        await _dispatcher.DispatchLeftoversAsync(work, cancellation);
        return until;
    }

    private async Task<bool> RecordAsync(
        CustomerWork work, Order order, DateTimeOffset now, ImportOutcome outcome, CancellationToken cancellation)
    {
        try
        {
            if (await _claims.ClaimAsync(order, cancellation) is { } movedFrom)
            {
                work.Add(Queues.Customers, OrderMessages.Moved(movedFrom, order.OrderId));
            }

            if (await _recorder.RecordAsync(work, order, now, cancellation) is OrderOutcome.Recorded or OrderOutcome.Replaced)
            {
                outcome.Recorded++;
                outcome.Revenue += order.RefundOf is null ? order.Amount : -order.Amount;
                return true;
            }

            outcome.Duplicates++;
        }
        catch (PermanentException e)
        {
            outcome.Refused.Add((order.OrderId, e.Message));
        }

        return false;
    }
}
