using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Segue.Ports;

namespace Segue.Functions.Hosting;

/// <summary>
/// Runs a timer of the engine under its lease. A tick that fails is remembered, logged as an error (alerts look for it) and thrown,
/// so that the host tries again; one that was missed is run when the host comes back.
/// </summary>
public sealed class TimerRunner(AzureShop shop, ITableStore store, TimeProvider clock, ILogger<TimerRunner> logger)
{
    /// <summary>Tries after a failed one, before the next tick. For <see cref="FixedDelayRetryAttribute"/>.</summary>
    public const int Retries = 3;

    /// <summary>Between two tries.</summary>
    public const string RetryDelay = "00:00:30";

    /// <summary>One tick of a timer.</summary>
    /// <param name="timer">Its name in <see cref="SegueEngine.Timers"/>.</param>
    /// <param name="tick">What the host says of it.</param>
    /// <param name="cancellation">The host stops; the tick is made up for.</param>
    public async Task RunAsync(string timer, TimerInfo tick, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(tick);
        if (tick.IsPastDue)
        {
            logger.TimerPastDue(timer);
        }

        var engine = await shop.OpenAsync(cancellation);
        var began = clock.GetUtcNow();
        if (await TimerLease.TryTakeAsync(store, timer, began, cancellation) is not { } lease)
        {
            logger.TimerHeld(timer);
            return;
        }

        try
        {
            await engine.Timers.Single(t => t.Name == timer).Handle(cancellation);
        }
        catch (Exception e)
        {
            logger.TimerFailed(timer, e);
            await NoteAsync(timer, lease.FailedAsync(clock.GetUtcNow(), e.GetType().Name, CancellationToken.None));
            throw;
        }

        await lease.DoneAsync(began, cancellation);
    }

    /// <summary>What the tick threw is to be told, not that the note of it could not be written either.</summary>
    private async Task NoteAsync(string timer, Task note)
    {
        try
        {
            await note;
        }
        catch (PortUnavailableException e)
        {
            logger.TimerNoteLost(timer, e);
        }
    }
}
