using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Segue.Calls;
using Segue.Files;
using Segue.Ports;

namespace Segue.Http.Calls;

/// <summary>
/// <c>POST /api/calls/{id}/outcome</c> with <c>{"outcome": "reached", "by": "who called"}</c>. 202; 400 naming what is wrong; 404
/// for an id that is none of ours; 409 where the journey does not wait for the call any more.
/// </summary>
internal static class PostCallOutcome
{
    private const int LongestName = 200;
    private static readonly string[] Known = ["outcome", "by"];

    public static async Task<IResult> HandleAsync(string id, HttpContext context, ICallDesk desk, CancellationToken cancellation)
    {
        var (body, refusal) = await JsonBody.ReadAsync(context.Request, cancellation);
        if (refusal is not null)
        {
            return refusal;
        }

        var (outcome, by, fault) = Read(body);
        if (fault is not null)
        {
            return Problems.Faults("The request is not right", "Nothing was changed.", [fault]);
        }

        try
        {
            var answer = await desk.AnswerAsync(id, outcome!, by, cancellation);
            return answer.Kind switch
            {
                CallAnswerKind.Taken => Results.Json(new OutcomeTaken(1, outcome!), statusCode: StatusCodes.Status202Accepted),
                CallAnswerKind.NoSuchCall => Problems.NotFound("There is no such call."),
                CallAnswerKind.Over => Results.Problem(
                    title: "This call is over", statusCode: StatusCodes.Status409Conflict,
                    detail: "Its outcome was told before, it has expired, or the customer has left the journey."),
                _ => Problems.Faults(
                    "The call has no such outcome", "Nothing was changed.",
                    [new(0, "outcome", $"found '{outcome}'; expected one of {string.Join(", ", answer.Expected!)}.{Suggestion.For(outcome!, answer.Expected!)}")]),
            };
        }
        catch (PortUnavailableException e)
        {
            return Problems.Unavailable(context, e);
        }
    }

    private static (string? Outcome, string? By, RequestFault? Fault) Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonText.Parse(body);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                return (null, null, new(0, "", "The body is one object: {\"outcome\": \"reached\", \"by\": \"who called\"}."));
            }

            if (root.EnumerateObject().Select(p => p.Name).FirstOrDefault(name => !Known.Contains(name)) is { } unknown)
            {
                return (null, null, new(0, unknown, $"unknown field.{Suggestion.For(unknown, Known)}"));
            }

            var (outcome, by) = (Text(root, "outcome"), Text(root, "by"));
            return outcome is null ? (null, null, new(0, "outcome", "missing; what came of the call, one of those that the list names"))
                : by is null && root.TryGetProperty("by", out _) ? (null, null, new(0, "by", $"wants who called, in 1 to {LongestName} characters"))
                : (outcome, by, null);
        }
        catch (JsonException e)
        {
            return (null, null, new(0, "", $"This is no valid JSON, at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1} of it."));
        }
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
        && value.GetString()!.Trim() is { Length: > 0 and <= LongestName } text ? text : null;
}

/// <summary>The answer to a call's outcome.</summary>
internal sealed record OutcomeTaken(int Accepted, string Outcome);
