namespace Segue.Measurement.Reports;

/// <summary>All that the overview shows, in one row: <c>Reports</c>, partition <c>current</c>, row <c>0-overview</c>.</summary>
internal sealed record OverviewRow
{
    public required DateTimeOffset RolledUpAt { get; init; }

    public Dictionary<string, GroupCounts> Segments { get; set; } = [];

    public Dictionary<string, GroupCounts> Stages { get; set; } = [];

    public Dictionary<string, JourneyCounts> Journeys { get; set; } = [];

    public List<LatelyMail> Lately { get; set; } = [];

    /// <summary>Customers by survey and last answer.</summary>
    public Dictionary<string, int> Answers { get; set; } = [];

    public DateTimeOffset? LastOrderAt { get; init; }

    public List<DayPoint> History { get; set; } = [];
}

/// <summary>A journey in a line.</summary>
internal sealed record JourneyCounts(int UnderWay, int Sent, int Conversions)
{
    /// <summary>Runs begun, held out or not.</summary>
    public int Entered { get; init; }

    /// <summary>Of them, those that reached the goal.</summary>
    public int Reached { get; init; }
}

/// <summary>How the shop stood at a day's end.</summary>
internal sealed record DayPoint(
    DateOnly Day, int Customers, int Orders, decimal Revenue, int Sent, Dictionary<string, int> Segments, Dictionary<string, int> Stages)
{
    /// <summary>Runs begun on that day, held out or not, by journey; null in rows from before it was kept.</summary>
    public Dictionary<string, int>? Entered { get; init; }
}

/// <summary>One journey's figures: row <c>journey-{id}</c>.</summary>
internal sealed record JourneyRow
{
    public required DateTimeOffset RolledUpAt { get; init; }

    public Dictionary<string, CellCounts> Cells { get; set; } = [];

    public Dictionary<string, ArmCounts> Arms { get; set; } = [];

    public Dictionary<string, int> Exits { get; set; } = [];
}

/// <summary>Moves of one month: all of them in row <c>0-movements</c>.</summary>
internal sealed record MonthlyFlow(string Month, string? From, string To, int Customers);
