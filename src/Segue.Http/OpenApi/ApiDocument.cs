using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;

namespace Segue.Http.OpenApi;

/// <summary>Writes the API's description (OpenAPI 3.1) of the routes that there are: the same in both hosts.</summary>
internal sealed class ApiDocument
{
    private readonly AnswerSchemas _answers = new();
    private readonly ProblemAnswers _problems = new();
    private readonly JsonObject _requests = RequestSchemas.Read();

    /// <summary>The document.</summary>
    /// <exception cref="InvalidOperationException">A route has no description.</exception>
    public static JsonObject Of(IEnumerable<RouteEndpoint> endpoints) => new ApiDocument().Write(endpoints);

    private JsonObject Write(IEnumerable<RouteEndpoint> endpoints)
    {
        var paths = new JsonObject();
        foreach (var (endpoint, method) in endpoints.SelectMany(e => MethodsOf(e).Select(m => (e, m))).OrderBy(e => PathOf(e.e), StringComparer.Ordinal))
        {
            var path = PathOf(endpoint);
            if (paths[path] is not JsonObject item)
            {
                paths[path] = item = [];
            }

            item[method.ToLowerInvariant()] = Operation(endpoint, method);
        }

        var problem = _answers.Of(typeof(RequestFault));
        var schemas = new JsonObject { ["Problem"] = ProblemAnswers.Schema(problem) };
        foreach (var (name, schema) in _requests.Select(r => (r.Key, r.Value)).Concat(_answers.Components.Select(c => (c.Key, (JsonNode?)c.Value))))
        {
            schemas[name] = schema!.DeepClone();
        }

        return new()
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject
            {
                ["title"] = "Segue",
                ["version"] = typeof(ApiDocument).Assembly.GetName().Version!.ToString(3),
                ["description"] = "Turns a shop's orders into hands-off campaigns: what the shop sends, what agents and the dashboard ask, and what mail services and shops call.",
                ["license"] = new JsonObject { ["name"] = "MIT", ["identifier"] = "MIT" },
            },
            ["jsonSchemaDialect"] = "https://json-schema.org/draft/2020-12/schema",
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/" }),
            ["tags"] = new JsonArray([.. ApiOperations.Tags.Select(t => new JsonObject { ["name"] = t.Name, ["description"] = t.Description })]),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["schemas"] = schemas,
                ["responses"] = _problems.Components,
                ["headers"] = new JsonObject { [ProblemAnswers.RequestIdName] = ProblemAnswers.RequestIdHeader() },
                ["securitySchemes"] = SecuritySchemes.Write(),
            },
        };
    }

    private JsonObject Operation(RouteEndpoint endpoint, string method)
    {
        var key = $"{method} {endpoint.RoutePattern.RawText}";
        var about = ApiOperations.All.GetValueOrDefault(key) ?? throw new InvalidOperationException(
            $"{key} is not described: add it to the operations of its feature in {typeof(ApiOperations).Namespace}.");
        var isOpen = endpoint.Metadata.GetMetadata<OpenToAll>() is not null;
        var operation = new JsonObject
        {
            ["operationId"] = about.Id,
            ["tags"] = new JsonArray(about.Tag),
            ["summary"] = about.Summary,
            ["parameters"] = Parameters(endpoint, about),
        };
        if (about.Body.Count > 0)
        {
            operation["requestBody"] = new JsonObject { ["required"] = about.NeedsBody, ["content"] = Content(about.Body) };
        }

        operation["responses"] = Responses(about, isOpen);
        operation["security"] = SecuritySchemes.Of(about, isOpen);
        return operation;
    }

    private static JsonArray Parameters(RouteEndpoint endpoint, ApiOperation about)
    {
        var inPath = endpoint.RoutePattern.Parameters.Select(p => about.Parameters.FirstOrDefault(a => a.In == "path" && a.Name == p.Name)
            ?? new ApiParameter(p.Name, "path", "", """{ "type": "string", "minLength": 1 }"""));
        return new([.. inPath.Concat(about.Parameters.Where(p => p.In != "path")).Select(p => new JsonObject
        {
            ["name"] = p.Name,
            ["in"] = p.In,
            ["description"] = p.Description,
            ["required"] = p.IsRequired || p.In == "path",
            ["schema"] = JsonNode.Parse(p.Schema),
        })]);
    }

    private static JsonObject Content(IReadOnlyDictionary<string, string> body)
    {
        var content = new JsonObject();
        foreach (var (type, schema) in body)
        {
            content[type] = new JsonObject { ["schema"] = RequestSchemas.Reference(schema) };
        }

        return content;
    }

    private JsonObject Responses(ApiOperation about, bool isOpen)
    {
        var responses = new SortedDictionary<int, JsonObject>();
        foreach (var answer in about.Answers)
        {
            if (!responses.TryGetValue(answer.Status, out var response))
            {
                responses[answer.Status] = response = new() { ["description"] = answer.Says, ["headers"] = Headers(answer) };
            }

            if (answer.MediaType is { } type)
            {
                ((JsonObject)(response["content"] ??= new JsonObject()))[type] = Body(answer);
            }
        }

        foreach (var status in ProblemAnswers.Of(about, isOpen).Where(s => !responses.ContainsKey(s)))
        {
            responses[status] = _problems.Reference(status);
        }

        return new(responses.Select(r => KeyValuePair.Create(r.Key.ToString(System.Globalization.CultureInfo.InvariantCulture), (JsonNode?)r.Value)));
    }

    private static JsonObject Headers(ApiAnswer answer)
    {
        var headers = new JsonObject { [ProblemAnswers.RequestIdName] = new JsonObject { ["$ref"] = $"#/components/headers/{ProblemAnswers.RequestIdName}" } };
        foreach (var (name, says) in answer.Headers)
        {
            headers[name] = new JsonObject { ["description"] = says, ["schema"] = new JsonObject { ["type"] = "string" } };
        }

        return headers;
    }

    private JsonObject Body(ApiAnswer answer)
    {
        var body = new JsonObject
        {
            ["schema"] = answer.Type is not { } type ? new JsonObject { ["type"] = "string" }
                : type == typeof(JsonObject) ? new JsonObject { ["type"] = "object" } : _answers.Of(type),
        };
        if (answer.Example is { } example)
        {
            body["example"] = JsonSerializer.SerializeToNode(example, answer.Type!, AnswerSchemas.Options);
        }

        return body;
    }

    private static IReadOnlyList<string> MethodsOf(RouteEndpoint endpoint) => endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods;

    private static string PathOf(RouteEndpoint endpoint) => endpoint.RoutePattern.RawText!.Replace("**", "", StringComparison.Ordinal);
}
