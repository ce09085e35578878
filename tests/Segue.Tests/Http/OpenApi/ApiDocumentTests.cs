using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Segue.Http.OpenApi;
using Segue.Tests.Support;

namespace Segue.Tests.Http.OpenApi;

/// <summary>The description holds every route, and is whole: what it refers to is there, and its examples are what it says.</summary>
public sealed class ApiDocumentTests : IAsyncLifetime
{
    private ApiHost _host = null!;
    private JsonObject _document = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await ApiHost.StartAsync(await TestShop.OpenAsync(new TestCampaigns()));
        _document = JsonNode.Parse(await _host.Client.GetStringAsync("/api/openapi.json", Cancellation))!.AsObject();
    }

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public void Routes_AllOfThem_AreDescribed_AndNoOthers()
    {
        var mapped = _host.Endpoints
            .SelectMany(e => e.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods.Select(m => $"{m} {e.RoutePattern.RawText}")).ToList();

        Assert.Equal(mapped.Order(StringComparer.Ordinal), ApiOperations.All.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(mapped.Count, Operations().Count());
    }

    [Fact]
    public void Operations_HaveNamesOfTheirOwn_AGroup_AndSayWhoMayCall()
    {
        var operations = Operations().ToList();
        Assert.Equal(operations.Count, operations.Select(o => (string)o["operationId"]!).Distinct().Count());
        var tags = _document["tags"]!.AsArray().Select(t => (string)t!["name"]!).ToHashSet();
        Assert.All(operations, o => Assert.Contains((string)o["tags"]![0]!, tags));
        Assert.All(operations, o => Assert.IsType<JsonArray>(o["security"]));
        var schemes = _document["components"]!["securitySchemes"]!.AsObject();
        Assert.All(operations.SelectMany(o => o["security"]!.AsArray()).SelectMany(s => s!.AsObject()), s => Assert.True(schemes.ContainsKey(s.Key)));
    }

    [Fact]
    public void Errors_Everywhere_AreProblemDetails()
    {
        var schema = new JsonSchema(_document);
        foreach (var operation in Operations())
        {
            foreach (var (status, response) in operation["responses"]!.AsObject().Where(r => int.Parse(r.Key, System.Globalization.CultureInfo.InvariantCulture) >= 400))
            {
                var content = schema.Resolve(response)["content"]!.AsObject();
                Assert.True(content.ContainsKey("application/problem+json") || content.ContainsKey("text/html"), $"{operation["operationId"]} {status}");
            }
        }
    }

    [Fact]
    public void References_All_LeadSomewhere()
    {
        var schema = new JsonSchema(_document);
        Assert.All(All(_document).OfType<JsonObject>().Where(o => o.ContainsKey("$ref")), o => schema.Resolve(o));
    }

    [Fact]
    public void Examples_All_AreWhatTheirSchemasSay()
    {
        var schema = new JsonSchema(_document);
        var examples = All(_document).OfType<JsonObject>().Where(o => o.ContainsKey("example") && o.ContainsKey("schema")).Select(o => (Schema: o["schema"], Value: o["example"]))
            .Concat(All(_document["components"]!["schemas"]).OfType<JsonObject>().Where(o => o["examples"] is JsonArray && !o.ContainsKey("properties") | o.ContainsKey("type"))
                .SelectMany(o => o["examples"]!.AsArray().Select(e => (Schema: (JsonNode?)o, Value: e)))).ToList();
        Assert.True(examples.Count > 60, $"{examples.Count} examples");
        Assert.All(examples, e => Assert.Empty(schema.Check(e.Value, e.Schema)));
    }

    [Fact]
    public void Bodies_All_HaveAnExample()
    {
        var schema = new JsonSchema(_document);
        var names = Operations().Select(o => o["requestBody"]?["content"]?.AsObject()).OfType<JsonObject>().SelectMany(c => c).Select(c => c.Value!["schema"]!);
        Assert.All(names, n => Assert.True(HasExample(schema, n), n.ToJsonString()));
    }

    private static bool HasExample(JsonSchema schema, JsonNode node) => schema.Resolve(node) is var at
        && (at.ContainsKey("examples") || (at["oneOf"] is JsonArray one && one.Any(o => HasExample(schema, o!))) || (at["items"] is { } items && HasExample(schema, items)));

    private IEnumerable<JsonObject> Operations() => _document["paths"]!.AsObject().SelectMany(p => p.Value!.AsObject()).Select(o => o.Value!.AsObject());

    private static IEnumerable<JsonNode> All(JsonNode? node)
    {
        if (node is null)
        {
            yield break;
        }

        yield return node;
        foreach (var inner in (node switch { JsonObject o => o.Select(p => p.Value), JsonArray a => a, _ => [] }).SelectMany(All))
        {
            yield return inner;
        }
    }
}
