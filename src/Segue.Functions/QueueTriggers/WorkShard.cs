using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;
using Segue.Functions.Hosting;
using Segue.Messaging;

namespace Segue.Functions.QueueTriggers;

/// <summary>Does one shard's part of a large piece of work.</summary>
public sealed class WorkShard(QueueRunner runner)
{
    /// <summary>Handles one message.</summary>
    [Function(nameof(WorkShard))]
    public Task RunAsync(
        [ServiceBusTrigger(Queues.ShardWork, Connection = AppSettings.ServiceBus, AutoCompleteMessages = false)]
        ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        CancellationToken cancellation) => runner.RunAsync(nameof(WorkShard), message, actions, cancellation);
}
