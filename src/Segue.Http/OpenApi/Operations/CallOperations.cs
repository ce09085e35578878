using Segue.Http.Calls;
using Segue.Http.Codes;

namespace Segue.Http.OpenApi.Operations;

internal static class CallOperations
{
    private static readonly DateTimeOffset _at = new(2026, 11, 20, 9, 30, 0, TimeSpan.Zero);

    public static IReadOnlyDictionary<string, ApiOperation> All { get; } = new Dictionary<string, ApiOperation>
    {
        ["GET /api/calls"] = new("getCalls", ApiOperations.Calls, "Today's calls of every queue, or of one; the first to be made first.")
        {
            Parameters = [new("queue", "query", "Of this queue alone.", """{ "type": "string" }"""), Parameters.Format],
            Answers =
            [
                ApiAnswer.Json(new CallQueues([new("accounts", 20, 1, 3, [new(
                    "Zm9v", "c-17", "Ada", "+41 44 000 00 00", "vip-inactive", "Three months of silence", 1, 812.5m, "vip-reactivation", "call",
                    ["reached", "no-answer"], _at, _at.AddDays(3))])])),
                ApiAnswer.Csv(),
            ],
            Problems = [400],
        },
        ["POST /api/calls/{id}/outcome"] = new("postCallOutcome", ApiOperations.Calls, "Tells what came of a call, which chooses the journey's branch.")
        {
            Parameters = [new("id", "path", "The call, as the list names it.", """{ "type": "string", "minLength": 1 }""")],
            Body = ApiOperation.Json("CallOutcome"),
            Answers = [ApiAnswer.Json(new OutcomeTaken(1, "reached"), "On its way to the journey.", 202)],
            Problems = [404, 409],
        },
        ["GET /api/codes/{code}"] = new("getCode", ApiOperations.Calls, "What a code is worth now, for the checkout.")
        {
            Parameters = [new("code", "path", "The code; case and spaces around it do not matter.", """{ "type": "string", "minLength": 1 }""")],
            Answers = [ApiAnswer.Json(new CodeView("K7M2PQ9XAB", true, null, 15, null, 50, false, _at.AddDays(7), "c-17") { Products = ["tea-1", "cup-1"], Bundle = true })],
            Problems = [404],
        },
    };
}
