using Segue.Customers;
using Segue.Files;
using Segue.Orders;
using Segue.Segmentation;

namespace Segue.Tests.Segmentation;

/// <summary>Facts that tests of segmentation start from.</summary>
internal static class Given
{
    public static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A customer with so many orders, the first and the last so many days after <see cref="Start"/>.</summary>
    public static CustomerSummary Customer(int orders, double first = 0, double last = 0, decimal spend = 0) => new()
    {
        Purchases = orders == 0 ? PurchaseSummary.None : new()
        {
            Orders = orders,
            TotalSpend = spend,
            FirstOrderAt = Start.AddDays(first),
            LastOrderAt = Start.AddDays(orders == 1 ? first : last),
            FirstGap = orders == 1 ? null : TimeSpan.FromDays((last - first) / (orders - 1)),
        },
    };

    public static CustomerSummary With(this CustomerSummary customer, Func<PurchaseSummary, PurchaseSummary> change) =>
        customer with { Purchases = change(customer.Purchases) };

    public static Rule Rule(string yaml, params string[] tags) => Rule(yaml, tags, null);

    public static Rule Rule(string yaml, string[] tags, string[]? segments)
    {
        var errors = new FileErrors();
        var rule = RuleParser.Parse(YamlValue.Parse("rule.yaml", yaml, errors)!, tags, errors, segments);
        Assert.True(errors.None, string.Join('\n', errors.Errors));
        return rule!;
    }

    public static SegmentSet Segments(string yaml)
    {
        var errors = new FileErrors();
        var set = SegmentsFile.Parse("segments.yaml", yaml, errors);
        Assert.True(errors.None, string.Join('\n', errors.Errors));
        return set!;
    }

    public static Evaluator Evaluator(string yaml, LifecycleSettings? lifecycle = null, RfmSettings? rfm = null) =>
        new(Segments(yaml), lifecycle ?? new(), rfm ?? new());

    public static RuleContext Context(
        CustomerSummary customer, DateTimeOffset? now = null, Calibration? calibration = null, Stage? stage = null)
    {
        var at = Lifecycle.At(customer.Purchases, new(), calibration, now ?? Start);
        return new(customer, calibration, now ?? Start, stage ?? at.Stage, at.ChangesAt, new Dictionary<string, RuleAnswer>());
    }

    public static bool Holds(string rule, CustomerSummary customer, Calibration? calibration = null, double day = 0) =>
        Rule(rule).Evaluate(Context(customer, Start.AddDays(day), calibration)).Holds;

    /// <summary>A calibration with cut points of 1, 2, 3, 4 for all, days for recency, and the ranks given.</summary>
    public static Calibration Calibration(params (string Key, decimal Least)[] ranks) => new()
    {
        Id = "c",
        At = Start,
        CutPoints = new Dictionary<string, Quintiles>
        {
            ["recency"] = new(86_400, 2 * 86_400, 3 * 86_400, 4 * 86_400),
            ["frequency"] = new(1, 2, 3, 4),
            ["monetary"] = new(100, 200, 300, 400),
            ["averageOrderScore"] = new(10, 20, 30, 40),
        },
        Ranks = ranks.ToDictionary(r => r.Key, r => r.Least),
    };

    /// <summary>The repository's root.</summary>
    public static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Functions.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("No folder above holds Functions.sln.");
        }

        return folder.FullName;
    }

    public static string ShippedText() => File.ReadAllText(Path.Combine(Root(), "src", "Campaigns", "segments.yaml"));
}
