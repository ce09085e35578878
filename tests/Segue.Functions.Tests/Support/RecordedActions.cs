using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;

namespace Segue.Functions.Tests.Support;

/// <summary>Remembers how a message was settled.</summary>
internal sealed class RecordedActions : ServiceBusMessageActions
{
    public List<string> Settled { get; } = [];

    public override Task CompleteMessageAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default)
    {
        Settled.Add("completed");
        return Task.CompletedTask;
    }

    public override Task DeadLetterMessageAsync(
        ServiceBusReceivedMessage message, Dictionary<string, object>? propertiesToModify = null, string? deadLetterReason = null,
        string? deadLetterErrorDescription = null, CancellationToken cancellationToken = default)
    {
        Settled.Add($"dead: {deadLetterReason}: {deadLetterErrorDescription}");
        return Task.CompletedTask;
    }
}
