using Microsoft.AspNetCore.Http;
using Segue.Ports;

namespace Segue.Http.Reports;

/// <summary><c>GET /api/journeys</c>: the journeys with their status and figures.</summary>
internal static class GetJourneys
{
    public static async Task<IResult> HandleAsync(HttpContext context, IShopReports reports, CancellationToken cancellation)
    {
        try
        {
            var overview = await reports.OverviewAsync(cancellation);
            return Results.Json(new JourneysListed(overview.At, SendingNames.Of(overview.Sending), overview.Journeys));
        }
        catch (PortUnavailableException e)
        {
            return Problems.Unavailable(context, e);
        }
    }
}

/// <summary>The journeys.</summary>
/// <param name="At">The moment of the answer.</param>
/// <param name="Sending">on, off or allow-list.</param>
/// <param name="Journeys">Live ones first, by name.</param>
internal sealed record JourneysListed(DateTimeOffset At, string Sending, IReadOnlyList<JourneyFigures> Journeys);
