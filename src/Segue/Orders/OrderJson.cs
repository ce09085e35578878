using System.Text.Json;
using System.Text.Json.Serialization;

namespace Segue.Orders;

/// <summary>Orders as messages and rows carry them: camelCase JSON without nulls, money as numbers with all their decimals.</summary>
public static class OrderJson
{
    /// <summary>The options, for whoever embeds an order in a larger document.</summary>
    public static JsonSerializerOptions Options { get; } = MakeOptions();

    /// <summary>The order as JSON.</summary>
    public static string Write(IncomingOrder order) => JsonSerializer.Serialize(order, Options);

    /// <summary>The order that <see cref="Write"/> wrote.</summary>
    /// <exception cref="JsonException">It is no such JSON.</exception>
    public static IncomingOrder Read(string json) =>
        JsonSerializer.Deserialize<IncomingOrder>(json, Options) ?? throw new JsonException("Found null; an order is an object.");

    private static JsonSerializerOptions MakeOptions()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            NumberHandling = JsonNumberHandling.Strict,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
