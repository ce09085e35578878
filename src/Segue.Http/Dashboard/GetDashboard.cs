using Microsoft.AspNetCore.Http;
using Segue.Http.Pages;
using Segue.Http.Reports;
using Segue.Ports;

namespace Segue.Http.Dashboard;

/// <summary>
/// <c>GET /dashboard/{**path}</c>: the dashboard's page, whatever view the path names, and its files under
/// <c>assets/VERSION/</c>. They hold nothing of the shop, so anybody may have them; what they show, the page asks the API for.
/// <c>GET /overview</c>: an overview that needs no script. Where the page was not built one is sent there, and it says how to get the other.
/// </summary>
internal static class GetDashboard
{
    private const string Plain = "/overview";
    private const string Assets = "assets/";
    private const string ForEver = "public, max-age=31536000, immutable";

    public static IResult Handle(string? path, HttpContext context)
    {
        var bundle = DashboardBundle.Built;
        return path?.StartsWith(Assets, StringComparison.Ordinal) == true ? File(path[Assets.Length..], context, bundle)
            : bundle.IsThere ? DashboardShell.Page(context, bundle)
            : Results.Redirect(Plain + context.Request.QueryString);
    }

    private static IResult File(string path, HttpContext context, DashboardBundle bundle)
    {
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        var (version, name) = slash < 0 ? ("", path) : (path[..slash], path[(slash + 1)..]);
        var encoding = Accepted(context.Request);
        if (version != bundle.Version || (bundle.Find(name, encoding) ?? bundle.Find(name, encoding = "")) is not { } content)
        {
            return Problems.NotFound("There is no such file of the dashboard; load the page anew.");
        }

        var headers = context.Response.Headers;
        headers.CacheControl = ForEver;
        headers.Vary = "Accept-Encoding";
        headers.XContentTypeOptions = "nosniff";
        if (encoding.Length > 0)
        {
            headers.ContentEncoding = encoding;
        }

        return Results.Bytes(content, name == DashboardBundle.Script ? "text/javascript; charset=utf-8" : "text/css; charset=utf-8");
    }

    private static string Accepted(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().AcceptEncoding;
        return Array.Find(["br", "gzip"], e => accepted.Any(a => a.Value.Equals(e, StringComparison.OrdinalIgnoreCase) && a.Quality is null or > 0)) ?? "";
    }

    public static async Task<IResult> PlainAsync(HttpContext context, IShopReports reports, CancellationToken cancellation)
    {
        try
        {
            var overview = await reports.OverviewAsync(cancellation);
            return await Page.RenderAsync<DashboardPage>(
                context, new() { [nameof(DashboardPage.Overview)] = overview, [nameof(DashboardPage.HasPage)] = DashboardBundle.Built.IsThere });
        }
        catch (PortUnavailableException e)
        {
            return await Page.UnavailableAsync(context, e);
        }
    }
}
