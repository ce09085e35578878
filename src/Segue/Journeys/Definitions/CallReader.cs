using Segue.Campaigns;
using Segue.Files;

namespace Segue.Journeys.Definitions;

/// <summary>Reads <c>call</c>; the steps of each outcome stand beside it, under the outcome's name, and those of <c>expired</c>.</summary>
internal static class CallReader
{
    private const string Expired = "expired";
    private const string OutcomesExpected = "what may come of the call, such as [reached, no-interest]";
    private const int DefaultPriority = 5;

    public static IReadOnlyList<string> Keys { get; } = ["queue", "reason", "priority", "due", "outcomes"];

    /// <summary>The keys beside it: the outcomes that it names.</summary>
    public static IReadOnlyList<string> Siblings(YamlValue value) =>
        [.. value["outcomes"] is { IsList: true } list ? list.Items.Select(i => i.Text).OfType<string>().Where(IsOutcome) : []];

    public static JourneyStep? Read(StepSource source, StepReader reader)
    {
        var (call, errors) = (source.Value, reader.Errors);
        if (!call.IsMapOf(errors, Keys))
        {
            return null;
        }

        var before = errors.Errors.Count;
        var queue = call.Required("queue", "the agents' queue, such as accounts", errors)?.ReadId(errors);
        var reason = call.Required("reason", "what the call is about, on one line", errors)?.ReadText("what the call is about, on one line", errors);
        var priority = (int?)call["priority"]?.ReadNumber(errors, "a whole number from 1, first, to 9", n => n is >= 1 and <= 9 && n == decimal.Truncate(n));
        var due = call.Required("due", DurationText.Expected, errors)?.ReadDuration(errors);
        var outcomes = call.Required("outcomes", OutcomesExpected, errors) is { } list ? ReadOutcomes(list, source, reader) : [];
        var expired = source.Step[Expired] is { } steps ? reader.ReadBlock(steps, $"{source.Path}.{Expired}.", source.Next) : null;
        if (source.Step[Expired] is null)
        {
            errors.Missing(source.Step, Expired, "the steps taken when nobody called in time (none: [])");
        }

        return errors.Errors.Count > before ? null
            : new CallStep(source.Id, queue!, reason!, priority ?? DefaultPriority, due!.Value, outcomes, expired);
    }

    private static Dictionary<string, string?> ReadOutcomes(YamlValue list, StepSource source, StepReader reader)
    {
        var errors = reader.Errors;
        var outcomes = new Dictionary<string, string?>();
        if (!list.IsList || !list.Items.Any())
        {
            errors.Unexpected(list, OutcomesExpected);
            return outcomes;
        }

        foreach (var item in list.Items)
        {
            if (item.ReadId(errors) is not { } name)
            {
                continue;
            }

            if (!IsOutcome(name) || outcomes.ContainsKey(name))
            {
                errors.Add(item, $"Found '{name}'; expected an outcome's name: an id that is no other outcome's, not '{Expired}' and not the name of a step.");
            }
            else if (source.Step[name] is not { } steps)
            {
                errors.Missing(source.Step, name, "the steps of that outcome (none: [])");
            }
            else
            {
                outcomes[name] = reader.ReadBlock(steps, $"{source.Path}.{name}.", source.Next);
            }
        }

        return outcomes;
    }

    private static bool IsOutcome(string name) => YamlFields.IsId(name) && name != Expired && !StepVocabulary.ByName.ContainsKey(name);
}
