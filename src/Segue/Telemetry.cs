using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Segue;

/// <summary>Traces and metrics of every handler, under the name <c>Segue</c>, for whichever exporter the host adds.</summary>
public static class Telemetry
{
    /// <summary>Name of the activity source and of the meter.</summary>
    public const string Name = "Segue";

    /// <summary>One activity for each message or tick.</summary>
    public static ActivitySource Source { get; } = new(Name);

    private static readonly Meter Meter = new(Name);

    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>(
        "segue.handler.duration", "ms", "Time that a handler took for one message or tick.");

    internal static void Handled(string function, TimeSpan took) =>
        Duration.Record(took.TotalMilliseconds, new KeyValuePair<string, object?>("function", function));
}
