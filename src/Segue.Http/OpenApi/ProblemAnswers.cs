using System.Globalization;
using System.Text.Json.Nodes;

namespace Segue.Http.OpenApi;

/// <summary>The problems (RFC 9457) that routes answer, each a component by its status.</summary>
internal sealed class ProblemAnswers
{
    /// <summary>The header that every answer has.</summary>
    public const string RequestIdName = "X-Request-Id";

    private static readonly Dictionary<int, (string Title, string Says)> _known = new()
    {
        [400] = ("The request is not right", "The request is not right: `errors` names each fault by element and field. Nothing was taken."),
        [401] = ("Not signed", "Whoever calls is not known. Where a function key is asked for, Azure's own front answers, without a body."),
        [403] = ("Only for this machine", "Not for whoever calls: on one machine everything but what is open answers that machine only."),
        [404] = ("Not found", "There is no such thing."),
        [409] = ("Not in this state", "It is not in a state for that, or another request with the same Idempotency-Key is under way."),
        [412] = ("Others are in force", "Another version is in force than `If-Match` names: somebody has published meanwhile."),
        [413] = ("The request is too large", "The body, or one part of it alone, is too large."),
        [415] = ("The body must be JSON", "The body is of another type, in another character set than UTF-8, or compressed."),
        [422] = ("The Idempotency-Key was used", "The Idempotency-Key came with another body before."),
        [429] = ("Too much at once", "Too many requests, or too many facts wait to be handled. Nothing was taken: send the same again after the time in Retry-After."),
        [500] = ("Something went wrong", "A fault of Segue's: its log says more, under the request's id."),
        [503] = ("Not available at the moment", "The store or the queue can't be reached. Nothing was lost: send the same again after the time in Retry-After."),
    };

    /// <summary>The components in use.</summary>
    public JsonObject Components { get; } = [];

    /// <summary>What every problem looks like.</summary>
    /// <param name="fault">The schema of one fault.</param>
    public static JsonObject Schema(JsonNode fault) => new()
    {
        ["type"] = "object",
        ["description"] = "Problem details as RFC 9457 has them.",
        ["required"] = new JsonArray("type", "title", "status"),
        ["properties"] = new JsonObject
        {
            ["type"] = new JsonObject { ["type"] = "string", ["format"] = "uri-reference" },
            ["title"] = new JsonObject { ["type"] = "string", ["description"] = "What is wrong, the same for all of its kind." },
            ["status"] = new JsonObject { ["type"] = "integer", ["minimum"] = 400, ["maximum"] = 599 },
            ["detail"] = new JsonObject { ["type"] = "string", ["description"] = "What is wrong here, and what to do." },
            ["traceId"] = new JsonObject { ["type"] = "string", ["description"] = "Where the trace of this request is found." },
            ["errors"] = new JsonObject { ["type"] = "array", ["description"] = "Each fault of the body or the query.", ["items"] = fault.DeepClone() },
        },
    };

    /// <summary>The header by which a request is found in the log.</summary>
    public static JsonObject RequestIdHeader() => new()
    {
        ["description"] = "Names the request in the log: the one that it came with, where that is 1 to 128 letters, digits, points, hyphens and underscores, else a new one.",
        ["schema"] = new JsonObject { ["type"] = "string", ["pattern"] = "^[A-Za-z0-9._-]{1,128}$" },
    };

    /// <summary>The statuses of an operation's problems.</summary>
    public static IEnumerable<int> Of(ApiOperation about, bool isOpen) =>
        [.. about.Problems, .. about.Body.Count > 0 ? [400, 413, 415] : Array.Empty<int>(), .. isOpen ? Array.Empty<int>() : [401, 403], 429, 500, 503];

    /// <summary>A reference to a status's component, which is made where there is none yet.</summary>
    public JsonObject Reference(int status)
    {
        var name = $"Problem{status.ToString(CultureInfo.InvariantCulture)}";
        if (!Components.ContainsKey(name))
        {
            Components[name] = Component(status);
        }

        return new() { ["$ref"] = $"#/components/responses/{name}" };
    }

    private static JsonObject Component(int status)
    {
        var (title, says) = _known[status];
        var headers = new JsonObject { [RequestIdName] = new JsonObject { ["$ref"] = $"#/components/headers/{RequestIdName}" } };
        if (status is 429 or 503)
        {
            headers["Retry-After"] = new JsonObject
            {
                ["description"] = "Seconds to wait before the same request is sent again.", ["required"] = true,
                ["schema"] = new JsonObject { ["type"] = "string", ["pattern"] = "^[1-9][0-9]*$" },
            };
        }

        var example = new JsonObject { ["type"] = "about:blank", ["title"] = title, ["status"] = status, ["detail"] = says };
        if (status == 400)
        {
            example["errors"] = new JsonArray(new JsonObject { ["index"] = 0, ["field"] = "amount", ["message"] = "missing; every order has it", ["id"] = "1001" });
        }

        return new()
        {
            ["description"] = says,
            ["headers"] = headers,
            ["content"] = new JsonObject
            {
                ["application/problem+json"] = new JsonObject
                {
                    ["schema"] = new JsonObject { ["$ref"] = "#/components/schemas/Problem" }, ["example"] = example,
                },
            },
        };
    }
}
