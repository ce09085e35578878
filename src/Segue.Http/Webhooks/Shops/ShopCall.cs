using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Segue.Http.Orders;
using Segue.Ports;

namespace Segue.Http.Webhooks.Shops;

/// <summary>
/// What follows once a shop's call is known to be its own: its orders are mapped and go the way of every other order, with the
/// same checks and the same ids for the same order, so that a call sent again changes nothing.
/// </summary>
internal static class ShopCall
{
    /// <summary>
    /// 200 also where an order can't be taken: the shop would only send it again, and switch the webhook off in the end. What is
    /// wrong with it stands in the answer, which the shop shows beside its delivery, and in the log.
    /// </summary>
    public static async Task<IResult> TakeAsync(
        HttpContext context, string source, ReadOnlyMemory<byte> body, Func<JsonElement, JsonArray> map, IOrderIntake intake, CancellationToken cancellation)
    {
        byte[] orders;
        try
        {
            using var document = JsonText.Parse(body);
            var mapped = map(document.RootElement);
            if (mapped.Count == 0)
            {
                return Results.Json(ShopCallTaken.Nothing);
            }

            orders = JsonSerializer.SerializeToUtf8Bytes(mapped);
        }
        catch (Exception e) when (e is JsonException or OverflowException)
        {
            SignedCall.Note(context, source, SignedCall.Unreadable);
            return Problems.Faults("The body can't be read", $"It is no JSON, or its numbers are too large: {e.Message}", []);
        }

        try
        {
            var receipt = await intake.TakeAsync(new(orders, null, Partial: true), cancellation);
            if (receipt.Faults.Count > 0)
            {
                context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ShopCall))
                    .ShopOrderRefused(source, string.Join(", ", receipt.Faults.Select(f => f.Field).Distinct()));
            }

            return Results.Json(new ShopCallTaken(receipt.Accepted.Count, Results: receipt.Accepted, Errors: receipt.Faults));
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
}

/// <summary>The answer to a shop's call.</summary>
/// <param name="Accepted">Orders taken.</param>
/// <param name="Ignored">True for a call that says nothing of an order; else left out.</param>
/// <param name="Results">The orders taken, with the returns among them; left out where the call was ignored.</param>
/// <param name="Errors">What is wrong with those that were not; left out where the call was ignored.</param>
internal sealed record ShopCallTaken(
    int Accepted,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Ignored = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<AcceptedOrder>? Results = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<RequestFault>? Errors = null)
{
    /// <summary>A call that says nothing of an order.</summary>
    public static ShopCallTaken Nothing { get; } = new(0, Ignored: true);
}
