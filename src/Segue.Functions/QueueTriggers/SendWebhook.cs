using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;
using Segue.Functions.Hosting;
using Segue.Messaging;

namespace Segue.Functions.QueueTriggers;

/// <summary>Makes one signed call of a webhook.</summary>
public sealed class SendWebhook(QueueRunner runner)
{
    /// <summary>Handles one message.</summary>
    [Function(nameof(SendWebhook))]
    public Task RunAsync(
        [ServiceBusTrigger(Queues.Webhooks, Connection = AppSettings.ServiceBus, AutoCompleteMessages = false)]
        ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        CancellationToken cancellation) => runner.RunAsync(nameof(SendWebhook), message, actions, cancellation);
}
