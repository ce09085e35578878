using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;
using Segue.Functions.Hosting;
using Segue.Messaging;

namespace Segue.Functions.QueueTriggers;

/// <summary>Decides on, renders and sends one e-mail.</summary>
public sealed class SendEmail(QueueRunner runner)
{
    /// <summary>Handles one message.</summary>
    [Function(nameof(SendEmail))]
    public Task RunAsync(
        [ServiceBusTrigger(Queues.Emails, Connection = AppSettings.ServiceBus, AutoCompleteMessages = false)]
        ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        CancellationToken cancellation) => runner.RunAsync(nameof(SendEmail), message, actions, cancellation);
}
