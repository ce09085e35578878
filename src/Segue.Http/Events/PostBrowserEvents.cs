using Microsoft.AspNetCore.Http;

namespace Segue.Http.Events;

/// <summary>
/// <c>POST /api/browser/events?key=…</c>: events of anonymous visitors, from the shop's own pages. The key is write-only and
/// holds for one origin; it stands in the page, so what comes this way can name no customer and say nothing that only the
/// shop knows. Takes what <c>navigator.sendBeacon</c> sends (text/plain), which needs no preflight.
/// </summary>
internal static class PostBrowserEvents
{
    private const int MaxBytes = 64 * 1024;

    public static async Task<IResult> HandleAsync(HttpContext context, IEventIntake intake, CancellationToken cancellation)
    {
        if (!await IsAllowedAsync(context, intake, cancellation))
        {
            return Results.Problem(
                title: "Not allowed",
                detail: "Events are taken from the origins and with the keys that browserKeys in settings.yaml names.",
                statusCode: StatusCodes.Status403Forbidden);
        }

        context.Response.Headers.AccessControlAllowOrigin = context.Request.Headers.Origin;
        context.Response.Headers.Vary = "Origin";
        if (context.Request.ContentType?.StartsWith("text/plain", StringComparison.OrdinalIgnoreCase) == true)
        {
            context.Request.ContentType = "application/json";
        }

        var (body, refusal) = await JsonBody.ReadAsync(context.Request, cancellation, MaxBytes);
        return refusal ?? await PostEvents.TakeAsync(context, intake, new(body, null, Partial: true, FromBrowser: true), cancellation);
    }

    /// <summary>The browser's question whether the page may send JSON here.</summary>
    public static async Task<IResult> PreflightAsync(HttpContext context, IEventIntake intake, CancellationToken cancellation)
    {
        string? origin = context.Request.Headers.Origin;
        if ((await intake.BrowserKeysAsync(cancellation)).Any(k => k.Origin == origin))
        {
            var headers = context.Response.Headers;
            headers.AccessControlAllowOrigin = origin;
            headers.AccessControlAllowMethods = "POST";
            headers.AccessControlAllowHeaders = "content-type";
            headers.AccessControlMaxAge = "86400";
            headers.Vary = "Origin";
        }

        return Results.NoContent();
    }

    private static async Task<bool> IsAllowedAsync(HttpContext context, IEventIntake intake, CancellationToken cancellation)
    {
        string? origin = context.Request.Headers.Origin;
        string? key = context.Request.Query["key"];
        return (await intake.BrowserKeysAsync(cancellation)).Any(k => k.Fits(origin, key));
    }
}
