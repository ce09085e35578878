using Segue.Customers;
using Segue.Measurement;
using Segue.Messaging;
using Segue.Orders;
using Segue.Storage;

namespace Segue.Journeys;

/// <summary>Successes of runs: reached by an order within the window, held out or not, and reversed when it comes back.</summary>
internal static class Goals
{
    /// <summary>How long after its window a goal can still be reversed by a return.</summary>
    private static readonly TimeSpan ReturnsWithin = TimeSpan.FromDays(90);

    /// <summary>Opens the goal of a run that has just begun.</summary>
    /// <param name="work">The customer.</param>
    /// <param name="run">The run.</param>
    /// <param name="until">When its window closes, inclusive.</param>
    /// <param name="arms">The arms that its outcome counts in, by experiment; null for none.</param>
    public static void Open(CustomerWork work, Enrolment run, DateTimeOffset until, IReadOnlyDictionary<string, string>? arms = null)
    {
        var goal = new OpenGoal(run.Journey, run.Key, run.Run, run.EnteredAt, until, run.HeldOut) { Segment = run.Segment, Arms = arms };
        work.Profile = work.Profile with
        {
            Goals = [.. work.Profile.Goals.Where(g => g.Until + ReturnsWithin > run.EnteredAt), goal],
        };
    }

    /// <summary>An order has come to count: reaches every open goal in whose window it was placed.</summary>
    public static void Reach(CustomerWork work, Order order)
    {
        bool IsReached(OpenGoal goal) =>
            goal.OrderId is null && goal.From <= order.OrderedAt && order.OrderedAt <= goal.Until;

        foreach (var goal in work.Profile.Goals.Where(IsReached))
        {
            work.Add(FactOf(FactKinds.Converted, work, goal, order.OrderId, order.OrderedAt) with { Amount = order.Amount });
        }

        if (work.Profile.Goals.Any(IsReached))
        {
            work.Profile = work.Profile with
            {
                Goals = [.. work.Profile.Goals.Select(g => IsReached(g) ? g with { OrderId = order.OrderId } : g)],
            };
        }
    }

    /// <summary>An order has ceased to count: what it reached is no longer reached, unless another order does.</summary>
    public static void Reverse(CustomerWork work, string orderId, IEnumerable<Order> counted, DateTimeOffset at)
    {
        var reversed = work.Profile.Goals.Where(g => g.OrderId == orderId).ToList();
        if (reversed.Count == 0)
        {
            return;
        }

        foreach (var goal in reversed)
        {
            work.Add(FactOf(FactKinds.ConversionReversed, work, goal, orderId, at));
        }

        work.Profile = work.Profile with
        {
            Goals = [.. work.Profile.Goals.Select(g => g.OrderId == orderId ? g with { OrderId = null } : g)],
        };
        foreach (var order in counted.OrderBy(o => o.OrderedAt).ThenBy(o => o.OrderId, StringComparer.Ordinal))
        {
            Reach(work, order);
        }
    }

    private static Fact FactOf(string kind, CustomerWork work, OpenGoal g, string orderId, DateTimeOffset at) =>
        new(kind, work.CustomerId, MessageIds.Of($"{Enrolment.IdOf(g.Journey, g.Key)}~{g.Run}~{Keys.Escape(orderId)}"), at)
        {
            Journey = g.Journey,
            Segment = g.Segment,
            HeldOut = g.HeldOut,
            OrderId = orderId,
        };
}
