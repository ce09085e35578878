using Segue.Campaigns;
using Segue.Events;
using Segue.Files;

namespace Segue.Journeys.Definitions;

/// <summary>Reads <c>event</c> and the <c>where</c> beside it.</summary>
internal static class EventMatchReader
{
    public static EventMatch? Read(YamlValue fact, YamlValue? where, FileErrors errors)
    {
        var before = errors.Errors.Count;
        var name = EventNames.Normalise(fact.Text);
        if (name is null)
        {
            errors.Add(fact, $"Found {fact.Found}; expected the name of an event, such as order, viewed or one that the shop sends.");
        }

        var wanted = where is null ? null : ReadWhere(where, errors);
        return errors.Errors.Count > before ? null : new(name!, wanted);
    }

    private static Dictionary<string, IReadOnlyList<string>>? ReadWhere(YamlValue where, FileErrors errors)
    {
        if (!where.IsMap || !where.Entries.Any())
        {
            errors.Unexpected(where, "fields and attributes with their values, such as { category: shoes }");
            return null;
        }

        var wanted = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var (name, value) in where.Entries)
        {
            var values = value.IsList ? [.. value.Items] : new List<YamlValue> { value };
            wanted[name] = [.. values.Select(v => v.ReadText("a value, or a list of values", errors)).OfType<string>()];
        }

        return wanted;
    }
}
