using Microsoft.AspNetCore.Http;
using Segue.Ports;

namespace Segue.Http.Reports;

/// <summary><c>GET /api/overview</c>: all that the dashboard's first view shows.</summary>
internal static class GetOverview
{
    public static async Task<IResult> HandleAsync(HttpContext context, IShopReports reports, CancellationToken cancellation)
    {
        try
        {
            var o = await reports.OverviewAsync(cancellation);
            return Results.Json(new
            {
                o.At, o.ShopName, o.Currency, sending = SendingNames.Of(o.Sending), o.Customers, o.Reachable, o.Orders, o.Revenue,
                o.Segments, o.Stages, o.Journeys, o.Lately, o.LastOrderAt, o.CalibratedAt, o.Warnings,
            });
        }
        catch (PortUnavailableException e)
        {
            return Problems.Unavailable(context, e);
        }
    }
}
