using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Segue.Http.Events;
using Segue.Http.Orders;
using Segue.Ports;

namespace Segue.Http.Webhooks.Shops;

/// <summary>
/// <c>POST /api/cloudevents</c>: orders and events in CloudEvents envelopes, for shops whose systems speak them. The shop's own key
/// opens it, as it opens /api/orders.
/// </summary>
internal static class PostCloudEvents
{
    public static async Task<IResult> HandleAsync(HttpContext context, IOrderIntake orders, IEventIntake events, CancellationToken cancellation)
    {
        var (body, refusal) = await JsonBody.ReadAsync(context.Request, cancellation);
        if (refusal is not null)
        {
            return refusal;
        }

        var opened = CloudEvents.Open(body, name => context.Request.Headers[name].FirstOrDefault());
        if (opened.Faults.Count > 0)
        {
            return Problems.Faults("Some envelopes are not right", "None of this request was taken.", opened.Faults);
        }

        try
        {
            var (ordered, happened) = (new OrderRequest(Bytes(opened.Orders), null, Partial: false), new EventRequest(Bytes(opened.Events), null, Partial: false));
            IReadOnlyList<RequestFault> faults =
            [
                .. (await orders.TakeAsync(ordered with { CheckOnly = true }, cancellation)).Faults,
                .. (await events.TakeAsync(happened with { CheckOnly = true }, cancellation)).Faults,
            ];
            if (faults.Count > 0)
            {
                return Problems.Faults("Some of the data is not right", "None of this request was taken.", faults);
            }

            var accepted = opened.Orders.Count == 0 ? 0 : (await orders.TakeAsync(ordered, cancellation)).Accepted.Count;
            accepted += opened.Events.Count == 0 ? 0 : (await events.TakeAsync(happened, cancellation)).Accepted.Count;
            return Results.Json(new Taken(accepted), statusCode: StatusCodes.Status202Accepted);
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

    private static byte[] Bytes(JsonArray array) => JsonSerializer.SerializeToUtf8Bytes(array);
}
