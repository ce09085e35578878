using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Segue.Campaigns;

namespace Segue.Http.OpenApi;

/// <summary>
/// JSON Schemas of answers, made from the very types that are written, so that they can't say anything else. A type of ours is a
/// component of its name.
/// </summary>
internal sealed class AnswerSchemas
{
    /// <summary>How answers are written; numbers are numbers.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerOptions.Web)
    {
        NumberHandling = JsonNumberHandling.Strict,
        Converters = { new JsonStringEnumConverter<Sending>(JsonNamingPolicy.KebabCaseLower) },
    };

    private readonly Dictionary<string, Type> _types = [];

    /// <summary>The schemas of all types asked for so far, and of those that they are made of.</summary>
    public SortedDictionary<string, JsonNode> Components { get; } = new(StringComparer.Ordinal);

    /// <summary>A type's schema: a reference, where the type is ours.</summary>
    public JsonNode Of(Type type) => Options.GetJsonSchemaAsNode(type, new JsonSchemaExporterOptions
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = Transform,
    });

    private JsonNode Transform(JsonSchemaExporterContext context, JsonNode schema)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        if (type.IsEnum)
        {
            return Words(type, isNullable: type != context.TypeInfo.Type);
        }

        if (schema is not JsonObject node || type.Assembly.GetName().Name?.StartsWith("Segue", StringComparison.Ordinal) != true
            || Options.GetTypeInfo(type) is not { Kind: JsonTypeInfoKind.Object } info)
        {
            return schema;
        }

        var isNullable = node["type"] is JsonArray;
        if (node.ContainsKey("properties") || !node.ContainsKey("$ref"))
        {
            Keep(info, node);
        }

        // What a type holds of its own kind comes as a reference into the tree being made, which is no longer one.
        var reference = new JsonObject { ["$ref"] = $"#/components/schemas/{type.Name}" };
        return isNullable ? new JsonObject { ["anyOf"] = new JsonArray(reference, new JsonObject { ["type"] = "null" }) } : reference;
    }

    private void Keep(JsonTypeInfo info, JsonObject node)
    {
        if (!_types.TryAdd(info.Type.Name, info.Type) && _types[info.Type.Name] != info.Type)
        {
            throw new InvalidOperationException($"{info.Type} and {_types[info.Type.Name]} have one name: an answer's types are components by their names.");
        }

        node["type"] = "object";
        var always = info.Properties.Where(p => p is { Get: not null, ShouldSerialize: null }).Select(p => p.Name).ToList();
        node["required"] = new JsonArray([.. always.Select(n => (JsonNode)n)]);
        Components[info.Type.Name] = node.DeepClone();
    }

    private static JsonObject Words(Type type, bool isNullable)
    {
        var words = Enum.GetValues(type).Cast<object>().Select(v => JsonSerializer.SerializeToNode(v, type, Options)).ToList();
        if (isNullable)
        {
            words.Add(null);
        }

        return new() { ["enum"] = new JsonArray([.. words]) };
    }
}
