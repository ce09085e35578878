using Segue.Customers;
using Segue.Messaging;
using Segue.Ports;

namespace Segue.Orders;

/// <summary>Records many orders of one customer at once, as history: they count, end and reach, and start nothing.</summary>
public sealed class HistoryImport
{
    private const int BatchCapacity = TableLimits.BatchChanges - 3;
    private readonly CustomerLoader _loader;
    private readonly HistoryBatch _batch;
    private readonly OrderRecorder _recorder;
    private readonly OrderClaims _claims;
    private readonly Reliably _reliably;

    internal HistoryImport(CustomerLoader loader, HistoryBatch batch, OrderRecorder recorder, OrderClaims claims, Reliably reliably)
    {
        _loader = loader;
        _batch = batch;
        _recorder = recorder;
        _claims = claims;
        _reliably = reliably;
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
                outcome.Add(batch);
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
        var until = from;
        await _batch.RunAsync(customerId, facts, RecordAllAsync, cancellation);
        return until;

        async Task<bool> RecordAllAsync(CustomerWork work, DateTimeOffset now)
        {
            if (readOrders)
            {
                await _loader.LoadOrdersAsync(work, cancellation);
            }

            // An exit takes two changes for the run and two for each mail it had planned.
            var capacity = Math.Max(1, BatchCapacity - (2 * (work.Enrolments.Count + work.OpenSends.Count)));
            until = Math.Min(orders.Count, from + capacity);
            var changed = false;
            for (var i = from; i < until; i++)
            {
                changed |= await RecordAsync(work, orders[i], now, outcome, cancellation);
            }

            return changed;
        }
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
