using System.Text.Json;
using System.Text.Json.Nodes;
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
            using var document = JsonDocument.Parse(body);
            var mapped = map(document.RootElement);
            if (mapped.Count == 0)
            {
                return Results.Json(new { accepted = 0, ignored = true });
            }

            orders = JsonSerializer.SerializeToUtf8Bytes(mapped);
        }
        catch (Exception e) when (e is JsonException or OverflowException)
        {
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

            return Results.Json(new { accepted = receipt.Accepted.Count, results = receipt.Accepted, errors = receipt.Faults });
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
