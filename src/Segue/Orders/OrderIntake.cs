using Segue.Customers;
using Segue.Messaging;
using Segue.Ports;

namespace Segue.Orders;

/// <summary>Takes what was found good: it is on the bus when the answer is given.</summary>
public sealed class OrderIntake(IMessageBus bus)
{
    /// <summary>Puts orders on the bus.</summary>
    /// <param name="orders">The orders.</param>
    /// <param name="arrivedAt">When they arrived: what is old by then is history.</param>
    /// <param name="cancellation">Gives up the call.</param>
    /// <exception cref="PortUnavailableException">Try again; any of them may have been taken, which does no harm.</exception>
    /// <exception cref="MessageTooLargeException">An order is too large to be carried.</exception>
    public Task AcceptAsync(IEnumerable<IncomingOrder> orders, DateTimeOffset arrivedAt, CancellationToken cancellation = default) =>
        bus.SendAsync(Queues.Customers, [.. orders.Select(order => OrderMessages.Arrived(order, arrivedAt))], cancellation);

    /// <summary>Puts what the shop says about a customer on the bus.</summary>
    public Task AcceptAsync(string customerId, CustomerFacts facts, DateTimeOffset arrivedAt, CancellationToken cancellation = default) =>
        bus.SendAsync(Queues.Customers, [OrderMessages.Changed(customerId, facts, arrivedAt)], cancellation);
}
