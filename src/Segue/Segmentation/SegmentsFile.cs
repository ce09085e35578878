using Segue.Files;

namespace Segue.Segmentation;

/// <summary>Reads <c>segments.yaml</c>.</summary>
public static class SegmentsFile
{
    /// <summary>The segments and tags, or null after adding everything that is wrong with the file.</summary>
    /// <param name="file">The file's name, for errors.</param>
    /// <param name="text">Its text.</param>
    /// <param name="errors">Where errors go.</param>
    public static SegmentSet? Parse(string file, string text, FileErrors errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        var before = errors.Errors.Count;
        if (YamlValue.Parse(file, text, errors) is not { } root)
        {
            return null;
        }

        if (!root.IsMap)
        {
            errors.Add(root, $"Found {root.Found}; a segments file is a mapping with 'segments' and 'tags'.");
            return null;
        }

        root.RefuseUnknownKeys(errors, "segments", "tags");
        var ids = new HashSet<string>();
        var segments = Items(root, root["segments"], "segments", ids, errors);
        var tags = Items(root, root["tags"], "tags", ids, errors);
        if (segments.Count == 0 && errors.Errors.Count == before)
        {
            errors.Add(
                root["segments"] ?? root,
                "Found no segments; name at least one, the last without 'when': it takes everyone else.");
        }

        var all = tags.Select(t => t.Id).ToList();
        var parsedTags = tags
            .Select((tag, i) => Compile(tag, new(all[..i], all[i..], null, errors), isRest: false)).ToList();
        var parsedSegments = segments
            .Select((segment, i) => Compile(segment, new(all, [], null, errors), isRest: i == segments.Count - 1)).ToList();
        return errors.Errors.Count == before ? new(parsedSegments, parsedTags) : null;
    }

    private static List<(string Id, string Name, YamlValue Node)> Items(
        YamlValue root, YamlValue? list, string key, HashSet<string> ids, FileErrors errors)
    {
        var items = new List<(string, string, YamlValue)>();
        if (list is { IsList: false, Text: not null } or { IsMap: true })
        {
            errors.Add(list, $"Found {list.Found}; '{key}' is a list of mappings with 'id', 'name' and 'when'.");
        }

        foreach (var node in list?.Items ?? [])
        {
            if (!node.IsMap)
            {
                errors.Add(node, $"Found {node.Found}; each of '{key}' is a mapping with 'id', 'name' and 'when'.");
                continue;
            }

            node.RefuseUnknownKeys(errors, "id", "name", "when");
            var id = Id(node, ids, errors);
            if (node["name"] is { Text: null } name)
            {
                errors.Add(name, $"Found {name.Found}; a name is a text.");
            }

            items.Add((id, node["name"]?.Text ?? id, node));
        }

        return items;
    }

    private static string Id(YamlValue node, HashSet<string> ids, FileErrors errors)
    {
        if (node["id"] is not { } id)
        {
            errors.Add(node, "The 'id' is missing; it is made of lower-case letters, digits and hyphens.");
            return "";
        }

        if (id.Text is not { Length: > 0 } text
            || !text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
        {
            errors.Add(id, $"Found {id.Found}; an id is made of lower-case letters, digits and hyphens.");
        }
        else if (!ids.Add(text))
        {
            errors.Add(id, $"Found '{text}' a second time; an id is used once among segments and tags.");
        }

        return id.Text ?? "";
    }

    private static SegmentDefinition Compile((string Id, string Name, YamlValue Node) item, RuleScope scope, bool isRest)
    {
        var when = item.Node["when"];
        if (isRest && when is not null)
        {
            scope.Errors.Add(when, $"Segment '{item.Id}' is the last and has a rule; the last takes everyone else and has none. "
                + "Remove its 'when', or add a segment without one behind it.");
        }
        else if (!isRest && when is null)
        {
            scope.Errors.Add(item.Node, $"'{item.Id}' has no 'when'; only the last segment has none.");
        }

        return new(item.Id, item.Name, when is null ? null : RuleParser.Parse(when, scope));
    }
}
