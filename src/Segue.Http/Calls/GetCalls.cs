using System.Globalization;
using Microsoft.AspNetCore.Http;
using Segue.Calls;
using Segue.Http.Reports;
using Segue.Orders;
using Segue.Ports;

namespace Segue.Http.Calls;

/// <summary>
/// <c>GET /api/calls</c>: today's calls of every queue, or of <c>?queue=</c>; within each the first to be made first; with
/// <c>?format=csv</c> as CSV. 400 for a queue that no journey has.
/// </summary>
internal static class GetCalls
{
    public static async Task<IResult> HandleAsync(string? queue, string? format, HttpContext context, ICallDesk desk, CancellationToken cancellation)
    {
        if (format is not (null or "json" or "csv"))
        {
            var message = $"found {FieldError.Quote(format)}; expected json or csv";
            return Problems.Faults("The request is not right", "The list can be had as JSON and as CSV.", [new(0, "format", message)]);
        }

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

            return format == "csv" ? Results.Text(Table(lists).ToString(), "text/csv; charset=utf-8") : Results.Json(new CallQueues([.. lists.Select(View)]));
        }
        catch (PortUnavailableException e)
        {
            return Problems.Unavailable(context, e);
        }
    }

    private static CsvTable Table(IEnumerable<CallList> lists)
    {
        var table = new CsvTable("queue", "rank", "id", "customerId", "name", "phone", "segment", "reason", "priority", "value", "journey", "step", "outcomes", "addedAt", "dueAt");
        foreach (var list in lists)
        {
            for (var i = 0; i < list.Calls.Count; i++)
            {
                var (c, rank) = (list.Calls[i], i + 1);
                table.Row(
                    list.Queue, rank, c.Id, c.Call.CustomerId, c.Name, c.Phone, c.Segment, c.Call.Reason, c.Call.Priority, c.Call.Value, c.Call.Journey, c.Call.Step,
                    string.Join(' ', c.Call.Outcomes), c.Call.AddedAt.ToString("u", CultureInfo.InvariantCulture), c.Call.DueAt.ToString("u", CultureInfo.InvariantCulture));
            }
        }

        return table;
    }

    private static CallQueue View(CallList list) => new(list.Queue, list.Capacity, list.MadeToday, list.Waiting, [.. list.Calls.Select(c => new CallToMake(
        c.Id, c.Call.CustomerId, c.Name, c.Phone, c.Segment, c.Call.Reason, c.Call.Priority, c.Call.Value, c.Call.Journey, c.Call.Step,
        c.Call.Outcomes, c.Call.AddedAt, c.Call.DueAt))]);
}

/// <summary>The agents' lists.</summary>
internal sealed record CallQueues(IReadOnlyList<CallQueue> Queues);

/// <summary>One queue's list for today.</summary>
/// <param name="Queue">The queue.</param>
/// <param name="Capacity">How many calls a day it can make; null for no bound.</param>
/// <param name="MadeToday">Those that ended by an outcome today.</param>
/// <param name="Waiting">All that wait, whether today's list holds them or not.</param>
/// <param name="Calls">Today's, the first to be made first.</param>
internal sealed record CallQueue(string Queue, int? Capacity, int MadeToday, int Waiting, IReadOnlyList<CallToMake> Calls);

/// <summary>One call.</summary>
/// <param name="Id">Names it when its outcome is told.</param>
/// <param name="CustomerId">Whom to call.</param>
/// <param name="Name">The customer's name, or null.</param>
/// <param name="Phone">Their number, or null where they have withdrawn it.</param>
/// <param name="Segment">Their segment, or null.</param>
/// <param name="Reason">Why, for who calls.</param>
/// <param name="Priority">1 goes first, 9 last.</param>
/// <param name="Value">What the customer is worth, in the shop's currency.</param>
/// <param name="Journey">The journey that asks for it.</param>
/// <param name="Step">Its step.</param>
/// <param name="Outcomes">What may come of it.</param>
/// <param name="AddedAt">Since when it waits.</param>
/// <param name="DueAt">When it expires.</param>
internal sealed record CallToMake(
    string Id, string CustomerId, string? Name, string? Phone, string? Segment, string Reason, int Priority, decimal Value, string Journey, string Step,
    IReadOnlyList<string> Outcomes, DateTimeOffset AddedAt, DateTimeOffset DueAt);
