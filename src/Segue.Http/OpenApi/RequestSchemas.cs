using System.Text.Json.Nodes;

namespace Segue.Http.OpenApi;

/// <summary>What bodies may be: requests.json, written by hand beside the readers that check them, which tests hold against each other.</summary>
internal static class RequestSchemas
{
    /// <summary>The schemas by name.</summary>
    public static JsonObject Read()
    {
        using var stream = typeof(RequestSchemas).Assembly.GetManifestResourceStream("requests.json")
            ?? throw new InvalidOperationException("requests.json is not embedded.");
        return JsonNode.Parse(stream)!.AsObject();
    }

    /// <summary>A reference to one.</summary>
    public static JsonObject Reference(string name) => new() { ["$ref"] = $"#/components/schemas/{name}" };
}
