using System.Globalization;
using Segue.Events;
using Segue.Orders;

namespace Segue.Journeys;

/// <summary>An order as journeys see it among events: named <c>order</c>, with what its keys and conditions may ask for.</summary>
internal static class OrderEvents
{
    public static CustomerEvent Of(Order order)
    {
        var attributes = new Dictionary<string, string> { ["orderId"] = order.OrderId };
        if (order.Channel is { } channel)
        {
            attributes.Add("channel", channel);
        }

        return new()
        {
            EventId = string.Create(CultureInfo.InvariantCulture, $"order~{order.OrderId}"),
            CustomerId = order.CustomerId,
            Name = JourneyEvents.Order,
            At = order.OrderedAt,
            Amount = order.Amount,
            Attributes = attributes,
        };
    }
}
