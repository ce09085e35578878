using System.Globalization;
using Segue.Customers;
using Segue.Messaging;
using Segue.Orders;

namespace Segue.Events;

/// <summary>Follows a customer's cart: what goes in and out, when it is ordered, and the moment it counts as abandoned.</summary>
internal static class Carts
{
    /// <summary>Whether Segue found an event out by itself, rather than being told.</summary>
    public static bool IsDerived(CustomerEvent fact) =>
        fact.Name == EventNames.CartAbandoned && fact.EventId.StartsWith(DerivedPrefix, StringComparison.Ordinal);

    private const string DerivedPrefix = "cart-abandoned:";

    /// <summary>When the cart counts as abandoned if nothing happens; null for none, or where it was found so already.</summary>
    public static DateTimeOffset? AbandonedAt(CustomerWork work) =>
        work.Profile.Cart is { AbandonedAt: null } cart ? cart.LastAt + work.Campaigns.Set.Settings.CartAbandonedAfter : null;

    /// <summary>Takes an event into the cart, with a way to wake. What would be abandoned by now is history, and is left.</summary>
    public static void Follow(CustomerWork work, CustomerEvent fact, DateTimeOffset at)
    {
        var cart = Cart.After(work.Profile.Cart, fact);
        if (ReferenceEquals(cart, work.Profile.Cart) || fact.At + work.Campaigns.Set.Settings.CartAbandonedAfter <= at)
        {
            return;
        }

        work.Profile = work.Profile with { Cart = cart };
        if (AbandonedAt(work) is { } due)
        {
            work.Add(new DueMoment(due, Queues.Customers, "cart", new WakeUp { CustomerId = work.CustomerId, At = due, Why = "cart" }));
        }
    }

    /// <summary>An order takes what was in the cart.</summary>
    public static void Ordered(CustomerWork work, Order order)
    {
        if (order is { RefundOf: null, Status: OrderStatus.Paid or OrderStatus.Pending } && order.OrderedAt >= work.Profile.Cart?.Since)
        {
            work.Profile = work.Profile with { Cart = null };
        }
    }

    /// <summary>The event that says so, where the moment has come; named by the cart's last change.</summary>
    public static CustomerEvent? Abandon(CustomerWork work, DateTimeOffset at)
    {
        if (work.Profile.Cart is not { } cart || AbandonedAt(work) is not { } due || due > at)
        {
            return null;
        }

        work.Profile = work.Profile with { Cart = cart with { AbandonedAt = due } };
        return new()
        {
            EventId = string.Create(CultureInfo.InvariantCulture, $"{DerivedPrefix}{cart.LastAt.UtcTicks}"),
            CustomerId = work.CustomerId,
            Name = EventNames.CartAbandoned,
            At = due,
            ProductId = cart.Lines[^1].ProductId,
            Category = cart.Lines[^1].Category,
            Amount = cart.Lines.Sum(l => l.Price * l.Quantity),
            Attributes = new Dictionary<string, string> { ["products"] = cart.Lines.Count.ToString(CultureInfo.InvariantCulture) },
        };
    }
}
