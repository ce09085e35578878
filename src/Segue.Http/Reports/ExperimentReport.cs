namespace Segue.Http.Reports;

/// <summary>Arms that lots have drawn customers into, and what became of them, by intention to treat.</summary>
public sealed record ExperimentReport
{
    /// <summary>Names the experiment: journey, and what its split depends on. Another holdout or weights make another experiment.</summary>
    public required string Id { get; init; }

    /// <summary>holdout or test.</summary>
    public required string Kind { get; init; }

    /// <summary>For people.</summary>
    public required string Name { get; init; }

    /// <summary>The day (UTC) of its first entry.</summary>
    public DateOnly Since { get; init; }

    /// <summary>Whether customers are still drawn into it.</summary>
    public bool Running { get; init; }

    /// <summary>The arms, the first of them being what the others are compared with.</summary>
    public required IReadOnlyList<ArmFigures> Arms { get; init; }

    /// <summary>Each other arm against the first.</summary>
    public required IReadOnlyList<ArmComparison> Comparisons { get; init; }

    /// <summary>Whether the split is what was asked for; null while too few are in it to tell.</summary>
    public SplitCheck? Split { get; init; }

    /// <summary>One sentence that says what may be concluded.</summary>
    public required string Verdict { get; init; }
}

/// <summary>One arm.</summary>
/// <param name="Id">control, treated, global, or a variant's id.</param>
/// <param name="Name">For people.</param>
/// <param name="Share">What share of customers it was to get, 0 to 1.</param>
/// <param name="Customers">Customers in it.</param>
/// <param name="Entries">Their entries.</param>
/// <param name="Conversions">Entries that reached the goal.</param>
/// <param name="ConversionRate">Per entry, 0 to 1.</param>
/// <param name="Revenue">Net revenue within the goals' windows.</param>
/// <param name="RevenuePerEntry">The same per entry.</param>
public sealed record ArmFigures(
    string Id, string Name, double Share, long Customers, long Entries, long Conversions, double ConversionRate, decimal Revenue, decimal RevenuePerEntry);

/// <summary>One arm against another.</summary>
/// <param name="Arm">The arm.</param>
/// <param name="Against">The one it is compared with.</param>
/// <param name="Conversion">Difference of conversion rates, in shares (0.01 is one point).</param>
/// <param name="Revenue">Difference of revenue per entry, in money.</param>
/// <param name="SmallestConversion">The smallest difference of rates that those in it can show (power 80 %), or null.</param>
/// <param name="CustomersFor20Percent">Customers in both arms that it takes to see a relative change of conversion of 20 %, or null.</param>
public sealed record ArmComparison(
    string Arm, string Against, Difference? Conversion, Difference? Revenue, double? SmallestConversion, long? CustomersFor20Percent);

/// <summary>A difference with its interval.</summary>
/// <param name="Value">The difference.</param>
/// <param name="Lower">The interval's lower end.</param>
/// <param name="Upper">Its upper end.</param>
/// <param name="Relative">The difference as a share of the one compared with; null where that is 0.</param>
/// <param name="Always">The interval that may be looked at every day; null while there are too few to say.</param>
/// <param name="PValue">The p-value that may be looked at every day; null likewise.</param>
public sealed record Difference(double Value, double Lower, double Upper, double? Relative, Interval? Always, double? PValue);

/// <summary>An interval.</summary>
public sealed record Interval(double Lower, double Upper);

/// <summary>Whether customers were split as they were to be.</summary>
/// <param name="PValue">The chance of a split at least as far off, 0 to 1.</param>
/// <param name="Suspicious">Then something other than chance has had a hand in it, and no figure here can be trusted.</param>
public sealed record SplitCheck(double PValue, bool Suspicious);
