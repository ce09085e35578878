using Microsoft.AspNetCore.Http;

namespace Segue.Http.Journeys;

/// <summary><c>GET /api/journeys/{id}/forecast</c>: whom the journey would mail. 404 where there is no such journey.</summary>
internal static class GetForecast
{
    public static Task<IResult> HandleAsync(string id, HttpContext context, IJourneyControl journeys, CancellationToken cancellation) =>
        JourneyAnswers.OfAsync(context, async () => Results.Json(await journeys.ForecastAsync(id, cancellation)));
}
