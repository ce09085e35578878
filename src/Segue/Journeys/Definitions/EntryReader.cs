using Segue.Campaigns;
using Segue.Events;
using Segue.Files;

namespace Segue.Journeys.Definitions;

/// <summary>Reads who enters a journey, what ends it and what counts as success.</summary>
internal static class EntryReader
{
    public static IReadOnlyList<string> EnterKeys { get; } = ["segment", "tag", "existing", "reentry"];

    public static IReadOnlyList<string> ReentryKeys { get; } = ["after"];

    public static IReadOnlyList<string> ExitKeys { get; } = ["event", "leaves"];

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
        var reentry = enter["reentry"] is { } again ? ReadReentry(again, errors) : Reentry.Never;
        switch (enter["segment"], enter["tag"])
        {
            case (null, null):
                errors.Add(enter, "Found neither 'segment' nor 'tag'; expected one of them: whose new members enter.");
                return null;
            case ({ }, { } tag):
                errors.Add(tag, "Found both 'segment' and 'tag'; expected one of them.");
                return null;
            case var (segment, tag):
                var group = references.ReadGroup(segment ?? tag!, segment is not null, tag is not null, errors);
                return group is null || reentry is null ? null : new(group, existing, reentry.Value);
        }
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
                return ReadAnyEvent(fact, errors) is { } name ? new(name, null) : null;
            case (null, { } leaves):
                return references.ReadGroup(leaves, true, true, errors) is { } group ? new(null, group) : null;
            default:
                errors.Add(exit, "Expected exactly one of 'event' and 'leaves', such as { event: order }.");
                return null;
        }
    }

    /// <summary>The kept form of an event's name: <c>order</c>, one that Segue knows, or the shop's own.</summary>
    private static string? ReadAnyEvent(YamlValue fact, FileErrors errors)
    {
        if (EventNames.Normalise(fact.Text) is { } name)
        {
            return name;
        }

        errors.Add(fact, $"Found {fact.Found}; expected the name of an event, such as order, viewed or one that the shop sends.");
        return null;
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
