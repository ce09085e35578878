using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Segue.Messaging;

namespace Segue.Functions.Hosting;

/// <summary>
/// Gives a message to the engine's handler and says what came of it: done is completed, what can never be done goes to the dead
/// letters, and anything else comes again, later each time.
/// </summary>
public sealed class QueueRunner(AzureShop shop, TimeProvider clock, ILogger<QueueRunner> logger)
{
    // Service Bus takes descriptions of up to 4,096 characters.
    private const int LongestReason = 4000;
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromMinutes(1);

    /// <summary>Handles one message of a function.</summary>
    /// <param name="function">The function's name in <see cref="SegueEngine.Queues"/>.</param>
    /// <param name="message">The message, locked.</param>
    /// <param name="actions">Settles it. The host keeps the lock renewed meanwhile.</param>
    /// <param name="cancellation">The host stops: the message comes again.</param>
    public async Task RunAsync(
        string function, ServiceBusReceivedMessage message, ServiceBusMessageActions actions, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(actions);
        try
        {
            var engine = await shop.WaitForItAsync(cancellation);
            await engine.Queues.Single(q => q.Name == function).Handle(message.Body.ToString(), cancellation);
        }
        catch (PermanentException e)
        {
            logger.MessageDeadLettered(function, message.SequenceNumber, e);
            await actions.DeadLetterMessageAsync(
                message, null, "Permanent", e.Message.Length <= LongestReason ? e.Message : e.Message[..LongestReason], cancellation);
            return;
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            // The host gives a failed message back at once. Waiting first keeps ten deliveries from being over in a second.
            var wait = Backoff(message.DeliveryCount);
            logger.MessageFailed(function, message.SequenceNumber, message.DeliveryCount, wait, e);
            await Task.Delay(wait, clock, cancellation);
            throw;
        }

        await actions.CompleteMessageAsync(message, cancellation);
    }

    private static TimeSpan Backoff(int deliveries)
    {
        var seconds = Math.Pow(2, Math.Clamp(deliveries - 1, 0, 10));
        return seconds < LongestBackoff.TotalSeconds ? TimeSpan.FromSeconds(seconds) : LongestBackoff;
    }
}
