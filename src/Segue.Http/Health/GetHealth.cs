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
            return deadLetters is null
                ? Results.Json(new { status = "ok", version = Version })
                : Results.Json(new { status = "ok", version = Version, deadLetters });
        }
        catch (PortUnavailableException e)
        {
            return Problems.Unavailable(context, e);
        }
    }
}
