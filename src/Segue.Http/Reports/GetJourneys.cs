using Microsoft.AspNetCore.Http;
using Segue.Campaigns;

namespace Segue.Http.Reports;

/// <summary><c>GET /api/journeys</c>: the journeys with their status and figures.</summary>
internal static class GetJourneys
{
    public static async Task<IResult> HandleAsync(IShopReports reports, CancellationToken cancellation)
    {
        var overview = await reports.OverviewAsync(cancellation);
        return Results.Json(new { overview.At, sending = Name(overview.Sending), overview.Journeys });
    }

    /// <summary>As the settings file says it.</summary>
    private static string Name(Sending sending) =>
        sending switch { Sending.On => "on", Sending.AllowList => "allow-list", _ => "off" };
}
