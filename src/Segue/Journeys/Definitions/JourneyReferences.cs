using Segue.Email;
using Segue.Files;
using Segue.Segmentation;

namespace Segue.Journeys.Definitions;

/// <summary>Reads a rule of the segments language; null after adding what is wrong.</summary>
/// <param name="node">Where the rule stands.</param>
/// <param name="errors">Takes what is wrong.</param>
public delegate Rule? RuleReader(YamlValue node, FileErrors errors);

/// <summary>What a journey may refer to.</summary>
/// <param name="Segments">Ids of the segments; null where the segments file can't be read, so that nothing is checked against it.</param>
/// <param name="Tags">Ids of the tags; null likewise.</param>
/// <param name="Emails">Templates by name; null for one that has faults of its own.</param>
/// <param name="ReadRule">Reads the rules of splits.</param>
public sealed record JourneyReferences(
    IReadOnlyCollection<string>? Segments,
    IReadOnlyCollection<string>? Tags,
    IReadOnlyDictionary<string, EmailTemplate?> Emails,
    RuleReader ReadRule)
{
    /// <summary>Reads the id of a segment or a tag.</summary>
    internal string? ReadGroup(YamlValue value, bool segments, bool tags, FileErrors errors)
    {
        var what = segments && tags ? "a segment or tag" : segments ? "a segment" : "a tag";
        if (value.Text is not { Length: > 0 } id)
        {
            errors.Add(value, $"Found {value.Found}; expected the id of {what}.");
            return null;
        }

        if (Segments is null || Tags is null)
        {
            return id;
        }

        string[] known = [.. segments ? Segments : [], .. tags ? Tags : []];
        if (known.Contains(id))
        {
            return id;
        }

        var other = !segments && Segments.Contains(id) ? $" '{id}' is a segment: write 'segment: {id}'."
            : !tags && Tags.Contains(id) ? $" '{id}' is a tag: write 'tag: {id}'."
            : Suggestion.For(id, known);
        errors.Add(value, $"Found '{id}'; expected {what} of segments.yaml.{other}");
        return null;
    }
}
