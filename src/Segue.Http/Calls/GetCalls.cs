using Microsoft.AspNetCore.Http;
using Segue.Calls;
using Segue.Orders;
using Segue.Ports;

namespace Segue.Http.Calls;

/// <summary>
/// <c>GET /api/calls</c>: today's calls of every queue, or of <c>?queue=</c>; within each the first to be made first. 400 for a
/// queue that no journey has.
/// </summary>
internal static class GetCalls
{
    public static async Task<IResult> HandleAsync(string? queue, HttpContext context, ICallDesk desk, CancellationToken cancellation)
    {
        try
        {
            var known = await desk.QueuesAsync(cancellation);
            if (queue is not null && !known.Contains(queue))
            {
                var message = $"found {FieldError.Quote(queue)}; expected one of {string.Join(", ", known)}";
                return Problems.Faults("There is no such queue", "No journey asks for calls there.", [new(0, "queue", message)]);
            }

            var lists = new List<CallList>();
            foreach (var name in queue is null ? known : [queue])
            {
                lists.Add(await desk.ReadAsync(name, cancellation));
            }

            return Results.Json(new { queues = lists.Select(View) });
        }
        catch (PortUnavailableException e)
        {
            return Problems.Unavailable(context, e);
        }
    }

    private static object View(CallList list) => new
    {
        list.Queue,
        list.Capacity,
        list.MadeToday,
        list.Waiting,
        calls = list.Calls.Select(c => new
        {
            c.Id,
            c.Call.CustomerId,
            c.Name,
            c.Phone,
            c.Segment,
            c.Call.Reason,
            c.Call.Priority,
            c.Call.Value,
            c.Call.Journey,
            c.Call.Step,
            c.Call.Outcomes,
            c.Call.AddedAt,
            c.Call.DueAt,
        }),
    };
}
