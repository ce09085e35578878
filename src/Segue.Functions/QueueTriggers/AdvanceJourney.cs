using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;
using Segue.Functions.Hosting;
using Segue.Messaging;

namespace Segue.Functions.QueueTriggers;

/// <summary>Does one step of one enrolment, when it is time.</summary>
public sealed class AdvanceJourney(QueueRunner runner)
{
    /// <summary>Handles one message.</summary>
    [Function(nameof(AdvanceJourney))]
    public Task RunAsync(
        [ServiceBusTrigger(Queues.JourneySteps, Connection = AppSettings.ServiceBus, AutoCompleteMessages = false)]
        ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        CancellationToken cancellation) => runner.RunAsync(nameof(AdvanceJourney), message, actions, cancellation);
}
