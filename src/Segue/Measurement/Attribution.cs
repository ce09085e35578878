using System.Globalization;
using Segue.Customers;
using Segue.Email;
using Segue.Messaging;
using Segue.Orders;

namespace Segue.Measurement;

/// <summary>
/// Follows orders back to the mails they came after, within the window of the goal that each mail's run has, and keeps the
/// revenue of goals' windows. Which of the mails gets the order is decided by who looks.
/// </summary>
internal static class Attribution
{
    /// <summary>How long after its window, or the order, a return still changes what was attributed.</summary>
    private static readonly TimeSpan ReturnsWithin = TimeSpan.FromDays(90);

    /// <summary>Mails and orders kept at most, the newest, so that no profile outgrows its row.</summary>
    private const int Most = 100;

    /// <summary>A mail went: orders within its run's window may follow it.</summary>
    public static void Remember(CustomerWork work, Send send, DateTimeOffset at)
    {
        var goal = work.Profile.Goals.FirstOrDefault(g => g.Journey == send.Journey && g.Key == send.Key && g.Run == send.Run);
        if (goal is null)
        {
            return;
        }

        var touch = new SentTouch(new(send.Journey, send.Step, send.Variant, send.Segment), at, goal.Until);
        work.Profile = work.Profile with
        {
            Touches = [.. (work.Profile.Touches ?? []).Where(t => t.Until + ReturnsWithin > at).Append(touch).TakeLast(Most)],
        };
    }

    /// <summary>An order or a return was recorded.</summary>
    public static void Follow(CustomerWork work, Order order, DateTimeOffset at)
    {
        var touches = order.RefundOf is not null || work.Profile.Attributed?.Any(a => a.OrderId == order.OrderId) == true ? []
            : (work.Profile.Touches ?? []).Where(t => t.At <= order.OrderedAt && order.OrderedAt <= t.Until).OrderBy(t => t.At).ToList();
        if (touches.Count > 0)
        {
            var followed = new AttributedOrder(order.OrderId, order.OrderedAt, 0, 0, false, [.. touches.Select(t => t.Touch)]);
            work.Profile = work.Profile with
            {
                Attributed = [.. (work.Profile.Attributed ?? []).Where(a => a.At + ReturnsWithin > at).Append(followed).TakeLast(Most)],
            };
        }

        if (work.Orders is not null)
        {
            Recount(work, at);
            return;
        }

        // Orders need not be read where one more has come at the end.
        AddToWindows(work, order);
        if (touches.Count > 0)
        {
            Tell(work, id => id == order.OrderId ? (order.Amount, order.Discount) : null, only: order.OrderId, at);
        }
    }

    /// <summary>Orders were taken away, changed or returned: looks at all of them again.</summary>
    public static void Recount(CustomerWork work, DateTimeOffset at)
    {
        var counted = PurchaseHistory.CountedWithNet(work.Orders!.Values).ToDictionary(o => o.Order.OrderId);
        decimal Within(OpenGoal goal) =>
            counted.Values.Where(o => goal.From < o.Order.OrderedAt && o.Order.OrderedAt <= goal.Until).Sum(o => o.Net);

        if (work.Profile.Goals.Any(g => g.Revenue != Within(g)))
        {
            work.Profile = work.Profile with { Goals = [.. work.Profile.Goals.Select(g => g with { Revenue = Within(g) })] };
        }

        Tell(work, id => counted.TryGetValue(id, out var o) ? (o.Net, o.Order.Discount) : null, only: null, at);
    }

    private static void AddToWindows(CustomerWork work, Order order)
    {
        bool IsIn(OpenGoal goal) => goal.From < order.OrderedAt && order.OrderedAt <= goal.Until;
        if (order.Amount != 0 && work.Profile.Goals.Any(IsIn))
        {
            work.Profile = work.Profile with
            {
                Goals = [.. work.Profile.Goals.Select(g => IsIn(g) ? g with { Revenue = g.Revenue + order.Amount } : g)],
            };
        }
    }

    private static void Tell(CustomerWork work, Func<string, (decimal Net, decimal Discount)?> find, string? only, DateTimeOffset at)
    {
        if (work.Profile.Attributed is not { Count: > 0 } before)
        {
            return;
        }

        var after = before.Select(a => only is not null && a.OrderId != only ? a : find(a.OrderId) is var (net, discount)
            ? a with { Net = net, Discount = discount, Counts = true } : a with { Net = 0, Discount = 0, Counts = false }).ToList();
        foreach (var (was, now) in before.Zip(after).Where(p => p.First != p.Second))
        {
            // Two changes of one order in one batch differ in what they come to.
            var name = string.Create(CultureInfo.InvariantCulture, $"{now.OrderId}~{work.Profile.Sequence}~{was.Net}~{now.Net}~{was.Counts}");
            work.Add(new Fact(FactKinds.Attributed, work.CustomerId, MessageIds.Of(name), at)
            {
                OrderId = now.OrderId, Touches = now.Touches, Amount = now.Net - was.Net, Discount = now.Discount - was.Discount,
                Orders = (now.Counts ? 1 : 0) - (was.Counts ? 1 : 0),
            });
        }

        if (!before.SequenceEqual(after))
        {
            work.Profile = work.Profile with { Attributed = after };
        }
    }
}
