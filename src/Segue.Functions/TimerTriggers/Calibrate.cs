using Microsoft.Azure.Functions.Worker;
using Segue.Functions.Hosting;
using Segue.Segmentation;

namespace Segue.Functions.TimerTriggers;

/// <summary>Makes a calibration of the whole shop.</summary>
public sealed class Calibrate(TimerRunner runner)
{
    /// <summary>One tick.</summary>
    [Function(nameof(Calibrate))]
    [FixedDelayRetry(TimerRunner.Retries, TimerRunner.RetryDelay)]
    public Task RunAsync([TimerTrigger(CalibrationRunner.Schedule)] TimerInfo tick, CancellationToken cancellation) =>
        runner.RunAsync(nameof(Calibrate), tick, cancellation);
}
