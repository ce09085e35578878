using Microsoft.AspNetCore.Http;
using Segue.Messaging;
using Segue.Ports;

namespace Segue.Http.Events;

/// <summary>
/// <c>POST /api/events</c>: one event or an array, from the shop's server. 202 once all are on the bus; 400 naming each bad
/// element and field, and then nothing was taken, unless the request says <c>?partial=true</c>.
/// </summary>
internal static class PostEvents
{
    public static async Task<IResult> HandleAsync(HttpContext context, IEventIntake intake, CancellationToken cancellation)
    {
        var isKey = IdempotencyKey.TryRead(context.Request, out var key);
        string? part = context.Request.Query["partial"];
        var partial = false;
        if (!isKey || (part is not null && !bool.TryParse(part, out partial)))
        {
            return Problems.Faults(
                "The request is not right", $"{IdempotencyKey.Header} has 1 to {IdempotencyKey.Longest} visible characters of ASCII; partial is true or false.", []);
        }

        var (body, refusal) = await JsonBody.ReadAsync(context.Request, cancellation);
        return refusal ?? await TakeAsync(context, intake, new(body, key, partial), cancellation);
    }

    /// <summary>Gives a request to the product and its answer to the caller.</summary>
    public static async Task<IResult> TakeAsync(HttpContext context, IEventIntake intake, EventRequest request, CancellationToken cancellation)
    {
        try
        {
            var receipt = await intake.TakeAsync(request, cancellation);
            return receipt.Faults.Count > 0 && !request.Partial
                ? Problems.Faults("Some events are not right", "None of this request was taken; with ?partial=true what is right is taken.", receipt.Faults)
                : Results.Json(
                    new EventsTaken(receipt.Accepted.Count, receipt.Accepted, receipt.Faults),
                    statusCode: StatusCodes.Status202Accepted);
        }
        catch (IdempotencyKeyException e)
        {
            return e.IsUnderWay ? Problems.Conflict("A request with this Idempotency-Key is under way: send it again in a moment.") : Problems.KeyReused();
        }
        catch (PortUnavailableException e)
        {
            return Problems.Unavailable(context, e);
        }
        catch (MessageTooLargeException e)
        {
            return Problems.TooLarge($"One event alone is too large. {e.Message}");
        }
    }
}

/// <summary>The answer to events.</summary>
/// <param name="Accepted">How many were taken.</param>
/// <param name="Results">Those taken.</param>
/// <param name="Errors">What is wrong with those that were not, where the request asked for a part.</param>
internal sealed record EventsTaken(int Accepted, IReadOnlyList<AcceptedEvent> Results, IReadOnlyList<RequestFault> Errors);
