using Segue.Customers;
using Segue.Segmentation;

namespace Segue.Http.Reports;

/// <summary>Counts customers, orders and revenue by segment and stage.</summary>
public sealed class GroupCounter(Evaluator evaluator)
{
    private static readonly (Stage Stage, string Id, string Name)[] StageNames =
    [
        (Stage.Prospect, "prospect", "Prospect"), (Stage.New, "new", "New"), (Stage.Active, "active", "Active"),
        (Stage.WonBack, "won back", "Won back"), (Stage.AtRisk, "at risk", "At risk"), (Stage.Churned, "churned", "Churned"),
    ];

    private readonly Dictionary<string, Sum> _segments = evaluator.Segments.ToDictionary(s => s.Id, _ => new Sum());
    private readonly Dictionary<Stage, Sum> _stages = StageNames.ToDictionary(s => s.Stage, _ => new Sum());

    /// <summary>All customers.</summary>
    public int Customers { get; private set; }

    /// <summary>Those who may be mailed.</summary>
    public int Reachable { get; private set; }

    /// <summary>When the newest counted order was placed.</summary>
    public DateTimeOffset? LastOrderAt { get; private set; }

    /// <summary>In the order of the segments file.</summary>
    public IReadOnlyList<GroupFigures> Segments => [.. evaluator.Segments.Select(s => _segments[s.Id].Of(s.Id, s.Name))];

    /// <summary>In the order of a customer's life.</summary>
    public IReadOnlyList<GroupFigures> Stages => [.. StageNames.Select(s => _stages[s.Stage].Of(s.Id, s.Name))];

    /// <summary>Counts a customer where they stand at the moment.</summary>
    public void Add(CustomerSummary summary, Calibration? calibration, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(summary);
        var standing = evaluator.Evaluate(summary, calibration, at);
        _segments[standing.Segment].Add(summary);
        _stages[standing.Stage].Add(summary);
        Customers++;
        Reachable += summary.Reachable ? 1 : 0;
        LastOrderAt = LastOrderAt is { } last && !(summary.Purchases.LastOrderAt > last) ? last : summary.Purchases.LastOrderAt;
    }

    private sealed class Sum
    {
        private int _customers;
        private int _orders;
        private decimal _revenue;

        public void Add(CustomerSummary summary)
        {
            _customers++;
            _orders += summary.Purchases.Orders;
            _revenue += summary.Purchases.TotalSpend;
        }

        public GroupFigures Of(string id, string name) => new(id, name, _customers, _orders, _revenue);
    }
}
