using Segue.Customers;
using Segue.Journeys;
using Segue.Measurement;
using Segue.Messaging;
using Segue.Products;
using Segue.Segmentation;

namespace Segue.Orders;

/// <summary>What became of an order that arrived.</summary>
public enum OrderOutcome
{
    /// <summary>It was new, and is recorded.</summary>
    Recorded,

    /// <summary>It replaced an older version of itself.</summary>
    Replaced,

    /// <summary>It was known, with the same content.</summary>
    Duplicate,

    /// <summary>A newer version is known; this one changes nothing.</summary>
    Outdated,
}

/// <summary>Adds orders to a customer, and draws the conclusions for summary, journeys and goals.</summary>
internal sealed class OrderRecorder(CustomerLoader loader)
{
    /// <summary>Records one order as of a moment.</summary>
    /// <exception cref="PermanentException">It contradicts what is recorded under its id.</exception>
    public async Task<OrderOutcome> RecordAsync(
        CustomerWork work, Order order, DateTimeOffset at, CancellationToken cancellation)
    {
        var existing = work.FindOrder(order.OrderId);
        if (existing is not null)
        {
            switch (OrderVersions.Compare(existing, order))
            {
                case OrderVersion.Same:
                    return OrderOutcome.Duplicate;
                case OrderVersion.Older:
                    return OrderOutcome.Outdated;
                case OrderVersion.Conflict:
                    throw new PermanentException(
                        $"Order '{order.OrderId}' is already recorded with other content, and this version has no newer 'updatedAt'.");
            }
        }

        var purchases = work.Profile.Purchases;
        var plain = existing is null && order is { Status: OrderStatus.Paid, RefundOf: null };
        if (!plain || !PurchaseHistory.TryAppend(purchases, order, Bound(work), out var appended))
        {
            await loader.LoadOrdersAsync(work, cancellation);
            if (existing is null && work.Orders!.ContainsKey(order.OrderId))
            {
                return await RecordAsync(work, order, at, cancellation);
            }

            work.Put(order);
            Recount(work);
        }
        else
        {
            work.Put(order);
            work.Profile = work.Profile with { Purchases = appended };
        }

        Conclude(work, existing, order, at);
        Attribution.Follow(work, order, at);
        work.Add(Interest.In(order), at);
        if (existing is not null)
        {
            work.NotePast(Interest.In(existing).ExceptBy(Interest.In(order).Select(i => i.Of), i => i.Of));
        }

        return existing is null ? OrderOutcome.Recorded : OrderOutcome.Replaced;
    }

    /// <summary>Takes an order away that turned out to be another customer's.</summary>
    public async Task RemoveAsync(CustomerWork work, string orderId, DateTimeOffset at, CancellationToken cancellation)
    {
        await loader.LoadOrdersAsync(work, cancellation);
        work.NoteMoved(orderId);
        if (work.Orders!.TryGetValue(orderId, out var order))
        {
            work.NotePast(Interest.In(order));
            work.RemoveOrder(orderId);
            Recount(work);
            Goals.Reverse(work, orderId, PurchaseHistory.Counted(work.Orders.Values), at);
            Attribution.Recount(work, at);
        }
    }

    private static void Conclude(CustomerWork work, Order? existing, Order order, DateTimeOffset at)
    {
        if (Counts(order) && (existing is null || !Counts(existing)))
        {
            Runs.ExitOnOrder(work, order, at);
            if (work.Orders is null || PurchaseHistory.Counted(work.Orders.Values).Any(o => o.OrderId == order.OrderId))
            {
                // Otherwise its return came before it: it was an order, but no success.
                Goals.Reach(work, order);
            }
        }
        else if (order.RefundOf is { } returned)
        {
            ConcludeGone(work, returned, at);
        }
        else if (existing is not null)
        {
            ConcludeGone(work, order.OrderId, at);
        }
    }

    private static void ConcludeGone(CustomerWork work, string orderId, DateTimeOffset at)
    {
        var counted = PurchaseHistory.Counted(work.Orders!.Values).ToList();
        if (counted.All(o => o.OrderId != orderId))
        {
            Goals.Reverse(work, orderId, counted, at);
        }
    }

    private static void Recount(CustomerWork work) => work.Profile = work.Profile with
    {
        Purchases = PurchaseHistory.Summarise(work.Orders!.Values, Bound(work), work.Profile.Purchases),
    };

    private static bool Counts(Order order) => order is { Status: OrderStatus.Paid, RefundOf: null };

    private static Func<PurchaseSummary, TimeSpan> Bound(CustomerWork work) =>
        purchases => Lifecycle.ChurnBound(purchases, work.Campaigns.Set.Settings.Lifecycle, work.Campaigns.Calibration);
}
