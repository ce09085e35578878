using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Segue.Tests.Http.OpenApi;

/// <summary>Draws values that a schema allows, and breaks them in one place so that it does not.</summary>
internal sealed class SchemaValues(JsonSchema schemas, Random random, DateTimeOffset now)
{
    private static readonly string[] Words = ["a", "0", "tea", "T-1", "é ß 猫", "x_y", "'; --", "<b>", "=1+1", "a b", "Z/9", "10", "-1.5", "0.25", "true", "null"];

    /// <summary>A value that is valid.</summary>
    public JsonNode? Draw(JsonNode schema)
    {
        for (var tries = 0; tries < 200; tries++)
        {
            var value = One(schema);
            if (schemas.Check(value, schema).Count == 0)
            {
                return value;
            }
        }

        throw new InvalidOperationException($"No valid value of {schema.ToJsonString()} was found: {string.Join("; ", schemas.Check(One(schema), schema))}");
    }

    /// <summary>A value that is not valid: a valid one with a part taken away or turned into another; null where none is found.</summary>
    public JsonNode? Broken(JsonNode schema)
    {
        for (var tries = 0; tries < 50; tries++)
        {
            var value = Break(Draw(schema));
            if (schemas.Check(value, schema).Count > 0)
            {
                return value;
            }
        }

        return null;
    }

