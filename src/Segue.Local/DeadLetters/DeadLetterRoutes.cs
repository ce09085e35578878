using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Segue.Ports;

namespace Segue.Local.DeadLetters;

/// <summary>
/// What <see cref="ServerDeadLetters"/> asks. In Azure the queues keep their dead letters themselves, and the portal shows
/// and resubmits them: so these routes are this host's own.
/// </summary>
internal static class DeadLetterRoutes
{
    public static void Map(IEndpointRouteBuilder routes, IDeadLetters letters)
    {
        routes.MapPost("/local/deadletters/{number:long}/replay", (long number, CancellationToken c) => AnswerAsync(letters.ReplayAsync(number, c)));
        routes.MapPost("/local/deadletters/{number:long}/drop", (long number, CancellationToken c) => AnswerAsync(letters.DropAsync(number, c)));
    }

    private static async Task<IResult> AnswerAsync(Task<bool> found)
    {
        try
        {
            return await found ? Results.NoContent() : Results.NotFound();
        }
        catch (PortUnavailableException e)
        {
            return Results.Problem(e.Message, statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}
