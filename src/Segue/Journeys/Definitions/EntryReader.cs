using Segue.Campaigns;
using Segue.Files;

namespace Segue.Journeys.Definitions;

/// <summary>Reads who enters a journey, what ends it and what counts as success.</summary>
internal static class EntryReader
{
    public static IReadOnlyList<string> EnterKeys { get; } = ["segment", "tag", "event", "where", "key", "schedule", "existing", "reentry"];

    public static IReadOnlyList<string> ReentryKeys { get; } = ["after"];

    public static IReadOnlyList<string> ExitKeys { get; } = ["event", "where", "leaves"];

    public static IReadOnlyList<string> GoalKeys { get; } = ["event", "within"];

    /// <summary>The facts that are a journey's goal; every event may end one.</summary>
    public static IReadOnlyList<string> Events { get; } = ["order"];

    public static IReadOnlyDictionary<string, bool> Existing { get; } =
        new Dictionary<string, bool> { ["skip"] = false, ["include"] = true };

    public static IReadOnlyDictionary<string, Reentry> Reentries { get; } =
        new Dictionary<string, Reentry> { ["never"] = Reentry.Never, ["always"] = Reentry.Always };

    public static Entry? ReadEntry(YamlValue root, JourneyReferences references, FileErrors errors)
    {
        if (root.Required("enter", "who enters, such as { segment: core-churned }", errors) is not { } enter
            || !enter.IsMapOf(errors, EnterKeys))
        {
            return null;
        }

        var existing = enter["existing"]?.ReadChoice(Existing, errors) ?? false;
        var reentry = enter["reentry"] is { } again ? ReadReentry(again, errors) : enter["schedule"] is null ? Reentry.Never : Reentry.Always;
        var (segment, tag, fact, calendar) = (enter["segment"], enter["tag"], enter["event"], enter["schedule"]);
        if (segment is null && tag is null && fact is null && calendar is null)
        {
            errors.Add(enter, "Found none of 'segment', 'tag', 'event' and 'schedule'; expected one of them: whose new members enter, or what begins it.");
            return null;
        }

        if (enter.Entries.Where(e => e.Key is "segment" or "tag" or "event" or "schedule").Skip(1).FirstOrDefault() is { Value: { } second })
        {
            var names = enter.Entries.Where(e => e.Key is "segment" or "tag" or "event" or "schedule").Select(e => $"'{e.Key}'");
            errors.Add(second, $"Found both {string.Join(" and ", names.Take(2))}; expected one of them.");
            return null;
        }

        foreach (var (key, value) in enter.Entries.Where(e =>
            (fact is null && e.Key is "where" or "key") || (segment is null && tag is null && e.Key == "existing")))
        {
            errors.Add(value, key != "existing" ? $"Found '{key}' without 'event'; it is about the event that begins the journey."
                : $"Found 'existing' beside '{(fact is null ? "schedule" : "event")}'; only a segment or tag has members.");
            return null;
        }

        if (fact is not null)
        {
            var match = EventMatchReader.Read(fact, enter["where"], errors);
            var key = enter["key"]?.ReadText("a field or attribute of the event, such as orderId", errors);
            return match is null || reentry is null || (enter["key"] is not null && key is null) ? null
                : new("", false, reentry.Value) { Event = match, Key = key };
        }

        if (calendar is not null)
        {
            return ScheduleReader.Read(calendar, references, errors) is not { } schedule || reentry is null ? null
                : new("", false, reentry.Value) { Schedule = schedule };
        }

        var group = references.ReadGroup(segment ?? tag!, segment is not null, tag is not null, errors);
        return group is null || reentry is null ? null : new(group, existing, reentry.Value);
    }

    public static IReadOnlyList<ExitRule> ReadExits(YamlValue? exits, JourneyReferences references, FileErrors errors)
    {
        if (exits is null)
        {
            return [];
        }

        if (!exits.IsList)
        {
            errors.Unexpected(exits, "a list such as [ { event: order }, { leaves: core-churned } ]");
            return [];
        }

        return [.. exits.Items.Select(item => ReadExit(item, references, errors)).OfType<ExitRule>()];
    }

    public static Goal? ReadGoal(YamlValue? goal, FileErrors errors)
    {
        if (goal is null || !goal.IsMapOf(errors, GoalKeys))
        {
            return null;
        }

        var fact = goal.Required("event", "what counts as success, such as order", errors) is { } e ? ReadEvent(e, errors) : null;
        var within = goal.Required("within", DurationText.Expected, errors)?.ReadDuration(errors);
        return fact is null || within is null ? null : new(fact, within.Value);
    }

    private static Reentry? ReadReentry(YamlValue reentry, FileErrors errors)
    {
        if (reentry.IsMap)
        {
            reentry.RefuseUnknownKeys(errors, ReentryKeys);
            return reentry.Required("after", DurationText.Expected, errors)?.ReadDuration(errors, zero: true) is { } after
                ? new Reentry(true, after) : null;
        }

        if (reentry.Text is { } text && Reentries.TryGetValue(text, out var known))
        {
            return known;
        }

        errors.Unexpected(reentry, "never, always or { after: 180d }");
        return null;
    }

    private static ExitRule? ReadExit(YamlValue exit, JourneyReferences references, FileErrors errors)
    {
        if (!exit.IsMapOf(errors, ExitKeys))
        {
            return null;
        }

        switch (exit["event"], exit["leaves"])
        {
            case ({ } fact, null):
                return EventMatchReader.Read(fact, exit["where"], errors) is { } match
                    ? new(match.Name, null, match.Where is null ? null : match) : null;
            case (null, { } leaves):
                return references.ReadGroup(leaves, true, true, errors) is { } group ? new(null, group) : null;
            default:
                errors.Add(exit, "Expected exactly one of 'event' and 'leaves', such as { event: order }.");
                return null;
        }
    }

    private static string? ReadEvent(YamlValue fact, FileErrors errors)
    {
        if (fact.Text is { } name && Events.Contains(name))
        {
            return name;
        }

        errors.Add(fact, $"Found {fact.Found}; expected the name of a fact.{Suggestion.For(fact.Text ?? "", Events)}");
        return null;
    }
}
