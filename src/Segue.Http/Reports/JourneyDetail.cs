using Segue.Measurement;
using Segue.Measurement.Reports;

namespace Segue.Http.Reports;

/// <summary>A journey as the dashboard draws it.</summary>
public sealed record JourneyDetail
{
    /// <summary>The moment.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>For people.</summary>
    public required string Name { get; init; }

    /// <summary>draft, live, paused or archived.</summary>
    public required string Status { get; init; }

    /// <summary>What brings people in: a segment's, a tag's or an event's id, or everyone.</summary>
    public required string Group { get; init; }

    /// <summary>The same for people.</summary>
    public required string GroupName { get; init; }

    /// <summary>Hash of the definition in force.</summary>
    public required string Version { get; init; }

    /// <summary>Success in words, or null.</summary>
    public string? Goal { get; init; }

    /// <summary>What ends a run at once, in words.</summary>
    public IReadOnlyList<string> Exits { get; init; } = [];

    /// <summary>The share left alone, 0 to 1.</summary>
    public double Holdout { get; init; }

    /// <summary>Whether one may come in again, in words.</summary>
    public required string Reentry { get; init; }

    /// <summary>Since when it takes people in, or null.</summary>
    public DateTimeOffset? LiveSince { get; init; }

    /// <summary>Who switched it last, or null.</summary>
    public string? SwitchedBy { get; init; }

    /// <summary>All runs so far.</summary>
    public required RunFigures Figures { get; init; }

    /// <summary>Id of the first step.</summary>
    public required string First { get; init; }

    /// <summary>The steps of the definition in force.</summary>
    public required IReadOnlyList<StepPicture> Steps { get; init; }

    /// <summary>The definitions that people are under way on, and the one in force.</summary>
    public required IReadOnlyList<VersionPicture> Versions { get; init; }

    /// <summary>Who moves next, soonest first; held-out runs left out.</summary>
    public required IReadOnlyList<PersonHere> People { get; init; }
}

/// <summary>A journey's runs.</summary>
public sealed record RunFigures
{
    /// <summary>Runs begun, held out or not.</summary>
    public int Entered { get; init; }

    /// <summary>Of them, those left alone.</summary>
    public int HeldOut { get; init; }

    /// <summary>Runs under way that are not held out.</summary>
    public int Here { get; init; }

    /// <summary>Runs under way that are held out.</summary>
    public int HereHeldOut { get; init; }

    /// <summary>Mails accepted.</summary>
    public int Sent { get; init; }

    /// <summary>Goals reached by those not held out, less those reversed.</summary>
    public int Conversions { get; init; }

    /// <summary>Goals reached by those held out, less those reversed.</summary>
    public int HeldOutConversions { get; init; }

    /// <summary>How runs that were not held out ended, most frequent first.</summary>
    public IReadOnlyList<ExitFigures> Exits { get; init; } = [];

    /// <summary>Mails accepted by step.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IReadOnlyDictionary<string, int> SentByStep { get; init; } = new Dictionary<string, int>();

    /// <summary>Mails not sent, for a reason, by step.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IReadOnlyDictionary<string, int> WithheldByStep { get; init; } = new Dictionary<string, int>();

    /// <summary>What a journey's row says; nothing where there is none.</summary>
    internal static RunFigures Of(JourneyRow? row)
    {
        var cells = (row?.Cells ?? []).Select(c => (Step: c.Key.Split(DayCounts.Separator)[1], Counts: c.Value)).ToList();
        int Sum(string kind) => cells.Sum(c => c.Counts.Count(kind));
        Dictionary<string, int> ByStep(string kind) => cells.GroupBy(c => c.Step, c => c.Counts.Count(kind)).ToDictionary(s => s.Key, s => s.Sum());
        var heldOut = Sum(FactKinds.Entered + CellCounts.Held);
        return new()
        {
            Entered = Sum(FactKinds.Entered) + heldOut,
            HeldOut = heldOut,
            Sent = Sum(FactKinds.Sent),
            Conversions = Sum(FactKinds.Converted) - Sum(FactKinds.ConversionReversed),
            HeldOutConversions = Sum(FactKinds.Converted + CellCounts.Held) - Sum(FactKinds.ConversionReversed + CellCounts.Held),
            Exits = [.. (row?.Exits ?? []).OrderByDescending(e => e.Value).ThenBy(e => e.Key, StringComparer.Ordinal).Select(e => new ExitFigures(e.Key, e.Value))],
            SentByStep = ByStep(FactKinds.Sent),
            WithheldByStep = ByStep(FactKinds.Withheld),
        };
    }
}

/// <summary>How many runs ended for a reason.</summary>
public sealed record ExitFigures(string Reason, int Runs);

/// <summary>A step, drawn.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">send, wait, split and so on: one word, as the journey file calls it.</param>
/// <param name="Title">In a few words.</param>
/// <param name="Detail">More, or null.</param>
/// <param name="Next">Where it leads.</param>
/// <param name="Here">Runs whose next step this is, held out ones left out.</param>
/// <param name="Sent">Mails accepted.</param>
/// <param name="Withheld">Mails not sent, for a reason.</param>
/// <param name="Email">The template that it sends, or null.</param>
public sealed record StepPicture(
    string Id, string Kind, string Title, string? Detail, IReadOnlyList<StepLink> Next, int Here, int Sent, int Withheld, string? Email);

/// <summary>Where a step leads.</summary>
/// <param name="To">The step; null is the end.</param>
/// <param name="Label">When, or null.</param>
public sealed record StepLink(string? To, string? Label);

/// <summary>A definition and the runs on it.</summary>
public sealed record VersionPicture(string Version, int Here, bool Current);

/// <summary>One who is under way.</summary>
public sealed record PersonHere(string CustomerId, string? Step, DateTimeOffset DueAt, DateTimeOffset EnteredAt);
