using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Segue.Functions;

/// <summary>Traces, metrics and logs by OpenTelemetry.</summary>
public static class TelemetryServices
{
    /// <summary>
    /// Adds the engine's traces and metrics, and where a connection string names an Azure Monitor, everything's way there: the
    /// host is told that this process speaks for itself, and with an identity of the app's own nobody needs a key to write. Without
    /// one the host goes on writing this process's logs beside its own, on its console.
    /// </summary>
    public static IServiceCollection AddSegueTelemetry(this IServiceCollection services, IConfiguration settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var telemetry = services.AddOpenTelemetry();
        telemetry.WithTracing(traces => traces.AddSource(Telemetry.Name)).WithMetrics(metrics => metrics.AddMeter(Telemetry.Name));
        if (settings[AppSettings.Monitor] is { Length: > 0 } connection)
        {
            telemetry.UseFunctionsWorkerDefaults();
            telemetry.UseAzureMonitorExporter(monitor =>
            {
                monitor.ConnectionString = connection;
                if (settings[AppSettings.ClientId] is { Length: > 0 } identity)
                {
                    monitor.Credential = new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(identity));
                }
            });
        }

        return services;
    }
}
