using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Segue.Ports;

namespace Segue.Storage;

/// <summary>Keeps a record as JSON in a row, cut into properties that each fit the limit.</summary>
public static class RowJson
{
    private const string Property = "json";
    private const int Chunk = TableLimits.PropertyBytes / 2;

    /// <summary>The row's properties: <c>json</c>, and <c>json1</c>, <c>json2</c>… where it is long.</summary>
    /// <exception cref="TableLimitException">It does not fit into a row.</exception>
    public static Dictionary<string, object> Pack<T>(T value, JsonTypeInfo<T> type)
    {
        var json = JsonSerializer.Serialize(value, type);
        if (json.Length <= Chunk)
        {
            return new(1) { [Property] = json };
        }

        if (json.Length * 2L > TableLimits.RowBytes - 4096)
        {
            throw new TableLimitException($"A {typeof(T).Name} of {json.Length:N0} characters does not fit into one row.");
        }

        var properties = new Dictionary<string, object>();
        for (var (at, part) = (0, 0); at < json.Length; part++)
        {
            var length = Math.Min(Chunk, json.Length - at);
            if (at + length < json.Length && char.IsHighSurrogate(json[at + length - 1]))
            {
                length--;
            }

            properties[Name(part)] = json.Substring(at, length);
            at += length;
        }

        return properties;
    }

    /// <summary>The record that <see cref="Pack"/> kept.</summary>
    /// <exception cref="JsonException">The row holds something else.</exception>
    public static T Unpack<T>(Row row, JsonTypeInfo<T> type)
    {
        ArgumentNullException.ThrowIfNull(row);
        var json = Text(row) ?? throw new JsonException($"Row '{row.Key}' holds no JSON.");
        return JsonSerializer.Deserialize(json, type)
            ?? throw new JsonException($"Row '{row.Key}' holds null where a {typeof(T).Name} belongs.");
    }

    /// <summary>The JSON that <see cref="Pack"/> kept, its parts put together; null for a row of another form.</summary>
    public static string? Text(Row row)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (!row.Properties.TryGetValue(Property, out var first))
        {
            return null;
        }

        var json = (string)first;
        for (var part = 1; row.Properties.TryGetValue(Name(part), out var next); part++)
        {
            json += (string)next;
        }

        return json;
    }

    private static string Name(int part) => part == 0 ? Property : Property + part.ToString(CultureInfo.InvariantCulture);
}
