namespace Segue.Orders;

/// <summary>Turns a customer's orders and returns into a <see cref="PurchaseSummary"/>, whatever order they arrived in.</summary>
public static class PurchaseHistory
{
    /// <summary>Categories whose money a summary keeps, so that no summary outgrows its row.</summary>
    public const int MaxCategories = 100;

    /// <summary>The summary of everything that is kept of a customer.</summary>
    /// <param name="all">Every order and return, each id once, in any order.</param>
    /// <param name="churnBound">The silence that makes a customer with such a summary churned.</param>
    /// <param name="previous">
    /// The summary before, if any: a silence that it found to have been ended is judged by the bound of that day
    /// (<see cref="PurchaseSummary.WonBackBound"/>), not by today's.
    /// </param>
    /// <remarks>
    /// Orders count in order of <see cref="Order.OrderedAt"/>, then of their id's code units. A paid or refunded return
    /// lowers its order's money; returns that come to all of it stop it counting. A return of a return, or of an order
    /// that does not count, changes nothing.
    /// </remarks>
    public static PurchaseSummary Summarise(
        IEnumerable<Order> all, Func<PurchaseSummary, TimeSpan> churnBound, PurchaseSummary? previous = null)
    {
        ArgumentNullException.ThrowIfNull(churnBound);
        var (counted, waiting) = Split(all);
        var categories = new Dictionary<string, decimal>(StringComparer.Ordinal);
        var summary = PurchaseSummary.None with { WaitingReturns = waiting };
        foreach (var (order, net) in counted)
        {
            summary = Add(summary, order, net, categories, churnBound, previous);
        }

        return summary;
    }

    /// <summary>The orders that count, by time and then id: paid, and not returned in full.</summary>
    public static IEnumerable<Order> Counted(IEnumerable<Order> all) => Split(all).Counted.Select(c => c.Order);

    /// <summary>The same with the money that returns left of each.</summary>
    public static IEnumerable<(Order Order, decimal Net)> CountedWithNet(IEnumerable<Order> all) => Split(all).Counted;

    private static (IEnumerable<(Order Order, decimal Net)> Counted, int WaitingReturns) Split(IEnumerable<Order> all)
    {
        var orders = new Dictionary<string, Order>(StringComparer.Ordinal);
        var returned = new Dictionary<string, (decimal Money, int Count)>(StringComparer.Ordinal);
        var returns = new HashSet<string>(StringComparer.Ordinal);
        foreach (var order in all)
        {
            if (order.RefundOf is null)
            {
                orders[order.OrderId] = order;
            }
            else if (returns.Add(order.OrderId) && order.Status is OrderStatus.Paid or OrderStatus.Refunded)
            {
                var (money, count) = returned.GetValueOrDefault(order.RefundOf);
                returned[order.RefundOf] = (money + order.Amount, count + 1);
            }
        }

        var counted = orders.Values.Where(o => o.Status == OrderStatus.Paid)
            .Select(o => (Order: o, Returned: returned.TryGetValue(o.OrderId, out var r) ? r.Money : (decimal?)null))
            .Where(o => !(o.Returned >= o.Order.Amount))
            .OrderBy(o => o.Order.OrderedAt).ThenBy(o => o.Order.OrderId, StringComparer.Ordinal)
            .Select(o => (o.Order, o.Order.Amount - (o.Returned ?? 0)));
        return (counted, returned.Where(r => !orders.ContainsKey(r.Key) && !returns.Contains(r.Key)).Sum(r => r.Value.Count));
    }

