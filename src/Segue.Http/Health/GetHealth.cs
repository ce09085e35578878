using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Segue.Ports;

namespace Segue.Http.Health;

/// <summary><c>GET /health</c>: 200 while the store answers, else 503. Dead letters are counted for an alarm, not a failure.</summary>
internal static class GetHealth
{
    private static readonly string Version = typeof(GetHealth).Assembly.GetName().Version?.ToString(3) ?? "";

    public static async Task<IResult> HandleAsync(HttpContext context, IHealthProbe probe, CancellationToken cancellation)
    {
        context.Response.Headers.CacheControl = "no-store";
        try
        {
            await probe.CheckAsync(cancellation);
            var deadLetters = probe.CountDeadLetters();
            return Results.Json(new HealthAnswer("ok", Version, deadLetters));
        }
        catch (PortUnavailableException e)
        {
            return Problems.Unavailable(context, e);
        }
    }
}

/// <summary>The answer of a process that can do its work.</summary>
/// <param name="Status">ok.</param>
/// <param name="Version">Segue's version.</param>
/// <param name="DeadLetters">Messages set aside for somebody to look at; left out where the bus itself counts them.</param>
internal sealed record HealthAnswer(
    string Status, string Version, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? DeadLetters);
