using System.Text;
using System.Text.Json;

namespace Segue.Tests.Docs;

/// <summary>A page of every key of the campaigns folder's files, from the schemas that editors complete by.</summary>
internal sealed class CampaignReference
{
    private readonly StringBuilder _page = new();
    private readonly JsonElement _schema;
    private readonly Queue<string> _open = new();
    private readonly HashSet<string> _known = [];

    private CampaignReference(JsonElement schema) => _schema = schema;

    /// <summary>The page's section of one schema.</summary>
    public static string Of(string heading, JsonElement schema)
    {
        var reference = new CampaignReference(schema);
        reference._page.Append($"## {heading}\n\n{Text(schema, "description")}\n\n");
        reference.Table(schema);
        while (reference._open.TryDequeue(out var name))
        {
            var definition = schema.GetProperty("definitions").GetProperty(name);
            reference._page.Append($"### {heading}: {name}\n\n{Text(definition, "description")}\n\n");
            reference.Table(definition);
        }

        return reference._page.ToString();
    }

    private void Table(JsonElement node)
    {
        _page.Append("| key | takes | says |\n| --- | --- | --- |\n");
        Rows(node, "");
        _page.Append('\n');
    }

    private void Rows(JsonElement node, string path)
    {
        var required = node.TryGetProperty("required", out var r) ? r.EnumerateArray().Select(e => e.GetString()).ToHashSet() : [];
        foreach (var key in node.GetProperty("properties").EnumerateObject())
        {
            var name = path + key.Name;
            _page.Append($"| `{name}`{(required.Contains(key.Name) ? " (required)" : "")} | {Takes(key.Value)} | {Says(key.Value)} |\n");
            foreach (var (inner, suffix) in Inner(key.Value))
            {
                Rows(inner, $"{name}{suffix}.");
            }
        }
    }

    /// <summary>Objects that are written where they stand, not under a name of their own.</summary>
    private static IEnumerable<(JsonElement Node, string Suffix)> Inner(JsonElement node)
    {
        if (node.TryGetProperty("properties", out _))
        {
            yield return (node, "");
        }

        if (node.TryGetProperty("items", out var items) && items.TryGetProperty("properties", out _))
        {
            yield return (items, "[]");
        }

        foreach (var choice in Choices(node).Where(c => c.TryGetProperty("properties", out _)))
        {
            yield return (choice, "");
        }
    }

    private static IEnumerable<JsonElement> Choices(JsonElement node) =>
        (node.TryGetProperty("oneOf", out var one) ? one.EnumerateArray() : node.TryGetProperty("anyOf", out var any) ? any.EnumerateArray() : [])
            .Where(c => c.EnumerateObject().Any(p => p.Name != "required"));

    private string Takes(JsonElement node)
    {
        if (node.TryGetProperty("$ref", out var reference))
        {
            return Named(reference.GetString()!.Split('/')[^1]);
        }

        if (Choices(node).ToList() is { Count: > 0 } choices)
        {
            return string.Join(" or ", choices.Select(Takes).Distinct());
        }

        if (node.TryGetProperty("enum", out var words))
        {
            return string.Join(", ", words.EnumerateArray().Select(w => $"`{w}`"));
        }

        if (node.TryGetProperty("const", out var word))
        {
            return $"`{word}`";
        }

        if (node.TryGetProperty("items", out var items))
        {
            return $"list of {(items.TryGetProperty("properties", out _) ? "maps" : Takes(items))}";
        }

        var pattern = Text(node, "pattern");
        var type = !node.TryGetProperty("type", out var t) ? "value"
            : t.ValueKind == JsonValueKind.Array ? string.Join(" or ", t.EnumerateArray().Select(e => e.GetString()))
            : t.GetString() == "object" ? "map" : t.GetString()!;
        return pattern.EndsWith("%$", StringComparison.Ordinal) ? "percentage" : pattern.StartsWith("^not", StringComparison.Ordinal) ? "`not …`" : type + Bounds(node);
    }

    /// <summary>A definition of keys has a section of its own; one of a word or number is told by its name.</summary>
    private string Named(string name)
    {
        var definition = _schema.GetProperty("definitions").GetProperty(name);
        if (!definition.TryGetProperty("properties", out _))
        {
            return definition.TryGetProperty("items", out var items) && items.TryGetProperty("$ref", out _) ? $"list of {Takes(items)}" : name;
        }

        if (_known.Add(name))
        {
            _open.Enqueue(name);
        }

        return $"{name} (below)";
    }

    private string Says(JsonElement node)
    {
        var said = Text(node, "description");
        if (said.Length == 0 && node.TryGetProperty("$ref", out var reference))
        {
            said = Text(_schema.GetProperty("definitions").GetProperty(reference.GetString()!.Split('/')[^1]), "description");
        }

        return said.Replace("|", "\\|", StringComparison.Ordinal);
    }

    private static string Bounds(JsonElement node)
    {
        var (from, to) = (node.TryGetProperty("minimum", out var least) ? least.ToString() : null, node.TryGetProperty("maximum", out var most) ? most.ToString() : null);
        return from is not null && to is not null ? $" {from} to {to}" : from is not null ? $" from {from}" : node.TryGetProperty("exclusiveMinimum", out var over) ? $" over {over}" : "";
    }

    private static string Text(JsonElement node, string name) => node.TryGetProperty(name, out var text) ? text.GetString()! : "";
}
