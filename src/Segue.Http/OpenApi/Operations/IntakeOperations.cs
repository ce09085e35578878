using Segue.Http.Events;
using Segue.Http.Orders;

namespace Segue.Http.OpenApi.Operations;

internal static class IntakeOperations
{
    private static readonly AcceptedEvent _event = new(0, "e-1", "c-17");

    public static IReadOnlyDictionary<string, ApiOperation> All { get; } = new Dictionary<string, ApiOperation>
    {
        ["POST /api/orders"] = new("postOrders", ApiOperations.Intake, "Takes one order or an array of them; sent again, in any order, each counts once.")
        {
            Parameters = [Parameters.Partial, Parameters.IdempotencyKey],
            Body = ApiOperation.Json("OneOrMoreOrders"),
            Answers = [ApiAnswer.Json(new OrdersTaken(1, 0, [new(0, "1001", "c-17")], []), "On its way: the orders are on the queue.", 202)],
            Problems = [409, 422],
        },
        ["POST /api/events"] = new("postEvents", ApiOperations.Intake, "Takes one event or an array of them, from the shop's server.")
        {
            Parameters = [Parameters.Partial, Parameters.IdempotencyKey],
            Body = ApiOperation.Json("OneOrMoreEvents"),
            Answers = [ApiAnswer.Json(new EventsTaken(1, [_event], []), "On its way: the events are on the queue.", 202)],
            Problems = [409, 422],
        },
        ["POST /api/browser/events"] = new("postBrowserEvents", ApiOperations.Intake, "Takes events of anonymous visitors, from the shop's own pages; 64 KiB at most.")
        {
            Parameters = [new("Origin", "header", "The page's origin, which browsers send.", """{ "type": "string", "examples": ["https://shop.example.com"] }""")],
            Body = new Dictionary<string, string> { ["application/json"] = "OneOrMoreVisitorEvents", ["text/plain"] = "OneOrMoreVisitorEvents" },
            Answers = [ApiAnswer.Json(new EventsTaken(1, [_event with { CustomerId = null }], []), "On its way; errors say what was left out.", 202)],
            Problems = [403],
            Signed = [SecuritySchemes.BrowserKey],
        },
        ["OPTIONS /api/browser/events"] = new("preflightBrowserEvents", ApiOperations.Intake, "Tells a browser whether a page may send events.")
        {
            Answers = [new(204, "With the headers that allow it, where the page's origin has a key.")],
        },
        ["PUT /api/products"] = new("putProducts", ApiOperations.Intake, "Takes one product or an array of them, as the shop describes them now.")
        {
            Body = ApiOperation.Json("OneOrMoreProducts"),
            Answers = [ApiAnswer.Json(new Taken(1), "On its way.", 202)],
        },
        ["POST /api/cloudevents"] = new("postCloudEvents", ApiOperations.Intake, "Takes orders (segue.order) and events (segue.event) in CloudEvents 1.0 envelopes: structured, batched or binary.")
        {
            Body = new Dictionary<string, string>
            {
                ["application/cloudevents+json"] = "CloudEvent", ["application/cloudevents-batch+json"] = "CloudEventBatch", ["application/json"] = "OneOrMoreCloudEvents",
            },
            Answers = [ApiAnswer.Json(new Taken(1), "On its way.", 202)],
        },
    };
}
