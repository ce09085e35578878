using Microsoft.AspNetCore.Http;
using Segue.Http.Pages;
using Segue.Http.Reports;
using Segue.Ports;

namespace Segue.Http.Dashboard;

/// <summary><c>GET /dashboard</c>: the overview, as a page.</summary>
internal static class GetDashboard
{
    public static async Task<IResult> HandleAsync(HttpContext context, IShopReports reports, CancellationToken cancellation)
    {
        try
        {
            var overview = await reports.OverviewAsync(cancellation);
            return await Page.RenderAsync<DashboardPage>(context, new() { [nameof(DashboardPage.Overview)] = overview });
        }
        catch (PortUnavailableException e)
        {
            return await Page.UnavailableAsync(context, e);
        }
    }
}
