using System.Diagnostics;
using System.Diagnostics.Metrics;
using Segue.Email;

namespace Segue;

/// <summary>Traces and metrics of every handler, under the name <c>Segue</c>, for whichever exporter the host adds.</summary>
public static class Telemetry
{
    /// <summary>Name of the activity source and of the meter.</summary>
    public const string Name = "Segue";

    /// <summary>One activity for each message or tick.</summary>
    public static ActivitySource Source { get; } = new(Name);

    /// <summary>Counter of ticks, with tags <c>timer</c> and <c>outcome</c>. Alerts in infra/ read it by this name.</summary>
    public const string TimerTicks = "segue.timer.ticks";

    /// <summary>Gauge of the oldest due row's lateness, in seconds. Alerts in infra/ read it by this name.</summary>
    public const string OldestDue = "segue.due.oldest";

    /// <summary>
    /// Counter of mails that were settled, with the tag <c>status</c>: accepted, rejected, withheld, or unknown, which is what
    /// stays so. Alerts in infra/ read it by this name.
    /// </summary>
    public const string Sends = "segue.sends";

    /// <summary>
    /// Counter of signed webhook calls that were refused, with the tags <c>source</c> and <c>reason</c>. Alerts in infra/ read it
    /// by this name.
    /// </summary>
    public const string WebhooksRefused = "segue.webhooks.refused";

    private static readonly Meter Meter = new(Name);

    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>(
        "segue.handler.duration", "ms", "Time that a handler took for one message or tick.");

    private static readonly Counter<long> Ticks = Meter.CreateCounter<long>(
        TimerTicks, "{tick}", "Ticks of timers, by how they ended: done or failed.");

    private static readonly Gauge<double> Oldest = Meter.CreateGauge<double>(
        OldestDue, "s", "How late the oldest row was that a tick found due; 0 where none was late.");

    private static readonly Counter<long> SendCounter = Meter.CreateCounter<long>(
        Sends, "{mail}", "Mails that were settled, by where they ended.");

    private static readonly Counter<long> Refused = Meter.CreateCounter<long>(
        WebhooksRefused, "{call}", "Signed webhook calls that were refused, by whose they claim to be and why.");

    internal static void Handled(string function, TimeSpan took) =>
        Duration.Record(took.TotalMilliseconds, new KeyValuePair<string, object?>("function", function));

    /// <summary>Runs one tick of a timer, and counts it by how it ended. One that was called off counts as neither.</summary>
    internal static async Task TickAsync(string timer, Func<CancellationToken, Task> tick, CancellationToken cancellation)
    {
        try
        {
            await tick(cancellation);
        }
        catch (Exception) when (!cancellation.IsCancellationRequested)
        {
            Ticks.Add(1, new("timer", timer), new KeyValuePair<string, object?>("outcome", "failed"));
            throw;
        }

        Ticks.Add(1, new("timer", timer), new KeyValuePair<string, object?>("outcome", "done"));
    }

    internal static void FoundDue(TimeSpan oldest) => Oldest.Record(oldest.TotalSeconds);

    internal static void Settled(SendStatus status) =>
        SendCounter.Add(1, new KeyValuePair<string, object?>("status", status.ToString().ToLowerInvariant()));

    /// <summary>A call that claims to come from a service was not signed by it, or not now.</summary>
    /// <param name="source">The service, such as <c>sendgrid</c>.</param>
    /// <param name="reason">One of a few words, never anything from the call.</param>
    public static void RefusedWebhook(string source, string reason) =>
        Refused.Add(1, new("source", source), new KeyValuePair<string, object?>("reason", reason));
}
