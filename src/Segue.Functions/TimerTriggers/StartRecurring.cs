using Microsoft.Azure.Functions.Worker;
using Segue.Functions.Hosting;
using Segue.Messaging;

namespace Segue.Functions.TimerTriggers;

/// <summary>Begins journeys whose calendar says that it is time.</summary>
public sealed class StartRecurring(TimerRunner runner)
{
    /// <summary>One tick.</summary>
    [Function(nameof(StartRecurring))]
    [FixedDelayRetry(TimerRunner.Retries, TimerRunner.RetryDelay)]
    public Task RunAsync([TimerTrigger(Ticks.Schedule)] TimerInfo tick, CancellationToken cancellation) =>
        runner.RunAsync(nameof(StartRecurring), tick, cancellation);
}
