using System.Text.Json;
using Segue.Customers;
using Segue.Messaging;

namespace Segue.Http.Unsubscribe;

/// <summary>Opens the sealed links of mails, and puts what they say on the bus.</summary>
public sealed class UnsubscribeByLink(SegueEngine engine) : IUnsubscribe
{
    /// <inheritdoc/>
    public async Task<UnsubscribeSubject?> FindAsync(string token, CancellationToken cancellation) =>
        engine.UnsubscribeLinks.Open(token) is null
            ? null
            : new((await engine.Campaigns.CurrentAsync(cancellation)).Set.Settings.ShopName, null);

    /// <inheritdoc/>
    public async Task<bool> UnsubscribeAsync(string token, CancellationToken cancellation)
    {
        if (engine.UnsubscribeLinks.Open(token) is not var (customer, send))
        {
            return false;
        }

        var message = new Unsubscribed { CustomerId = customer, At = engine.Ports.Clock.GetUtcNow(), SendId = send };
        await engine.Ports.Bus.SendAsync(
            Queues.Customers,
            [new($"unsubscribe~{send}", JsonSerializer.Serialize<CustomerMessage>(message, SegueJson.Default.CustomerMessage))],
            cancellation);
        return true;
    }
}
