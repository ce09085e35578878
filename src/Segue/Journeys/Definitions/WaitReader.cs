using Segue.Campaigns;

namespace Segue.Journeys.Definitions;

/// <summary>Reads <c>wait</c>: one of its kinds, each under its own key.</summary>
internal static class WaitReader
{
    public static IReadOnlyList<string> Keys { get; } = ["for", "until", "window", "condition"];

    public static JourneyStep? Read(StepSource source, StepReader reader)
    {
        var errors = reader.Errors;
        if (!source.Value.IsMapOf(errors, Keys))
        {
            return null;
        }

        var kinds = source.Value.Entries.Where(e => Keys.Contains(e.Key)).ToList();
        if (kinds.Count != 1)
        {
            errors.Add(source.Value, $"Found {(kinds.Count == 0 ? "no kind of wait" : string.Join(" and ", kinds.Select(k => k.Key)))}; "
                + $"expected one of {string.Join(", ", Keys)}.");
            return null;
        }

        var (kind, value) = kinds[0];
        return kind switch
        {
            "for" => value.ReadDuration(errors) is { } length ? new WaitStep(source.Id, source.Next, length) : null,
            "until" => UntilReader.Read(value, errors) is (var moment, var past) ? new WaitUntilStep(source.Id, source.Next, moment, past) : null,
            "window" => WindowReader.Read(value, errors) is { } window ? new WaitWindowStep(source.Id, source.Next, window) : null,
            _ => ConditionReader.Read(value, source, reader),
        };
    }
}
