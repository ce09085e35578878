using Segue.Campaigns;
using Segue.Events;
using Segue.Files;

namespace Segue.Journeys.Definitions;

/// <summary>Reads <c>update</c> and <c>emit</c>.</summary>
internal static class UpdateReader
{
    public static IReadOnlyList<string> Keys { get; } = ["attributes"];

    public static IReadOnlyList<string> EmitKeys { get; } = ["event", "attributes"];

    public static JourneyStep? Read(StepSource source, StepReader reader) =>
        source.Value.IsMapOf(reader.Errors, Keys)
        && source.Value.Required("attributes", "attributes and their values, such as { club: invited }", reader.Errors) is { } map
        && ReadAttributes(map, reader.Errors) is { } attributes ? new UpdateStep(source.Id, source.Next, attributes) : null;

    public static JourneyStep? ReadEmit(StepSource source, StepReader reader)
    {
        var errors = reader.Errors;
        if (!source.Value.IsMapOf(errors, EmitKeys))
        {
            return null;
        }

        var before = errors.Errors.Count;
        var fact = source.Value.Required("event", "the event's name, such as invited", errors) is { } name ? EventMatchReader.Read(name, null, errors) : null;
        if (fact is not null && EventNames.Reserved.Contains(fact.Name))
        {
            errors.Add(source.Value["event"]!, $"Found '{fact.Name}'; only the shop's orders are orders. Expected another event.");
        }
        else if (fact is not null && fact.Name == reader.EnteredBy)
        {
            errors.Add(source.Value["event"]!, $"Found '{fact.Name}', by which this journey begins: it would begin itself.");
        }

        var attributes = source.Value["attributes"] is { } map ? ReadAttributes(map, errors) : null;
        return errors.Errors.Count > before ? null : new EmitStep(source.Id, source.Next, fact!.Name, attributes);
    }

    /// <summary>Names and values, at least one.</summary>
    public static Dictionary<string, string>? ReadAttributes(YamlValue map, FileErrors errors)
    {
        if (!map.IsMap || !map.Entries.Any())
        {
            errors.Unexpected(map, "attributes and their values, such as { club: invited }");
            return null;
        }

        var before = errors.Errors.Count;
        var attributes = map.Entries.ToDictionary(e => e.Key, e => e.Value.ReadText("a value, on one line", errors) ?? "");
        return errors.Errors.Count > before ? null : attributes;
    }
}
