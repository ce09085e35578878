using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Segue.Http.Webhooks.Shops;

/// <summary>Reads the bodies of other services, which leave out and null what they like.</summary>
internal static class ShopJson
{
    /// <summary>A member, or a member of a member; undefined where any of them is not there.</summary>
    public static JsonElement At(this JsonElement json, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(name, out json))
            {
                return default;
            }
        }

        return json;
    }

    /// <summary>A text that is not empty, or a number as it is written; else null.</summary>
    public static string? Text(this JsonElement json, params ReadOnlySpan<string> path) => json.At(path) switch
    {
        { ValueKind: JsonValueKind.String } text when text.GetString() is { Length: > 0 } found => found,
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };

    /// <summary>An amount of money, written as a text or a number; null where there is none.</summary>
    public static decimal? Amount(this JsonElement json, params ReadOnlySpan<string> path) =>
        decimal.TryParse(json.Text(path), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) ? amount : null;

    /// <summary>A whole number; null where there is none.</summary>
    public static int? Whole(this JsonElement json, params ReadOnlySpan<string> path) =>
        int.TryParse(json.Text(path), NumberStyles.None, CultureInfo.InvariantCulture, out var whole) ? whole : null;

    /// <summary>The elements of an array; none where there is no array.</summary>
    public static IEnumerable<JsonElement> Each(this JsonElement json, params ReadOnlySpan<string> path) =>
        json.At(path) is { ValueKind: JsonValueKind.Array } array ? [.. array.EnumerateArray()] : [];

    /// <summary>Sets a member where there is a value.</summary>
    public static JsonObject With(this JsonObject json, string name, JsonNode? value)
    {
        if (value is not null)
        {
            json[name] = value;
        }

        return json;
    }
}
