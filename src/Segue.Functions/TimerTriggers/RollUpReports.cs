using Microsoft.Azure.Functions.Worker;
using Segue.Functions.Hosting;
using Schedule = Segue.Measurement.Reports.RollUpReports;

namespace Segue.Functions.TimerTriggers;

/// <summary>Adds up the facts of the days that have new ones.</summary>
public sealed class RollUpReports(TimerRunner runner)
{
    /// <summary>One tick.</summary>
    [Function(nameof(RollUpReports))]
    [FixedDelayRetry(TimerRunner.Retries, TimerRunner.RetryDelay)]
    public Task RunAsync([TimerTrigger(Schedule.Schedule)] TimerInfo tick, CancellationToken cancellation) =>
        runner.RunAsync(nameof(RollUpReports), tick, cancellation);
}
