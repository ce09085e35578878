using Microsoft.AspNetCore.Http;

namespace Segue.Http.Dashboard;

/// <summary>The page that every view of the dashboard begins with; what it shows comes from the API.</summary>
internal static class DashboardShell
{
    /// <summary>Scripts, styles and calls of this host only: nothing inline, nothing from elsewhere. Frames are for mail previews.</summary>
    public const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; frame-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>The page.</summary>
    public static IResult Page(HttpContext context, DashboardBundle bundle)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers["Referrer-Policy"] = "no-referrer";
        headers.XContentTypeOptions = "nosniff";
        return Results.Content(Html(bundle.Version), "text/html; charset=utf-8");
    }

    private static string Html(string version) => $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="robots" content="noindex">
        <title>Segue</title>
        <link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Ccircle cx='8' cy='8' r='8' fill='%23c2711a'/%3E%3Cpath d='M9 0a8 8 0 1 0 0 16z' fill='%232b4acb'/%3E%3C/svg%3E">
        <link rel="stylesheet" href="/dashboard/assets/{version}/{DashboardBundle.Styles}">
        <script type="module" src="/dashboard/assets/{version}/{DashboardBundle.Script}"></script>
        </head>
        <body>
        <div id="app">
        <header class="top"><span class="brand">Segue</span></header>
        <main><noscript><h1>Segue</h1><p>The dashboard is drawn by a script. Without one there is <a href="/overview">a plain overview</a>.</p></noscript></main>
        </div>
        </body>
        </html>

        """;
}
