using Microsoft.AspNetCore.Http;
using Segue.Ports;

namespace Segue.Http.Events;

/// <summary>
/// <c>POST /api/events</c>: one event or an array, from the shop's server. 202 once all are on the bus; 400 naming each bad
/// element and field, and then nothing was taken, unless the request says <c>?partial=true</c>.
/// </summary>
internal static class PostEvents
{
    private const string KeyHeader = "Idempotency-Key";
    private const int LongestKey = 255;

    public static async Task<IResult> HandleAsync(HttpContext context, IEventIntake intake, CancellationToken cancellation)
    {
        string? key = context.Request.Headers[KeyHeader];
        string? part = context.Request.Query["partial"];
        var partial = false;
        if (key is "" or { Length: > LongestKey } || (part is not null && !bool.TryParse(part, out partial)))
        {
            return Problems.Faults(
                "The request is not right", $"{KeyHeader} has 1 to {LongestKey} characters; partial is true or false.", []);
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
                    new { accepted = receipt.Accepted.Count, results = receipt.Accepted, errors = receipt.Faults },
                    statusCode: StatusCodes.Status202Accepted);
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