    private JsonNode? One(JsonNode schema)
    {
        var at = Flat(schema);
        if (at["examples"] is JsonArray examples && random.NextDouble() < (at.ContainsKey("properties") ? 0.1 : 0.5))
        {
            return Pick<JsonNode?>(examples)?.DeepClone();
        }

        if (at["const"] is { } constant)
        {
            return constant.DeepClone();
        }

        if (at["enum"] is JsonArray words)
        {
            return Pick<JsonNode?>(words)?.DeepClone();
        }

        var type = at["type"] is JsonArray types ? (string)Pick<JsonNode?>(types)! : (string?)at["type"];
        return type switch
        {
            "object" => Object(at),
            "array" => new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => at["items"] is { } items ? One(items) : JsonValue.Create(1))]),
            "integer" => JsonValue.Create((long)Number(at, 0)),
            "number" => JsonValue.Create(Number(at, 4)),
            "boolean" => JsonValue.Create(random.Next(2) == 0),
            "null" => null,
            _ => JsonValue.Create(Text(at)),
        };
    }

    /// <summary>A schema with its parts and one of its alternatives put together.</summary>
    private JsonObject Flat(JsonNode schema)
    {
        var at = schemas.Resolve(schema).DeepClone().AsObject();
        foreach (var part in (at["allOf"] as JsonArray ?? []).Concat(at["anyOf"] is JsonArray any ? [Pick<JsonNode?>(any)] : []).Concat(at["oneOf"] is JsonArray one ? [Pick<JsonNode?>(one)] : []))
        {
            foreach (var (name, rule) in Flat(part!))
            {
                switch (name)
                {
                    case "properties" when at["properties"] is JsonObject known:
                        rule!.AsObject().Where(p => !known.ContainsKey(p.Key)).ToList().ForEach(p => known[p.Key] = p.Value?.DeepClone());
                        break;
                    case "required" when at["required"] is JsonArray required:
                        rule!.AsArray().ToList().ForEach(r => required.Add(r!.DeepClone()));
                        break;
                    default:
                        at.TryAdd(name, rule?.DeepClone());
                        break;
                }
            }
        }

        return at;
    }

    private JsonObject Object(JsonObject at)
    {
        var value = new JsonObject();
        var required = (at["required"] as JsonArray ?? []).Select(r => (string)r!).ToHashSet();
        foreach (var (name, schema) in at["properties"] as JsonObject ?? [])
        {
            if (required.Contains(name) || random.Next(3) == 0)
            {
                value[name] = One(schema!);
            }
        }

        if (at["additionalProperties"] is JsonObject more)
        {
            for (var i = random.Next(3); i > 0; i--)
            {
                value[$"{Pick(Words)}{i}"] = One(more);
            }
        }

        return value;
    }

    private decimal Number(JsonObject at, int decimals)
    {
        var (least, most) = ((decimal?)at["minimum"] ?? -1000, (decimal?)at["maximum"] ?? 100_000);
        return random.Next(6) switch
        {
            0 => least,
            1 => most,
            _ => decimal.Round(least + ((Math.Min(most, least + 1000) - least) * (decimal)random.NextDouble()), decimals),
        };
    }

    private string Text(JsonObject at)
    {
        var (least, most) = ((int?)at["minLength"] ?? 0, Math.Min((int?)at["maxLength"] ?? 40, 500));
        return (string?)at["format"] switch
        {
            "date-time" => now.AddSeconds(-random.Next(40_000_000)).ToOffset(TimeSpan.FromHours(random.Next(-11, 12)))
                .ToString(Pick(["yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.fffzzz"]), CultureInfo.InvariantCulture),
            "email" => $"{Pick(["ann", "a.b+c", "o'neil", "x_1"])}{random.Next(50)}@{Pick(["example.com", "mail.example.org", "bücher.example"])}",
            "time-zone" => Pick(["Europe/Zurich", "America/New_York", "Asia/Kolkata", "UTC"]),
            "currency" => "EUR",
            "uri" => $"https://shop.example.com/{random.Next(100)}?q={random.Next()}",
            "period-from" => Pick(["2023-12-01", "2023-11-20T09:30:00Z"]),
            "period-until" => Pick(["2024-01-05", "2024-02-01T00:00:00+02:00"]),
            _ when (string?)at["pattern"] is { } pattern => Matching(pattern, least, most),
            _ => Pad(random.Next(3) == 0 ? "" : Pick(Words), least, random.Next(4) == 0 ? most : 0),
        };
    }

    private string Matching(string pattern, int least, int most)
    {
        string[] tries =
        [
            .. Words, "viewed", "Added to cart", "de-CH", "en", "4990", "12.3456", "-7.5", $"id-{random.Next(1000)}", random.Next(100_000).ToString(CultureInfo.InvariantCulture),
        ];
        var fit = tries.Where(t => t.Length >= least && t.Length <= most && Regex.IsMatch(t, pattern)).ToList();
        return fit.Count > 0 ? Pick(fit) : throw new InvalidOperationException($"No word fits {pattern}.");
    }

    private static string Pad(string text, int least, int to) => text.PadRight(Math.Max(least, to), 'x');

    /// <summary>Turns one place of a value into something else.</summary>
    private JsonNode? Break(JsonNode? value)
    {
        var places = Places(value).ToList();
        var place = places[random.Next(places.Count)];
        if (place.Parent is JsonObject parent && random.Next(4) == 0)
        {
            parent.Remove(place.GetPropertyName());
            return value;
        }

        var other = Other(place);
        if (place.Parent is null)
        {
            return other;
        }

        place.ReplaceWith(other);
        return value;
    }

    private static IEnumerable<JsonNode> Places(JsonNode? value)
    {
        if (value is null)
        {
            yield break;
        }

        yield return value;
        foreach (var inner in value switch { JsonObject o => o.Select(p => p.Value), JsonArray a => a, _ => [] })
        {
            foreach (var place in Places(inner))
            {
                yield return place;
            }
        }
    }

    private JsonNode Other(JsonNode place) => place.GetValueKind() switch
    {
        JsonValueKind.Object or JsonValueKind.Array => random.Next(2) == 0 ? JsonValue.Create("x") : JsonValue.Create(1),
        _ => random.Next(5) switch
        {
            0 => new JsonObject { ["a"] = 1 },
            1 => new JsonArray(1),
            2 => JsonValue.Create(new string('y', 3000)),
            3 => JsonValue.Create("\u0001"),
            _ => JsonValue.Create(-1.123456m),
        },
    };

    private T Pick<T>(IList<T> from) => from[random.Next(from.Count)];
}
