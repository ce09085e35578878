using Microsoft.AspNetCore.Http;
using Segue.Ports;

namespace Segue.Http.Orders;

/// <summary>
/// <c>POST /api/orders</c>: one order or an array. 202 once all are on the bus; 400 naming each bad element and field, and
/// then nothing was taken, unless the request says <c>?partial=true</c>: then 202 with what was taken and what was not.
/// </summary>
internal static class PostOrders
{
    private const string KeyHeader = "Idempotency-Key";
    private const int LongestKey = 255;

    public static async Task<IResult> HandleAsync(HttpContext context, IOrderIntake intake, CancellationToken cancellation)
    {
        string? key = context.Request.Headers[KeyHeader];
        if (key is "" or { Length: > LongestKey } || !TryReadPartial(context.Request, out var partial))
        {
            return Problems.Faults(
                "The request is not right", $"{KeyHeader} has 1 to {LongestKey} characters; partial is true or false.", []);
        }

        var (body, refusal) = await JsonBody.ReadAsync(context.Request, cancellation);
        if (refusal is not null)
        {
            return refusal;
        }

        try
        {
            return Answer(await intake.TakeAsync(new(body, key, partial), cancellation), partial);
        }
        catch (PortUnavailableException e)
        {
            return Problems.Unavailable(context, e);
        }
        catch (MessageTooLargeException e)
        {
            return Problems.TooLarge($"One order alone is too large. {e.Message}");
        }
    }

    private static IResult Answer(OrderReceipt receipt, bool partial)
    {
        if (receipt.Faults.Count > 0 && !partial)
        {
            return Problems.Faults(
                "Some orders are not right", "None of this request was taken; with ?partial=true what is right is taken.",
                receipt.Faults);
        }

        return Results.Json(
            new { accepted = receipt.Accepted.Count, receipt.DuplicatesInRequest, results = receipt.Accepted, errors = receipt.Faults },
            statusCode: StatusCodes.Status202Accepted);
    }

    private static bool TryReadPartial(HttpRequest request, out bool partial)
    {
        partial = false;
        string? text = request.Query["partial"];
        return text is null || bool.TryParse(text, out partial);
    }
}
