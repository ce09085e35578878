using Segue.Customers;
using Segue.Ports;

namespace Segue.Email;

/// <summary>The message that has an e-mail looked at.</summary>
internal static class SendMessages
{
    /// <summary>The message.</summary>
    /// <param name="customerId">Whose e-mail.</param>
    /// <param name="sendId">The e-mail.</param>
    /// <param name="at">Not before this moment.</param>
    /// <param name="deliverAt">When the bus is to deliver it; null is at once.</param>
    public static BusMessage Of(string customerId, string sendId, DateTimeOffset at, DateTimeOffset? deliverAt) =>
        new SendDue { CustomerId = customerId, SendId = sendId, At = at }.ToBus($"send~{sendId}", deliverAt);
}
