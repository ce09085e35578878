using Segue.Messaging;
using Segue.Ports;
using Segue.Storage;

namespace Segue.Privacy;

/// <summary>Takes the word that a customer is to be forgotten: it is on the bus when the answer is given.</summary>
public sealed class ErasureIntake(IMessageBus bus)
{
    /// <summary>Puts it on the bus. Said again it is done again, which finds nothing.</summary>
    /// <param name="customerId">The customer; whether there is one is not looked at.</param>
    /// <param name="arrivedAt">When it was said.</param>
    /// <param name="cancellation">Gives up the call.</param>
    /// <exception cref="PortUnavailableException">Try again; it may have been taken, which does no harm.</exception>
    public Task AcceptAsync(string customerId, DateTimeOffset arrivedAt, CancellationToken cancellation = default) =>
        bus.SendAsync(Queues.Customers, [Message(customerId, arrivedAt)], cancellation);

    /// <summary>The message.</summary>
    internal static BusMessage Message(string customerId, DateTimeOffset arrivedAt) =>
        new EraseCustomer { CustomerId = customerId, ArrivedAt = arrivedAt }.ToBus($"{Keys.Escape(customerId)}~erase~{arrivedAt.UtcTicks}");
}
