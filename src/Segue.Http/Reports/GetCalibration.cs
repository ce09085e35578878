using Microsoft.AspNetCore.Http;
using Segue.Ports;

namespace Segue.Http.Reports;

/// <summary><c>GET /api/calibration</c>: the calibration in force, and what members of segments and clusters are like.</summary>
internal static class GetCalibration
{
    public static async Task<IResult> HandleAsync(HttpContext context, IShopInsights insights, CancellationToken cancellation)
    {
        try
        {
            return Results.Json(await insights.CalibrationAsync(cancellation));
        }
        catch (PortUnavailableException e)
        {
            return Problems.Unavailable(context, e);
        }
    }
}
