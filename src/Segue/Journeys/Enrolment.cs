using System.Globalization;
using System.Text.Json.Serialization;
using Segue.Calls;
using Segue.Events;
using Segue.Storage;

namespace Segue.Journeys;

/// <summary>One customer's run through a journey: row <c>0-enrolment-{journey}~{key}</c> while it lasts.</summary>
public sealed record Enrolment
{
    /// <summary>The journey.</summary>
    public required string Journey { get; init; }

    /// <summary>The definition they entered on, and finish on.</summary>
    public required string Version { get; init; }

    /// <summary>What the run is about (an order, a booking), or empty.</summary>
    public string Key { get; set; } = "";

    /// <summary>1 for the first.</summary>
    public required int Run { get; init; }

    /// <summary>See <see cref="Customers.CustomerProfile.Life"/>.</summary>
    public string? Life { get; init; }

    /// <summary>The step that is next; null when nothing but the end is.</summary>
    public string? Step { get; init; }

    /// <summary>When it is due, pauses not counted.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>When the wait for it began.</summary>
    public required DateTimeOffset WaitsFrom { get; init; }

    /// <summary>How many of the journey's pauses <see cref="DueAt"/> has been moved by.</summary>
    public int PausesSeen { get; init; }

    /// <summary>Whether a pause keeps it: the journey's resumption wakes it.</summary>
    public bool Held { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset EnteredAt { get; init; }

    /// <summary>The customer's primary segment at that moment.</summary>
    public required string Segment { get; init; }

    /// <summary>Whether the customer could be mailed at that moment.</summary>
    public required bool Reachable { get; init; }

    /// <summary>Whether the customer is left alone, to measure against.</summary>
    public required bool HeldOut { get; init; }

    /// <summary>The last order at entry: a later one is what <c>exitWhen: order</c> means.</summary>
    public DateTimeOffset? LastOrderAt { get; init; }

    /// <summary>Visits to steps that a link leads back to, by step.</summary>
    public IReadOnlyDictionary<string, int>? Visits { get; init; }

    /// <summary>Where its step waits for a condition: until when at most. Else null.</summary>
    public DateTimeOffset? TimeoutAt { get; init; }

    /// <summary>The call on an agents' list that it waits for, or null.</summary>
    public CallTask? Call { get; init; }

    /// <summary>The place that it waits for at a limit, or null.</summary>
    public LimitSlot? Slot { get; init; }

    /// <summary>The variant drawn last, as <c>test:variant</c>; null without a test.</summary>
    public string? Variant { get; init; }

    /// <summary>The event that began it, or null: what its mails are about.</summary>
    public CustomerEvent? Event { get; init; }

    /// <summary>The mail planned last, while no wait has come after it; else null.</summary>
    public string? LastSend { get; init; }

    /// <summary>The mail that its wait counts from, so that it is put off with it; null where it counts from a moment.</summary>
    public string? WaitsAfter { get; init; }

    /// <summary>How long it waits after that mail.</summary>
    public Duration? WaitLength { get; init; }

    /// <summary>Templates of the mails it has planned, by send id.</summary>
    public IReadOnlyDictionary<string, string>? Mails { get; init; }

    /// <summary>Templates of those in which a person clicked.</summary>
    public IReadOnlyList<string>? Clicked { get; init; }

    /// <summary>When it ended, in the cold row.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why it ended: <c>order</c>, <c>leaves core-churned</c>, an end step's reason, <c>completed</c>.</summary>
    public string? EndReason { get; init; }

    /// <summary>Names the enrolment among the customer's: <c>journey~key</c>.</summary>
    [JsonIgnore]
    public string Id => IdOf(Journey, Key);

    /// <summary>Names one visit to one step of one run, for ever: every effect's name comes from it.</summary>
    public string Token(string customerId, string step) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Keys.Escape(customerId)}~{Journey}~{Keys.Escape(Key)}~{Run}{Life}~{step}~{VisitOf(step)}");

    /// <summary>How often the run has come to a step before: 0 at the first visit.</summary>
    public int VisitOf(string step) => Visits?.GetValueOrDefault(step) ?? 0;

    /// <summary>See <see cref="Id"/>.</summary>
    public static string IdOf(string journey, string key) => $"{journey}~{Keys.Escape(key)}";
}
