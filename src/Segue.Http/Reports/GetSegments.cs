using Microsoft.AspNetCore.Http;

namespace Segue.Http.Reports;

/// <summary><c>GET /api/segments</c>: customers, orders and revenue by segment and stage.</summary>
internal static class GetSegments
{
    public static async Task<IResult> HandleAsync(IShopReports reports, CancellationToken cancellation)
    {
        var overview = await reports.OverviewAsync(cancellation);
        return Results.Json(new { overview.At, overview.Currency, overview.Segments, overview.Stages });
    }
}
