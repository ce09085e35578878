using Microsoft.AspNetCore.Http;
using Segue.Http.Journeys;

namespace Segue.Http.Reports;

/// <summary><c>GET /api/journeys/{id}</c>: one journey as a flow, with its figures and who is at each step.</summary>
internal static class GetJourney
{
    public static Task<IResult> HandleAsync(string id, HttpContext context, IShopInsights insights, CancellationToken cancellation) =>
        JourneyAnswers.OfAsync(context, async () => await insights.JourneyAsync(id, cancellation) is { } journey
            ? Results.Json(journey) : Problems.NotFound($"There is no journey '{id}'."));
}
