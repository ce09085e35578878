using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Segue.Tests.Http.OpenApi;

/// <summary>
/// Checks values against the part of JSON Schema 2020-12 that the description uses; a keyword that it does not know is an error, so
/// that nothing is taken for checked that is not. <c>format</c> is the generator's business alone.
/// </summary>
internal sealed class JsonSchema(JsonNode document)
{
    private static readonly HashSet<string> Ignored =
        ["$schema", "description", "title", "examples", "example", "default", "format", "deprecated", "multipleOf"];

    /// <summary>Members of an answer that its schema does not name are mismatches too.</summary>
    public bool Closed { get; init; }

    /// <summary>What is wrong, each with the place.</summary>
    public IReadOnlyList<string> Check(JsonNode? value, JsonNode? schema)
    {
        var faults = new List<string>();
        Check(value, schema, "$", faults);
        return faults;
    }

    /// <summary>A schema, or what it refers to.</summary>
    public JsonObject Resolve(JsonNode? schema)
    {
        while (schema is JsonObject o && o["$ref"] is { } reference)
        {
            schema = (string)reference! is ['#', '/', ..] pointer
                ? pointer[2..].Split('/').Aggregate((JsonNode?)document, (node, part) => node?[part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)])
                : null;
            Assert.True(schema is not null, $"{reference} leads nowhere.");
        }

        return schema as JsonObject ?? [];
    }

    private void Check(JsonNode? value, JsonNode? schema, string path, List<string> faults)
    {
        if (schema is JsonValue always && always.GetValueKind() is JsonValueKind.True or JsonValueKind.False)
        {
            if (schema.GetValueKind() == JsonValueKind.False)
            {
                faults.Add($"{path}: nothing is allowed here");
            }

            return;
        }

        var at = Resolve(schema);
        foreach (var (keyword, rule) in at)
        {
            if (!Ignored.Contains(keyword))
            {
                Keyword(keyword, rule!, value, at, path, faults);
            }
        }

        if (Closed && value is JsonObject o && at["properties"] is JsonObject known && !at.ContainsKey("additionalProperties"))
        {
            faults.AddRange(o.Where(p => !known.ContainsKey(p.Key)).Select(p => $"{path}.{p.Key}: not in the schema"));
        }
    }

    private void Keyword(string keyword, JsonNode rule, JsonNode? value, JsonObject schema, string path, List<string> faults)
    {
        bool Fits(JsonNode? s) => new List<string>() is var inner && Into(s, inner) == 0;
        int Into(JsonNode? s, List<string> inner)
        {
            Check(value, s, path, inner);
            return inner.Count;
        }

        void Hold(bool holds, string what)
        {
            if (!holds)
            {
                faults.Add($"{path}: {Short(value)} is not {what}");
            }
        }

        var text = value is JsonValue v && v.GetValueKind() == JsonValueKind.String ? v.GetValue<string>() : null;
        switch (keyword)
        {
            case "type":
                var types = rule is JsonArray many ? many.Select(t => (string)t!).ToList() : [(string)rule!];
                Hold(types.Any(t => Is(value, t)), string.Join(" or ", types));
                break;
            case "enum":
                Hold(rule.AsArray().Any(e => JsonNode.DeepEquals(e, value)), $"one of {rule.ToJsonString()}");
                break;
            case "const":
                Hold(JsonNode.DeepEquals(rule, value), rule.ToJsonString());
                break;
            case "pattern" when text is not null:
                Hold(Regex.IsMatch(text, (string)rule!), $"of the form {rule}");
                break;
            case "minLength" when text is not null:
                Hold(text.Length >= (int)rule, $"{rule} characters or more");
                break;
            case "maxLength" when text is not null:
                Hold(text.Length <= (int)rule, $"{rule} characters or fewer");
                break;
            case "minimum" when Number(value) is { } number:
                Hold(number >= (decimal)rule, $"{rule} or more");
                break;
            case "maximum" when Number(value) is { } number:
                Hold(number <= (decimal)rule, $"{rule} or less");
                break;
            case "maxItems" when value is JsonArray array:
                Hold(array.Count <= (int)rule, $"of {rule} elements or fewer");
                break;
            case "items" when value is JsonArray array:
                for (var i = 0; i < array.Count; i++)
                {
                    Check(array[i], rule, string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), faults);
                }

                break;
            case "required" when value is JsonObject o:
                faults.AddRange(rule.AsArray().Where(n => !o.ContainsKey((string)n!)).Select(n => $"{path}.{n}: missing"));
                break;
            case "properties" when value is JsonObject o:
                foreach (var (name, s) in rule.AsObject().Where(p => o.ContainsKey(p.Key)))
                {
                    Check(o[name], s, $"{path}.{name}", faults);
                }

                break;
            case "additionalProperties" when value is JsonObject o:
                foreach (var (name, member) in o.Where(p => schema["properties"]?[p.Key] is null))
                {
                    Check(member, rule, $"{path}.{name}", faults);
                }

                break;
            case "propertyNames" when value is JsonObject o:
                foreach (var (name, _) in o)
                {
                    Check(JsonValue.Create(name), rule, $"{path}.{name}", faults);
                }

                break;
            case "maxProperties" when value is JsonObject o:
                Hold(o.Count <= (int)rule, $"of {rule} members or fewer");
                break;
            case "allOf":
                foreach (var s in rule.AsArray())
                {
                    Check(value, s, path, faults);
                }

                break;
            case "anyOf":
                Hold(rule.AsArray().Any(Fits), "any of the alternatives");
                break;
            case "oneOf":
                Hold(rule.AsArray().Count(Fits) == 1, "exactly one of the alternatives");
                break;
            case "not":
                Hold(!Fits(rule), "what it must not be");
                break;
            case "$ref" or "pattern" or "minLength" or "maxLength" or "minimum" or "maximum" or "maxItems" or "items" or "required" or "properties"
                or "additionalProperties" or "propertyNames" or "maxProperties":
                break;
            default:
                throw new NotSupportedException($"{path}: the keyword {keyword} is not known here.");
        }
    }

    private static bool Is(JsonNode? value, string type) => (value?.GetValueKind() ?? JsonValueKind.Null) switch
    {
        JsonValueKind.Null => type == "null",
        JsonValueKind.Object => type == "object",
        JsonValueKind.Array => type == "array",
        JsonValueKind.String => type == "string",
        JsonValueKind.True or JsonValueKind.False => type == "boolean",
        _ => type == "number" || (type == "integer" && Number(value) is { } n && n == decimal.Truncate(n)),
    };

    private static decimal? Number(JsonNode? value) => value?.GetValueKind() == JsonValueKind.Number
        ? decimal.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : decimal.MaxValue : null;

    private static string Short(JsonNode? value) => value?.ToJsonString() is { } json ? json.Length > 80 ? json[..80] + "…" : json : "null";
}
