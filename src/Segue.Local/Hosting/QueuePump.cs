using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Segue.Local.Storage;
using Segue.Messaging;
using Segue.Ports;

namespace Segue.Local.Hosting;

/// <summary>
/// Works one queue: takes messages, hands each to the trigger's handler under a lock that it keeps renewed, and says what
/// came of it. Done is completed; a <see cref="PermanentException"/> goes to the dead letters; anything else comes again.
/// </summary>
public sealed class QueuePump(
    QueueTrigger trigger,
    IQueueReceiver receiver,
    QueuePumpOptions options,
    TimeProvider clock,
    ILogger<QueuePump> logger) : BackgroundService
{
    private int _underWay;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var slots = new SemaphoreSlim(options.Concurrency);
        using var giveUp = new CancellationTokenSource();
        try
        {
            while (true)
            {
                await slots.WaitAsync(stoppingToken);
                if (await ReceiveAsync(stoppingToken) is { } message)
                {
                    _ = HandleAsync(message, slots, giveUp.Token);
                }
                else
                {
                    slots.Release();
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await DrainAsync(slots, giveUp);
        }
    }

    private async Task<ReceivedMessage?> ReceiveAsync(CancellationToken stopping)
    {
        try
        {
            return await receiver.ReceiveAsync(trigger.Queue, stopping);
        }
        catch (Exception e) when (e is not OperationCanceledException || !stopping.IsCancellationRequested)
        {
            Logs.ReceiveFailed(logger, trigger.Queue, options.ReceiveBackoff, e);
            await Task.Delay(options.ReceiveBackoff, clock, stopping);
            return null;
        }
    }

    /// <summary>Waits for what is under way; past the limit it is given up, its locks run out and it comes again.</summary>
    private async Task DrainAsync(SemaphoreSlim slots, CancellationTokenSource giveUp)
    {
        using var limit = new CancellationTokenSource(options.DrainFor, clock);
        try
        {
            while (Volatile.Read(ref _underWay) > 0)
            {
                await slots.WaitAsync(limit.Token);
            }
        }
        catch (OperationCanceledException)
        {
            Logs.DrainTimedOut(logger, trigger.Queue, Volatile.Read(ref _underWay));
            await giveUp.CancelAsync();
        }
    }

    private async Task HandleAsync(ReceivedMessage message, SemaphoreSlim slots, CancellationToken giveUp)
    {
        Interlocked.Increment(ref _underWay);
        await Task.Yield();
        try
        {
            await RunAsync(message, giveUp);
        }
        catch (Exception e) when (e is not OperationCanceledException || !giveUp.IsCancellationRequested)
        {
            Logs.SettleFailed(logger, message.Queue, message.Number, e);
        }
        catch (OperationCanceledException)
        {
            // The drain's limit has passed and was logged; the lock runs out and the message comes again.
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
            Release(slots);
        }
    }

    private async Task RunAsync(ReceivedMessage message, CancellationToken giveUp)
    {
        using var handling = CancellationTokenSource.CreateLinkedTokenSource(giveUp);
        using var activity = HostTelemetry.StartMessage(trigger.Name, message);
        var renewing = KeepLockedAsync(message, handling);
        try
        {
            await trigger.Handle(message.Body, handling.Token);
            HostTelemetry.Ended(activity, trigger.Name, "done");
            await receiver.CompleteAsync(message, giveUp);
        }
        catch (PermanentException e)
        {
            Logs.MessageDeadLettered(logger, trigger.Name, message.Number, e);
            HostTelemetry.Ended(activity, trigger.Name, "dead-lettered");
            await receiver.DeadLetterAsync(message, e.Message, giveUp);
        }
        catch (Exception e) when (!giveUp.IsCancellationRequested)
        {
            var delay = options.Backoff(message.Deliveries, Random.Shared.NextDouble());
            Logs.MessageFailed(logger, trigger.Name, message.Number, message.Deliveries, delay, e);
            HostTelemetry.Ended(activity, trigger.Name, "failed");
            await receiver.AbandonAsync(message, delay, e.Message, e is PortUnavailableException or TableConflictException, giveUp);
        }
        finally
        {
            await handling.CancelAsync();
            await renewing;
        }
    }

    /// <summary>Renews at half the lock's time. A lost lock stops the handler, whose message others may have by now.</summary>
    private async Task KeepLockedAsync(ReceivedMessage message, CancellationTokenSource handling)
    {
        try
        {
            for (var current = message; current is not null;)
            {
                var half = (current.LockedUntil - clock.GetUtcNow()) / 2;
                await Task.Delay(half > TimeSpan.Zero ? half : TimeSpan.Zero, clock, handling.Token);
                current = await receiver.RenewAsync(current, handling.Token);
            }

            Logs.LockLost(logger, trigger.Name, message.Number);
            await handling.CancelAsync();
        }
        catch (OperationCanceledException) when (handling.IsCancellationRequested)
        {
            // The handler is through.
        }
        catch (Exception e)
        {
            Logs.SettleFailed(logger, message.Queue, message.Number, e);
        }
    }

    private static void Release(SemaphoreSlim slots)
    {
        try
        {
            slots.Release();
        }
        catch (ObjectDisposedException)
        {
            // The pump gave up waiting and has gone; nobody counts the slots any more.
        }
    }
}
