using Microsoft.AspNetCore.Http;
using Segue.Ports;

namespace Segue.Http.Reports;

/// <summary><c>GET /api/segments/map</c>: segments with their rules and journeys, tags, scores and ages of all customers.</summary>
internal static class GetSegmentMap
{
    public static async Task<IResult> HandleAsync(HttpContext context, IShopInsights insights, CancellationToken cancellation)
    {
        try
        {
            return Results.Json(await insights.MapAsync(cancellation));
        }
        catch (PortUnavailableException e)
        {
            return Problems.Unavailable(context, e);
        }
    }
}
