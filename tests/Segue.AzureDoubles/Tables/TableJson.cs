using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Azure.Data.Tables;

/// <summary>Entities as "Payload format for Table service operations" writes them.</summary>
internal static class TableJson
{
    public static string Write(TableEntity entity)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            foreach (var (name, value) in entity.Where(p => p.Key != "odata.etag" && p.Key != "Timestamp"))
            {
                switch (value)
                {
                    case string text: json.WriteString(name, text); break;
                    case bool flag: json.WriteBoolean(name, flag); break;
                    case int number: json.WriteNumber(name, number); break;
                    case double number:
                        json.WriteString($"{name}@odata.type", "Edm.Double");
                        json.WriteNumber(name, number);
                        break;
                    case long number: Typed(json, name, "Edm.Int64", number.ToString(CultureInfo.InvariantCulture)); break;
                    case byte[] binary: Typed(json, name, "Edm.Binary", Convert.ToBase64String(binary)); break;
                    case DateTimeOffset moment:
                        Typed(json, name, "Edm.DateTime", moment.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
                        break;
                    default: throw new NotSupportedException($"{value.GetType()} can't be kept.");
                }
            }
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.ToArray());
    }
    public static TableEntity Read(JsonElement json)
    {
        var entity = new TableEntity();
        foreach (var property in json.EnumerateObject().Where(p => !p.Name.EndsWith("@odata.type", StringComparison.Ordinal)))
        {
            var type = json.TryGetProperty($"{property.Name}@odata.type", out var annotation) ? annotation.GetString() : null;
            entity[property.Name] = (type, property.Value.ValueKind) switch
            {
                ("Edm.Int64", _) => long.Parse(property.Value.GetString()!, CultureInfo.InvariantCulture),
                ("Edm.Binary", _) => Convert.FromBase64String(property.Value.GetString()!),
                ("Edm.DateTime", _) => DateTimeOffset.Parse(property.Value.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
                ("Edm.Double", _) => property.Value.GetDouble(),
                (_, JsonValueKind.String) => property.Value.GetString()!,
                (_, JsonValueKind.True or JsonValueKind.False) => property.Value.GetBoolean(),
                _ => property.Value.TryGetInt32(out var number) ? (object)number : property.Value.GetDouble(),
            };
        }
        return entity;
    }
    private static void Typed(Utf8JsonWriter json, string name, string type, string value)
    {
        json.WriteString($"{name}@odata.type", type);
        json.WriteString(name, value);
    }
}
