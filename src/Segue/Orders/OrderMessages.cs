using Segue.Customers;
using Segue.Ports;
using Segue.Storage;

namespace Segue.Orders;

/// <summary>Messages about orders on the queue <c>customers</c>.</summary>
public static class OrderMessages
{
    /// <summary>An order arrives.</summary>
    /// <param name="order">The order.</param>
    /// <param name="arrivedAt">When it was accepted.</param>
    public static BusMessage Arrived(IncomingOrder order, DateTimeOffset arrivedAt)
    {
        ArgumentNullException.ThrowIfNull(order);
        var message = new OrderArrived { CustomerId = order.Order.CustomerId, Order = order, ArrivedAt = arrivedAt };
        return message.ToBus($"order~{Keys.Escape(order.Order.OrderId)}~{order.Order.UpdatedAt?.UtcTicks}");
    }

    /// <summary>The shop says something about a customer.</summary>
    public static BusMessage Changed(string customerId, CustomerFacts facts, DateTimeOffset arrivedAt) =>
        new CustomerChanged { CustomerId = customerId, Facts = facts, ArrivedAt = arrivedAt }
            .ToBus($"{Keys.Escape(customerId)}~facts~{arrivedAt.UtcTicks}");

    /// <summary>An order turned out to be another customer's than <paramref name="from"/>'s.</summary>
    internal static BusMessage Moved(string from, string orderId) =>
        new OrderMoved { CustomerId = from, OrderId = orderId }.ToBus($"{Keys.Escape(from)}~moved~{Keys.Escape(orderId)}");
}
