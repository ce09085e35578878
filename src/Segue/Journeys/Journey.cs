using Segue.Events;
using Segue.Segmentation;

namespace Segue.Journeys;

/// <summary>Whether a journey's author wants it to run.</summary>
public enum JourneyStatus
{
    /// <summary>Only simulated.</summary>
    Draft,

    /// <summary>Running.</summary>
    Live,
}

/// <summary>One journey as its file says, checked and compiled.</summary>
public sealed record Journey
{
    /// <summary>Lower-case letters, digits and hyphens.</summary>
    public required string Id { get; init; }

    /// <summary>For people.</summary>
    public required string Name { get; init; }

    /// <summary>Hash of the definition's text: who is under way finishes on the version they entered.</summary>
    public required string Version { get; init; }

    /// <summary>The definition's text, kept by version.</summary>
    public required string Source { get; init; }

    /// <summary>What the file says; the journey's switch (golive, pause) may say otherwise.</summary>
    public JourneyStatus Status { get; init; }

    /// <summary>Who enters, and when.</summary>
    public required Entry Enter { get; init; }

    /// <summary>What ends it at once.</summary>
    public IReadOnlyList<ExitRule> ExitWhen { get; init; } = [];

    /// <summary>What counts as success, or null.</summary>
    public Goal? Goal { get; init; }

    /// <summary>Whether those under way on an older version go on by this one, from a step that both have.</summary>
    public bool Migrate { get; init; }

    /// <summary>Which goes first where the caps leave room for one: 1 before 9.</summary>
    public int Priority { get; init; } = DefaultPriority;

    /// <summary>The priority of a journey that names none.</summary>
    public const int DefaultPriority = 5;

    /// <summary>The share of those entering that is left alone, 0 to 1.</summary>
    public double Holdout { get; init; }

    /// <summary>The steps, by id; <see cref="JourneyStep.Next"/> links them. A missing target means the end.</summary>
    public required IReadOnlyDictionary<string, JourneyStep> Steps { get; init; }

    /// <summary>Id of the first step.</summary>
    public required string First { get; init; }

    /// <summary>Whether a step can come round again, so that visits must be counted.</summary>
    public bool HasLinks => Steps.Values.Any(step => step is LinkStep);

    /// <summary>The rules of its splits: what a calibration must prepare for besides segments and tags.</summary>
    public IEnumerable<Rule> Rules => Steps.Values.SelectMany(step => step.Rules);
}

/// <summary>Who enters a journey.</summary>
/// <param name="Group">The segment's or tag's id; entry is the moment of becoming a member. Empty where an event begins it.</param>
/// <param name="IncludeExisting">Whether those who are members when it goes live enter too.</param>
/// <param name="Reentry">Whether one who has left may enter again, under the same key.</param>
public sealed record Entry(string Group, bool IncludeExisting, Reentry Reentry)
{
    /// <summary>The event that begins it, or null.</summary>
    public EventMatch? Event { get; init; }

    /// <summary>The calendar by which it begins, or null.</summary>
    public JourneySchedule? Schedule { get; init; }

    /// <summary>What tells its runs apart: a field or attribute of the event, one run each; null for one run at a time.</summary>
    public string? Key { get; init; }

    /// <summary>Who or what brings people in: a segment's, a tag's or an event's id, or <c>everyone</c> by a calendar.</summary>
    public string Occasion => Group.Length > 0 ? Group : Event?.Name ?? Schedule?.Group ?? "everyone";

    /// <summary>The key of the run that an event is about; empty where runs have none, null where this event names none.</summary>
    public string? KeyOf(CustomerEvent fact)
    {
        ArgumentNullException.ThrowIfNull(fact);
        return Key is null ? "" : fact.Value(Key) is { Length: > 0 and <= MaxKeyLength } key ? key : null;
    }

    /// <summary>UTF-16 characters of a key.</summary>
    public const int MaxKeyLength = 100;
}

/// <summary>Whether one who has left may enter again.</summary>
/// <param name="Allowed">False for never.</param>
/// <param name="After">The time since the last exit that it takes; zero for always.</param>
public readonly record struct Reentry(bool Allowed, Duration After)
{
    /// <summary>Once in a life.</summary>
    public static Reentry Never => default;

    /// <summary>Any time that one is not under way.</summary>
    public static Reentry Always => new(true, default);
}

/// <summary>What ends a journey at once: one of the two is set.</summary>
/// <param name="Event">A fact's name: <c>order</c>.</param>
/// <param name="Leaves">A segment or tag left.</param>
/// <param name="Where">What the event must have besides; null for any.</param>
public sealed record ExitRule(string? Event, string? Leaves, EventMatch? Where = null)
{
    /// <summary>Whether an event ends it.</summary>
    internal bool IsMetBy(CustomerEvent fact) => Event == fact.Name && (Where is null || Where.Matches(fact));
}

/// <summary>What counts as success.</summary>
/// <param name="Event">A fact's name: <c>order</c>.</param>
/// <param name="Within">Counted from entry.</param>
public sealed record Goal(string Event, Duration Within);
