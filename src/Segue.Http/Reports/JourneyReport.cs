namespace Segue.Http.Reports;

/// <summary>What a journey did and what it earned: <c>GET /api/reports/journeys/{id}</c>.</summary>
public sealed record JourneyReport
{
    /// <summary>The journey's id.</summary>
    public required string Id { get; init; }

    /// <summary>For people.</summary>
    public required string Name { get; init; }

    /// <summary>draft, live or paused.</summary>
    public required string Status { get; init; }

    /// <summary>ISO 4217 code of all money.</summary>
    public required string Currency { get; init; }

    /// <summary>The moment of the answer.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The moment up to which facts are in it; null before the first roll-up.</summary>
    public DateTimeOffset? RolledUpAt { get; init; }

    /// <summary>last-touch, first-touch or even-split: who gets an order's revenue where several mails preceded it.</summary>
    public required string Attribution { get; init; }

    /// <summary>All of it.</summary>
    public required Measures Totals { get; init; }

    /// <summary>By step, in the order of the file; steps of older versions at the end.</summary>
    public IReadOnlyList<GroupMeasures> Steps { get; init; } = [];

    /// <summary>By variant of its tests; empty without any.</summary>
    public IReadOnlyList<GroupMeasures> Variants { get; init; } = [];

    /// <summary>By the primary segment at entry.</summary>
    public IReadOnlyList<GroupMeasures> Segments { get; init; } = [];

    /// <summary>How runs ended: reason and how many, most first.</summary>
    public IReadOnlyDictionary<string, int> Exits { get; init; } = new Dictionary<string, int>();

    /// <summary>The experiments, newest first: the holdout beside each version of it, and each test.</summary>
    public IReadOnlyList<ExperimentReport> Experiments { get; init; } = [];

    /// <summary>Incremental margin after discounts and costs, over the costs; null until the holdout can tell.</summary>
    public ReturnOnInvestment? Roi { get; init; }
}

/// <summary>A group's measures.</summary>
/// <param name="Id">A step's path or id, a variant's or a segment's id.</param>
/// <param name="Name">For people.</param>
/// <param name="Measures">Its measures.</param>
public sealed record GroupMeasures(string Id, string Name, Measures Measures)
{
    /// <summary>For a segment: the return among those who were in it at entry; null until their holdout can tell, and for other groups.</summary>
    public ReturnOnInvestment? Roi { get; init; }
}

/// <summary>What is counted of a journey or a part of it. Money is in the shop's currency.</summary>
public sealed record Measures
{
    /// <summary>Runs begun by those not held out.</summary>
    public int Entered { get; init; }

    /// <summary>Runs begun by those held out.</summary>
    public int HeldOut { get; init; }

    /// <summary>Of <see cref="Entered"/>, those still under way.</summary>
    public int UnderWay { get; init; }

    /// <summary>Runs of those not held out that reached the goal, less those whose order came back.</summary>
    public int Conversions { get; init; }

    /// <summary>Mails that the mail service accepted.</summary>
    public int Sent { get; init; }

    /// <summary>Mails decided on and not sent.</summary>
    public int Withheld { get; init; }

    /// <summary>Mails that arrived.</summary>
    public int Delivered { get; init; }

    /// <summary>Mails opened by a person.</summary>
    public int OpenedByPerson { get; init; }

    /// <summary>Mails opened by a machine, such as a mail scanner or a privacy proxy. Never part of <see cref="OpenedByPerson"/>.</summary>
    public int OpenedByMachine { get; init; }

    /// <summary>Mails in which a person clicked.</summary>
    public int Clicked { get; init; }

    /// <summary>Mails after which the customer unsubscribed.</summary>
    public int Unsubscribed { get; init; }

    /// <summary>Mails reported as spam.</summary>
    public int Complained { get; init; }

    /// <summary>Mails that could not be delivered.</summary>
    public int Bounced { get; init; }

    /// <summary>Orders attributed, in parts where they are split; each order counts once in any total. Not causal.</summary>
    public decimal AttributedOrders { get; init; }

    /// <summary>Their revenue net of later returns. Not causal: what a journey brought is in its experiments.</summary>
    public decimal AttributedRevenue { get; init; }

    /// <summary>Discounts given on attributed orders.</summary>
    public decimal DiscountCost { get; init; }

    /// <summary>Mails sent times the settings' cost of one.</summary>
    public decimal SendingCost { get; init; }

    /// <summary>Calls that agents made.</summary>
    public int Calls { get; init; }

    /// <summary>They, times the settings' cost of one.</summary>
    public decimal CallCost { get; init; }

    /// <summary>
    /// What is left of attributed revenue: the margin's share of it before discounts, less discounts, mails and calls. Null without a margin in the
    /// settings. Not causal.
    /// </summary>
    public decimal? AttributedMargin { get; init; }

    /// <summary>
    /// The mean of what those who entered were then expected to spend in twelve months; of a step or variant, of those mailed. Null where no
    /// calibration could tell.
    /// </summary>
    public decimal? PredictedValue { get; init; }
}

/// <summary>What came back for what was spent, against the held-out.</summary>
/// <param name="Value">(incremental margin − costs) / costs; 1 is one unit of money gained for one spent.</param>
/// <param name="Lower">The 95 % interval's lower end.</param>
/// <param name="Upper">Its upper end.</param>
/// <param name="IncrementalRevenue">Revenue that would not have been without the journey.</param>
/// <param name="Margin">The share of revenue that is margin, from the settings.</param>
/// <param name="Costs">Of mails and calls. Discounts lower the margin instead.</param>
public sealed record ReturnOnInvestment(
    double Value, double Lower, double Upper, decimal IncrementalRevenue, double Margin, decimal Costs);
