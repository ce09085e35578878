using Microsoft.AspNetCore.Http;

namespace Segue.Http.Reports;

/// <summary><c>GET /api/journeys</c>: the journeys with their status and figures.</summary>
internal static class GetJourneys
{
    public static async Task<IResult> HandleAsync(IShopReports reports, CancellationToken cancellation)
    {
        var overview = await reports.OverviewAsync(cancellation);
        return Results.Json(new { overview.At, sending = SendingNames.Of(overview.Sending), overview.Journeys });
    }
}
