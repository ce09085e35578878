using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Segue.Files;

/// <summary>A node of a YAML file that knows its file, line and path, so that whatever is wrong in it can be named.</summary>
public sealed class YamlValue
{
    private readonly YamlNode _node;

    private YamlValue(string file, string path, YamlNode node)
    {
        File = file;
        Path = path;
        _node = node;
    }

    /// <summary>The file's name, as errors show it.</summary>
    public string File { get; }

    /// <summary>Where in the file: <c>steps[1].send.email</c>; empty at the root.</summary>
    public string Path { get; }

    /// <summary>1-based line.</summary>
    public int Line => (int)_node.Start.Line;

    /// <summary>Whether it is a mapping.</summary>
    public bool IsMap => _node is YamlMappingNode;

    /// <summary>Whether it is a sequence.</summary>
    public bool IsList => _node is YamlSequenceNode;

    /// <summary>The scalar's text; null for a mapping, a sequence, and a plain empty, <c>~</c> or <c>null</c> scalar.</summary>
    public string? Text => _node is YamlScalarNode { Value: { } text } scalar
        && !(scalar.Style == ScalarStyle.Plain && text is "" or "~" or "null") ? text : null;

    /// <summary>Whether the scalar was written in quotes, and so is text even where it looks like a number.</summary>
    public bool IsQuoted => _node is YamlScalarNode { Style: ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted };

    /// <summary>The mapping's entries in file order; none for anything else. A key that is no scalar is left out.</summary>
    public IEnumerable<KeyValuePair<string, YamlValue>> Entries => _node is not YamlMappingNode map ? [] :
        from entry in map.Children
        where entry.Key is YamlScalarNode
        let key = ((YamlScalarNode)entry.Key).Value ?? ""
        select KeyValuePair.Create(key, new YamlValue(File, Path.Length == 0 ? key : $"{Path}.{key}", entry.Value));

    /// <summary>The sequence's items; none for anything else.</summary>
    public IEnumerable<YamlValue> Items => _node is not YamlSequenceNode list ? [] :
        list.Children.Select((item, i) => new YamlValue(File, $"{Path}[{i}]", item));

    /// <summary>The mapping's value for a key, or null.</summary>
    public YamlValue? this[string key] =>
        Entries.Where(e => e.Key == key).Select(e => e.Value).FirstOrDefault();

    /// <summary>How an error message quotes what was found.</summary>
    public string Found => _node switch
    {
        YamlMappingNode => "a mapping",
        YamlSequenceNode => "a list",
        YamlScalarNode { Value: "" or null } => "nothing",
        YamlScalarNode scalar => $"'{scalar.Value}'",
        _ => "an alias",
    };

    /// <summary>
    /// Reads one YAML document. What is no YAML (or holds more than one document, or a key twice) becomes an error with its
    /// line, and the answer is null.
    /// </summary>
    public static YamlValue? Parse(string file, string text, FileErrors errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            if (stream.Documents.Count == 1)
            {
                return new(file, "", stream.Documents[0].RootNode);
            }

            errors.Add(new FileError(file, 1, "", $"Found {stream.Documents.Count} YAML documents; a file holds exactly one."));
        }
        catch (YamlException e)
        {
            errors.Add(new FileError(file, (int)e.Start.Line, "", $"This is no valid YAML: {e.Message}"));
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // What its reader stumbles over instead of saying where: seen with keys in which a comment begins.
            errors.Add(new FileError(file, 1, "", "This is no valid YAML."));
        }

        return null;
    }

    /// <summary>Adds an error for every key that is not one of <paramref name="known"/>, with the nearest that is.</summary>
    public void RefuseUnknownKeys(FileErrors errors, params IReadOnlyList<string> known)
    {
        ArgumentNullException.ThrowIfNull(errors);
        foreach (var (key, value) in Entries.Where(e => !known.Contains(e.Key)))
        {
            errors.Add(value, $"Unknown key '{key}'.{Suggestion.For(key, known)}");
        }
    }
}
