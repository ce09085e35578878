using Microsoft.Azure.Functions.Worker;
using Segue.Functions.Hosting;
using Segue.Messaging;

namespace Segue.Functions.TimerTriggers;

/// <summary>Sends on its way what is due before the next tick.</summary>
public sealed class RecomputeSegments(TimerRunner runner)
{
    /// <summary>One tick.</summary>
    [Function(nameof(RecomputeSegments))]
    [FixedDelayRetry(TimerRunner.Retries, TimerRunner.RetryDelay)]
    public Task RunAsync([TimerTrigger(Ticks.Schedule)] TimerInfo tick, CancellationToken cancellation) =>
        runner.RunAsync(nameof(RecomputeSegments), tick, cancellation);
}
