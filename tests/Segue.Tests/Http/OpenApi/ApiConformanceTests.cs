using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Segue.Tests.Support;

namespace Segue.Tests.Http.OpenApi;

/// <summary>
/// Calls every operation of the served description with requests drawn from its own schemas, right and wrong ones, over a whole shop:
/// what comes back is what the description says. <c>SEGUE_API_CASES</c> sets how many of each (40 unless set).
/// </summary>
public sealed class ApiConformanceTests : IAsyncLifetime
{
    private static readonly int Cases = int.TryParse(Environment.GetEnvironmentVariable("SEGUE_API_CASES"), CultureInfo.InvariantCulture, out var n) ? n : 40;
    private static readonly string[] _signed = [.. SignedCalls.Routes];
    // What only the shop's own state, or two elements together, can tell.
    private static readonly string[] _beyondSchemas = ["such outcome", "such queue", "stands in this request with another content", "own id; a return names"];
    private readonly SignedCalls _services = new();
    private ApiHost _host = null!;
    private JsonObject _document = null!;
    private JsonSchema _answers = null!;
    private string _call = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await ApiHost.StartAsync(await BusyShop.OpenAsync(), _services.Settings);
        _document = JsonNode.Parse(await _host.Client.GetStringAsync("/api/openapi.json", Cancellation))!.AsObject();
        _answers = new(_document) { Closed = true };
        _call = await BusyShop.CallAsync(_host.Shop);
    }

    public async ValueTask DisposeAsync()
    {
        _services.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Operations_WithRequestsOfTheirSchemas_AnswerAsDescribed()
    {
        var mismatches = new List<string>();
        var statuses = new SortedDictionary<string, SortedDictionary<int, int>>(StringComparer.Ordinal);
        foreach (var (path, method, operation) in Operations())
        {
            var random = new Random(StableHash($"{method} {path}"));
            var values = new SchemaValues(new JsonSchema(_document), random, _host.Shop.Now);
            var seen = statuses[$"{method} {path}"] = [];
            for (var i = 0; i < Cases; i++)
            {
                var isRight = i % 2 == 0;
                if (Request(path, method, operation, values, random, isRight) is not var (request, told))
                {
                    continue;
                }

                using var answer = await _host.Client.SendAsync(request, Cancellation);
                seen[(int)answer.StatusCode] = seen.GetValueOrDefault((int)answer.StatusCode) + 1;
                mismatches.AddRange((await MismatchesAsync(operation, answer, isRight)).Select(m => $"{method} {told}: {m}"));
            }
        }

        TestContext.Current.SendDiagnosticMessage("{0}", string.Join('\n', statuses.Select(s => $"{s.Key}: {string.Join(", ", s.Value.Select(c => $"{c.Value} x {c.Key}"))}")));
        Assert.True(mismatches.Count == 0, $"{mismatches.Count} mismatches:\n{string.Join('\n', mismatches.Distinct().Take(30))}");
        Assert.All(statuses.Where(s => !s.Key.Contains("/survey/", StringComparison.Ordinal)), s => Assert.True(s.Value.Keys.Any(k => k < 400), $"{s.Key} was never answered well: {string.Join(", ", s.Value.Keys)}"));
    }

    private IEnumerable<(string Path, string Method, JsonObject Operation)> Operations() => _document["paths"]!.AsObject()
        .SelectMany(p => p.Value!.AsObject().Select(o => (p.Key, o.Key.ToUpperInvariant(), o.Value!.AsObject())));

    /// <summary>A request; null where a wrong one can't be made.</summary>
    private (HttpRequestMessage Request, string Told)? Request(string path, string method, JsonObject operation, SchemaValues values, Random random, bool isRight)
    {
        var (address, query, headers) = (path, new List<string>(), new Dictionary<string, string>());
        var parameters = operation["parameters"]!.AsArray().Select(p => p!.AsObject()).ToList();
        var body = operation["requestBody"]?["content"]?.AsObject();
        var wrong = isRight || body is not null ? null : parameters.Where(p => (string?)p["in"] == "query" && p["schema"]!.AsObject().Any(k => k.Key is "enum" or "minimum"))
            .Select(p => (string?)p["name"]).OrderBy(_ => random.Next()).FirstOrDefault();
        if (!isRight && body is null && wrong is null)
        {
            return null;
        }

        foreach (var parameter in parameters)
        {
            var name = (string)parameter["name"]!;
            var value = name == wrong ? "nonsense" : Known(path, name, random) ?? values.Draw(parameter["schema"]!)!.ToString();
            switch ((string)parameter["in"]!)
            {
                case "path":
                    address = address.Replace($"{{{name}}}", Uri.EscapeDataString(value), StringComparison.Ordinal);
                    break;
                case "query" when name == wrong || (bool)parameter["required"]! || random.Next(2) == 0:
                    query.Add($"{name}={Uri.EscapeDataString(name == "partial" ? value.ToLowerInvariant() : value)}");
                    break;
                case "header" when name is "Idempotency-Key":
                    // Without an id of its own each element asks for one.
                    headers[name] = $"key-{random.NextInt64()}";
                    break;
                case "header":
                    headers[name] = value;
                    break;
            }
        }

        if (path == "/api/browser/events")
        {
            headers["Origin"] = BusyShop.Origin;
            query.Add($"key={BusyShop.BrowserKey}");
        }

        var told = address + (query.Count > 0 ? "?" + string.Join('&', query) : "");
        var request = new HttpRequestMessage(new(method), told);
        if (body is not null)
        {
            var type = body.Select(b => b.Key).ElementAt(random.Next(body.Count));
            var drawn = isRight ? values.Draw(body[type]!["schema"]!) : values.Broken(body[type]!["schema"]!);
            if (drawn is null || (type == FormText.MediaType && !isRight))
            {
                // Whatever a mail program posts, it means to unsubscribe.
                return null;
            }

            if (isRight && drawn is JsonObject fields && random.Next(3) > 0)
            {
                Name(path, fields);
            }

            var bytes = type == FormText.MediaType ? FormText.Of(drawn) : Encoding.UTF8.GetBytes(drawn.ToJsonString());
            if (_signed.Contains(path) && isRight)
            {
                foreach (var (name, value) in _services.Sign(path, bytes, _host.Shop.Now))
                {
                    headers[name] = value;
                }
            }

            request.Content = new ByteArrayContent(bytes);
            request.Content.Headers.ContentType = new(type);
            told += $" {(drawn.ToJsonString() is { Length: > 400 } json ? json[..400] : drawn.ToJsonString())}";
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return (request, told);
    }

    /// <summary>What is there, four times of five.</summary>
    private string? Known(string path, string name, Random random) => random.Next(5) == 0 ? null : (path.Split('/').ElementAtOrDefault(2), name) switch
    {
        ("customers", "id") or ("journeys", "customer") => BusyShop.Customer,
        ("journeys" or "reports", "id") => Pick(random, "two-steps", "by-phone", "draft", "with-offer"),
        ("journeys", "step") => Pick(random, "first", "second"),
        ("campaigns", "version") => "current",
        ("calls", "id") => _call,
        ("calls", "queue") => "accounts",
        ("codes", "code") => _host.Shop.Codes(BusyShop.Customer)[0].Code,
        (_, "token") => BusyShop.Unsubscribe(_host.Shop),
        _ => null,
    };

    /// <summary>Names things that are there, where a body names any.</summary>
    private void Name(string path, JsonObject fields)
    {
        switch (path)
        {
            case "/api/calls/{id}/outcome":
                fields["outcome"] = "reached";
                break;
            case "/api/campaigns":
                fields["files"] = new JsonObject(_host.Shop.Set.Files.Select(f => KeyValuePair.Create(f.Key, (JsonNode?)f.Value)));
                break;
            case "/api/campaigns/revert":
                fields["to"] = _host.Shop.Set.Version;
                break;
            case "/api/simulations":
                // A few days: others than these are drawn too, and take their time.
                (fields["journey"], fields["from"], fields["until"]) = ("two-steps", "2024-01-01", "2024-01-03");
                break;
        }
    }

    private async Task<IReadOnlyList<string>> MismatchesAsync(JsonObject operation, HttpResponseMessage answer, bool isRight)
    {
        var status = (int)answer.StatusCode;
        var text = await answer.Content.ReadAsStringAsync(Cancellation);
        if (status >= 500 || operation["responses"]![status.ToString(CultureInfo.InvariantCulture)] is not { } described)
        {
            return [$"answered {status}, which is not described: {text}"];
        }

        var found = new List<string>();
        if (isRight && status is 400 or 401 or 403 or 415 && !(status == 400 && _beyondSchemas.Any(n => text.Contains(n, StringComparison.Ordinal))))
        {
            found.Add($"a request as described was refused with {status}: {text}");
        }

        // Whoever asks for a part gets it, with what is wrong with the rest.
        if (!isRight && status < 400 && !text.Contains("\"errors\":[{", StringComparison.Ordinal))
        {
            found.Add($"a request that is not as described was answered {status}");
        }

        if (!answer.Headers.Contains("X-Request-Id"))
        {
            found.Add("no X-Request-Id");
        }

        var response = _answers.Resolve(described);
        var headers = answer.Headers.Concat(answer.Content.Headers).Select(h => h.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, _) in (response["headers"] as JsonObject ?? []).Where(h => !headers.Contains(h.Key)))
        {
            found.Add($"the header {name} is missing from {status}");
        }

        var type = answer.Content.Headers.ContentType?.MediaType;
        if (response["content"] is not JsonObject content)
        {
            return text.Length > 0 ? [.. found, $"{status} has a body that is not described"] : found;
        }

        if (type is null || content[type] is not { } body)
        {
            return [.. found, $"{status} is of the type {type}, which is not described"];
        }

        var lines = type == "application/x-ndjson" ? text.Split('\n', StringSplitOptions.RemoveEmptyEntries) : [text];
        return [.. found, .. lines.SelectMany(l => _answers.Check(type.Contains("json", StringComparison.Ordinal) ? JsonNode.Parse(l) : JsonValue.Create(l), body["schema"]))];
    }

    private static string Pick(Random random, params string[] from) => from[random.Next(from.Length)];

    private static int StableHash(string text) => text.Aggregate(17, (hash, c) => unchecked((hash * 31) + c));
}
