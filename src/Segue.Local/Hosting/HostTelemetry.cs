using System.Diagnostics;
using System.Diagnostics.Metrics;
using Segue.Local.Storage;

namespace Segue.Local.Hosting;

/// <summary>What the host adds to the engine's traces and metrics: deliveries, and how each ended.</summary>
internal static class HostTelemetry
{
    private static readonly Meter Meter = new(Telemetry.Name);
    private static readonly Counter<long> Handled =
        Meter.CreateCounter<long>("segue.host.runs", "{run}", "Messages and ticks that the host gave to a handler, by outcome.");

    /// <summary>Starts the trace of one message's handling.</summary>
    public static Activity? StartMessage(string handler, ReceivedMessage message)
    {
        var activity = Telemetry.Source.StartActivity($"process {message.Queue}", ActivityKind.Consumer);
        activity?.SetTag("messaging.destination.name", message.Queue);
        activity?.SetTag("segue.message.number", message.Number);
        activity?.SetTag("segue.deliveries", message.Deliveries);
        return activity;
    }

    /// <summary>Counts one run and says in its trace how it ended.</summary>
    public static void Ended(Activity? activity, string handler, string outcome)
    {
        Handled.Add(1, new("segue.handler", handler), new KeyValuePair<string, object?>("segue.outcome", outcome));
        activity?.SetTag("segue.outcome", outcome);
        activity?.SetStatus(outcome == "done" ? ActivityStatusCode.Ok : ActivityStatusCode.Error);
    }
}
