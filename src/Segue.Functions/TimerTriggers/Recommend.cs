using Microsoft.Azure.Functions.Worker;
using Segue.Functions.Hosting;
using Segue.Recommendations;

namespace Segue.Functions.TimerTriggers;

/// <summary>Learns from all orders what goes with what.</summary>
public sealed class Recommend(TimerRunner runner)
{
    /// <summary>One tick.</summary>
    [Function(nameof(Recommend))]
    [FixedDelayRetry(TimerRunner.Retries, TimerRunner.RetryDelay)]
    public Task RunAsync([TimerTrigger(RecommendationBuilder.Schedule)] TimerInfo tick, CancellationToken cancellation) =>
        runner.RunAsync(nameof(Recommend), tick, cancellation);
}
