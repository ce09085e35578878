using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NCrontab;
using Segue.Messaging;

namespace Segue.Local.Hosting;

/// <summary>
/// Runs one timer at its cron moments, in UTC, never two runs at a time. A tick missed while nothing ran is made up for
/// once at the start; one that falls into a run is left out; one that fails is tried at the next. Where somebody sets the
/// machine's clock, ticks follow it: within the hour at most.
/// </summary>
public sealed class TimerPump : BackgroundService
{
    // A delay takes no notice of a clock that is set meanwhile, so long ones are waited for in pieces.
    private static readonly TimeSpan LongestDelay = TimeSpan.FromHours(1);

    private readonly TimerTrigger _trigger;
    private readonly ITimerLedger _ledger;
    private readonly TimeProvider _clock;
    private readonly ILogger<TimerPump> _logger;
    private readonly CrontabSchedule _schedule;

    /// <summary>Prepares the timer.</summary>
    /// <exception cref="CrontabException">The schedule is no six-field cron expression.</exception>
    public TimerPump(TimerTrigger trigger, ITimerLedger ledger, TimeProvider clock, ILogger<TimerPump> logger)
    {
        ArgumentNullException.ThrowIfNull(trigger);
        _trigger = trigger;
        _ledger = ledger;
        _clock = clock;
        _logger = logger;
        _schedule = CrontabSchedule.Parse(trigger.Schedule, new() { IncludingSeconds = true });
    }

    /// <summary>The first tick after a moment.</summary>
    internal DateTimeOffset Next(DateTimeOffset after) => new(_schedule.GetNextOccurrence(after.UtcDateTime), TimeSpan.Zero);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await CatchUpAsync(stoppingToken);
            while (true)
            {
                await WaitForTickAsync(stoppingToken);
                await RunAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Asked to stop.
        }
    }

    private async Task CatchUpAsync(CancellationToken stopping)
    {
        DateTimeOffset? last;
        try
        {
            last = await _ledger.LastRunAsync(_trigger.Name, stopping);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Logs.TimerFailed(_logger, _trigger.Name, Next(_clock.GetUtcNow()), e);
            return;
        }

        if (last is { } ran && Next(ran) is var due && due <= _clock.GetUtcNow())
        {
            Logs.TimerPastDue(_logger, _trigger.Name, due);
            await RunAsync(stopping);
        }
    }

    private async Task WaitForTickAsync(CancellationToken stopping)
    {
        var from = _clock.GetUtcNow();
        var due = Next(from);

        // A delay may end a little early; a tick must not run before its moment, or it would run twice.
        for (var now = from; now < due; now = _clock.GetUtcNow())
        {
            if (now < from)
            {
                // The clock was put back: the tick that was waited for may be hours away now.
                (from, due) = (now, Next(now));
            }

            var left = due - now;
            await Task.Delay(left < LongestDelay ? RoundUp(left) : LongestDelay, _clock, stopping);
        }
    }

    private static TimeSpan RoundUp(TimeSpan left) => TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds));

    private async Task RunAsync(CancellationToken stopping)
    {
        using var activity = Telemetry.Source.StartActivity(_trigger.Name, ActivityKind.Internal);
        var at = _clock.GetUtcNow();
        try
        {
            await _trigger.Handle(stopping);
            await _ledger.RanAsync(_trigger.Name, at, stopping);
            HostTelemetry.Ended(activity, _trigger.Name, "done");
        }
        catch (Exception e) when (e is not OperationCanceledException || !stopping.IsCancellationRequested)
        {
            Logs.TimerFailed(_logger, _trigger.Name, Next(_clock.GetUtcNow()), e);
            HostTelemetry.Ended(activity, _trigger.Name, "failed");
        }
    }
}
