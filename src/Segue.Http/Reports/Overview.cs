using Segue.Campaigns;

namespace Segue.Http.Reports;

/// <summary>How the shop stands at a moment.</summary>
public sealed record Overview
{
    /// <summary>The moment.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The shop's name.</summary>
    public required string ShopName { get; init; }

    /// <summary>ISO 4217 code of all money.</summary>
    public required string Currency { get; init; }

    /// <summary>Whether mail goes out.</summary>
    public Sending Sending { get; init; }

    /// <summary>All customers known.</summary>
    public int Customers { get; init; }

    /// <summary>Those who may be mailed.</summary>
    public int Reachable { get; init; }

    /// <summary>Counted orders.</summary>
    public int Orders { get; init; }

    /// <summary>Net of returns.</summary>
    public decimal Revenue { get; init; }

    /// <summary>The segments, in the order of the segments file; each customer is in one.</summary>
    public IReadOnlyList<GroupFigures> Segments { get; init; } = [];

    /// <summary>The lifecycle stages; each customer is in one.</summary>
    public IReadOnlyList<GroupFigures> Stages { get; init; } = [];

    /// <summary>The journeys.</summary>
    public IReadOnlyList<JourneyFigures> Journeys { get; init; } = [];

    /// <summary>Mails of late, newest first.</summary>
    public IReadOnlyList<MailFigures> Lately { get; init; } = [];

    /// <summary>How it came to be, a day at a time, oldest first; days on which nothing changed are left out.</summary>
    public IReadOnlyList<DayFigures> History { get; init; } = [];

    /// <summary>The moment up to which facts are in the figures; null before the first roll-up.</summary>
    public DateTimeOffset? RolledUpAt { get; init; }

    /// <summary>When the newest order was placed, or null.</summary>
    public DateTimeOffset? LastOrderAt { get; init; }

    /// <summary>When scores and ranks were last calibrated, or null.</summary>
    public DateTimeOffset? CalibratedAt { get; init; }

    /// <summary>The surveys that somebody has answered.</summary>
    public IReadOnlyList<SurveyFigures> Surveys { get; init; } = [];

    /// <summary>What someone should look at, one sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The same with a history of so many days a step, counted back from its last day: the steps' ends, with the mails of all their days.</summary>
    public Overview Every(int days) => this with
    {
        History = [.. History.GroupBy(d => (History[^1].Day.DayNumber - d.Day.DayNumber) / days).Select(step => step.Last() with { Sent = step.Sum(d => d.Sent) })],
    };
}

/// <summary>What a survey was answered.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Question">The question.</param>
/// <param name="Answers">Its answers, in the order of the file.</param>
public sealed record SurveyFigures(string Id, string Question, IReadOnlyList<AnswerFigures> Answers)
{
    /// <summary>The mean, where all answers are numbers; else null.</summary>
    public decimal? Average { get; init; }
}

/// <summary>An answer.</summary>
/// <param name="Value">What is kept of it.</param>
/// <param name="Label">What people read.</param>
/// <param name="Customers">Customers whose last answer it is.</param>
public sealed record AnswerFigures(string Value, string Label, int Customers);

/// <summary>A segment's or a stage's figures.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">For people.</param>
/// <param name="Customers">Members.</param>
/// <param name="Orders">Their counted orders.</param>
/// <param name="Revenue">Their net spend.</param>
public sealed record GroupFigures(string Id, string Name, int Customers, int Orders, decimal Revenue);

/// <summary>A journey's figures.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">For people.</param>
/// <param name="Status">draft, live or paused.</param>
/// <param name="Group">What brings people in: a segment's, a tag's or an event's id, or everyone.</param>
/// <param name="UnderWay">People in it now.</param>
/// <param name="Sent">Mails accepted so far.</param>
/// <param name="Conversions">Goals reached by those not held out.</param>
public sealed record JourneyFigures(
    string Id, string Name, string Status, string Group, int UnderWay, int Sent, int Conversions);

/// <summary>One mail.</summary>
/// <param name="At">When its last news came.</param>
/// <param name="CustomerId">To whom.</param>
/// <param name="Journey">The journey's id.</param>
/// <param name="Step">The step that sent it.</param>
/// <param name="Status">accepted, rejected, unknown and so on.</param>
public sealed record MailFigures(DateTimeOffset At, string CustomerId, string Journey, string Step, string Status);

/// <summary>How the shop stood at a day's end (UTC).</summary>
/// <param name="Day">The day.</param>
/// <param name="Customers">All customers known.</param>
/// <param name="Orders">Counted orders.</param>
/// <param name="Revenue">Net of returns.</param>
/// <param name="Sent">Mails accepted on that day.</param>
/// <param name="Segments">Customers by segment.</param>
/// <param name="Stages">Customers by stage.</param>
public sealed record DayFigures(
    DateOnly Day, int Customers, int Orders, decimal Revenue, int Sent, IReadOnlyDictionary<string, int> Segments, IReadOnlyDictionary<string, int> Stages);
