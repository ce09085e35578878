using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;
using Segue.Functions.Hosting;
using Segue.Messaging;

namespace Segue.Functions.QueueTriggers;

/// <summary>Records an order or event, and looks at its customer again.</summary>
public sealed class HandleCustomer(QueueRunner runner)
{
    /// <summary>Handles one message.</summary>
    [Function(nameof(HandleCustomer))]
    public Task RunAsync(
        [ServiceBusTrigger(Queues.Customers, Connection = AppSettings.ServiceBus, AutoCompleteMessages = false)]
        ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        CancellationToken cancellation) => runner.RunAsync(nameof(HandleCustomer), message, actions, cancellation);
}
