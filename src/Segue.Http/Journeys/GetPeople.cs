using System.Globalization;
using Microsoft.AspNetCore.Http;
using Segue.Http.Reports;

namespace Segue.Http.Journeys;

/// <summary>
/// <c>GET /api/journeys/{id}/people</c>: who is where. How many at each step of each version, and by name, with <c>?version=</c>,
/// <c>?step=</c>, <c>?after=</c> and <c>?limit=</c>. 404 where there is no such journey and nobody is under way in one.
/// </summary>
internal static class GetPeople
{
    public static Task<IResult> HandleAsync(
        string id, string? version, string? step, string? after, string? limit, HttpContext context, IShopInsights insights, CancellationToken cancellation)
    {
        if (!int.TryParse(limit ?? "100", NumberStyles.None, CultureInfo.InvariantCulture, out var most) || most is < 1 or > PeopleWish.LargestLimit)
        {
            var message = $"found '{limit}'; expected a number from 1 to {PeopleWish.LargestLimit}";
            return Task.FromResult(Problems.Faults("The request is not right", "How many to name is wrong.", [new(0, "limit", message)]));
        }

        return JourneyAnswers.OfAsync(context, async () => await insights.PeopleAsync(new(id, version, step, after, most), cancellation) is { } people
            ? Results.Json(people) : Problems.NotFound($"There is no journey '{id}'."));
    }
}
