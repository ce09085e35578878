using Microsoft.AspNetCore.Http;
using Segue.Messaging;
using Segue.Ports;

namespace Segue.Http.Orders;

/// <summary>
/// <c>POST /api/orders</c>: one order or an array. 202 once all are on the bus; 400 naming each bad element and field, and
/// then nothing was taken, unless the request says <c>?partial=true</c>: then 202 with what was taken and what was not.
/// </summary>
internal static class PostOrders
{
    public static async Task<IResult> HandleAsync(HttpContext context, IOrderIntake intake, CancellationToken cancellation)
    {
        var isKey = IdempotencyKey.TryRead(context.Request, out var key);
        if (!isKey || !TryReadPartial(context.Request, out var partial))
        {
            return Problems.Faults(
                "The request is not right", $"{IdempotencyKey.Header} has 1 to {IdempotencyKey.Longest} visible characters of ASCII; partial is true or false.", []);
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
            new OrdersTaken(receipt.Accepted.Count, receipt.DuplicatesInRequest, receipt.Accepted, receipt.Faults),
            statusCode: StatusCodes.Status202Accepted);
    }

    private static bool TryReadPartial(HttpRequest request, out bool partial)
    {
        partial = false;
        string? text = request.Query["partial"];
        return text is null || bool.TryParse(text, out partial);
    }
}

/// <summary>The answer to orders.</summary>
/// <param name="Accepted">How many were taken.</param>
/// <param name="DuplicatesInRequest">Orders that stand in the request twice with the same content, beyond the first.</param>
/// <param name="Results">Those taken.</param>
/// <param name="Errors">What is wrong with those that were not, where the request asked for a part.</param>
internal sealed record OrdersTaken(int Accepted, int DuplicatesInRequest, IReadOnlyList<AcceptedOrder> Results, IReadOnlyList<RequestFault> Errors);
