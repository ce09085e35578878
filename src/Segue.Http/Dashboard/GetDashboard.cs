using Microsoft.AspNetCore.Http;
using Segue.Http.Pages;
using Segue.Http.Reports;
using Segue.Ports;

namespace Segue.Http.Dashboard;

/// <summary>
/// <c>GET /dashboard/{**path}</c>: the dashboard's page, whatever view the path names; its files under
/// <c>assets/VERSION/</c>; and <c>plain</c>, an overview that needs no script. Where the page was not built the plain one
/// stands in for it and says how to get it.
/// </summary>
internal static class GetDashboard
{
    private const string Plain = "plain";
    private const string Assets = "assets/";
    private const string ForEver = "public, max-age=31536000, immutable";

    public static Task<IResult> HandleAsync(
        string? path, HttpContext context, IShopReports reports, CancellationToken cancellation)
    {
        var bundle = DashboardBundle.Built;
        return path?.StartsWith(Assets, StringComparison.Ordinal) == true ? Task.FromResult(File(path[Assets.Length..], context, bundle))
            : path == Plain || !bundle.IsThere ? PlainAsync(context, reports, bundle, cancellation)
            : Task.FromResult(DashboardShell.Page(context, bundle));
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

    private static async Task<IResult> PlainAsync(
        HttpContext context, IShopReports reports, DashboardBundle bundle, CancellationToken cancellation)
    {
        try
        {
            var overview = await reports.OverviewAsync(cancellation);
            return await Page.RenderAsync<DashboardPage>(
                context, new() { [nameof(DashboardPage.Overview)] = overview, [nameof(DashboardPage.HasPage)] = bundle.IsThere });
        }
        catch (PortUnavailableException e)
        {
            return await Page.UnavailableAsync(context, e);
        }
    }
}