    /// <summary>
    /// The same in constant time for what nearly every order is: new, paid, no return, and last of the customer's orders.
    /// </summary>
    /// <param name="summary">The summary of everything kept so far.</param>
    /// <param name="order">An order whose id is not kept yet; the caller knows, having failed to insert it otherwise.</param>
    /// <param name="churnBound">The silence that makes a customer with such a summary churned.</param>
    /// <param name="result">The new summary; the old one where the answer is false.</param>
    /// <returns>
    /// False where <see cref="Summarise"/> must be used: not paid, a return, not after the last counted order, while any
    /// return waits for its order (it may be this one), or where the summary is from before days were counted.
    /// </returns>
    public static bool TryAppend(
        PurchaseSummary summary, Order order, Func<PurchaseSummary, TimeSpan> churnBound, out PurchaseSummary result)
    {
        ArgumentNullException.ThrowIfNull(summary);
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(churnBound);
        result = summary;
        if (order.Status != OrderStatus.Paid || order.RefundOf is not null || summary.WaitingReturns > 0
            || summary is { Orders: > 0, PurchaseDays: 0 } || order.OrderedAt < summary.LastOrderAt
            || (order.OrderedAt == summary.LastOrderAt && string.CompareOrdinal(order.OrderId, summary.LastOrderId) <= 0))
        {
            return false;
        }

        var categories = summary.SpendByCategory is { } spend
            ? new Dictionary<string, decimal>(spend, StringComparer.Ordinal) : new(StringComparer.Ordinal);
        result = Add(summary, order, order.Amount, categories, churnBound, null);
        return true;
    }

    private static PurchaseSummary Add(PurchaseSummary before, Order order, decimal net, Dictionary<string, decimal> categories,
        Func<PurchaseSummary, TimeSpan> churnBound, PurchaseSummary? previous)
    {
        var isFirst = before.FirstOrderAt is null;
        var wonBack = WonBack(before, order, churnBound, previous);
        AddCategories(categories, order);
        var day = DateOnly.FromDateTime(order.OrderedAt.UtcDateTime);
        var isNewDay = isFirst || day != DateOnly.FromDateTime(before.LastOrderAt!.Value.UtcDateTime);
        var isFirstDay = before.PurchaseDays + (isNewDay ? 1 : 0) == 1;
        var inFirstYear = !isFirstDay && day <= DateOnly.FromDateTime(before.FirstOrderAt!.Value.UtcDateTime).AddDays(365);
        return before with
        {
            Orders = before.Orders + 1,
            TotalSpend = before.TotalSpend + net,
            FirstOrderAt = before.FirstOrderAt ?? order.OrderedAt,
            LastOrderAt = order.OrderedAt,
            LastOrderId = order.OrderId,
            FirstOrderAmount = isFirst ? net : before.FirstOrderAmount,
            LastOrderAmount = net,
            FirstCategory = isFirst ? order.Items.Select(i => i.Category).FirstOrDefault() : before.FirstCategory,
            SpendByCategory = categories.Count > 0 ? categories : null,
            ItemsBought = (int)Math.Min(int.MaxValue, before.ItemsBought + order.Items.Sum(i => (long)i.Quantity)),
            Channel = order.Channel,
            WonBackAt = wonBack is null ? before.WonBackAt : order.OrderedAt,
            WonBackBound = wonBack ?? before.WonBackBound,
            FirstGap = before.Orders == 1 ? order.OrderedAt - before.FirstOrderAt : before.FirstGap,
            PurchaseDays = before.PurchaseDays + (isNewDay ? 1 : 0),
            FirstDaySpend = before.FirstDaySpend + (isFirstDay ? net : 0),
            FirstYearSpend = before.FirstYearSpend + (inFirstYear ? net : 0),
            Months = PurchaseMonth.Add(before.Months, day, isNewDay, net),
        };
    }

    /// <summary>The bound of the silence that the order ended, or null where it ended none.</summary>
    private static TimeSpan? WonBack(
        PurchaseSummary before, Order order, Func<PurchaseSummary, TimeSpan> churnBound, PurchaseSummary? previous)
    {
        if (before.LastOrderAt is not { } last)
        {
            return null;
        }

        var bound = previous?.WonBackAt == order.OrderedAt && previous.WonBackBound is { } then ? then : churnBound(before);
        return order.OrderedAt - last >= bound ? bound : null;
    }

    private static void AddCategories(Dictionary<string, decimal> categories, Order order)
    {
        foreach (var item in order.Items.Where(i => i.Category is not null && !i.GiftCard))
        {
            var known = categories.TryGetValue(item.Category!, out var spend);
            if (known || categories.Count < MaxCategories)
            {
                categories[item.Category!] = spend + (item.Price * item.Quantity);
            }
        }
    }
}
