namespace Segue.Measurement.Reports;

/// <summary>What happened in one journey, step, variant and segment.</summary>
internal sealed class CellCounts
{
    /// <summary>Facts by kind; those of runs that are held out have <see cref="Held"/> behind.</summary>
    public Dictionary<string, int> Kinds { get; set; } = [];

    /// <summary>What orders bring to the last mail before them.</summary>
    public AttributedCounts Last { get; set; } = new();

    /// <summary>What they bring to the first.</summary>
    public AttributedCounts First { get; set; } = new();

    /// <summary>What they bring to each, divided evenly.</summary>
    public AttributedCounts Even { get; set; } = new();

    /// <summary>What those who entered were expected to spend; those held out are not among them.</summary>
    public PredictedCounts Entered { get; set; } = new();

    /// <summary>What those mailed were expected to spend, once for each mail.</summary>
    public PredictedCounts Mailed { get; set; } = new();

    /// <summary>Marks the kinds of held-out runs.</summary>
    public const string Held = "~held";

    public int Count(string kind) => Kinds.GetValueOrDefault(kind);

    public void Add(string kind, int number = 1) => Kinds[kind] = Count(kind) + number;

    public void Add(CellCounts other)
    {
        foreach (var (kind, number) in other.Kinds)
        {
            Add(kind, number);
        }

        Last.Add(other.Last);
        First.Add(other.First);
        Even.Add(other.Even);
        Entered.Add(other.Entered);
        Mailed.Add(other.Mailed);
    }
}

/// <summary>Predicted values of twelve months.</summary>
internal sealed class PredictedCounts
{
    /// <summary>Of how many there was a prediction.</summary>
    public int Known { get; set; }

    public decimal Sum { get; set; }

    public void Add(decimal value)
    {
        Known++;
        Sum += value;
    }

    public void Add(PredictedCounts other)
    {
        Known += other.Known;
        Sum += other.Sum;
    }
}

/// <summary>Orders attributed.</summary>
internal sealed class AttributedCounts
{
    public decimal Orders { get; set; }

    public decimal Revenue { get; set; }

    public decimal Discount { get; set; }

    public void Add(AttributedCounts other) => Add(other.Orders, other.Revenue, other.Discount);

    public void Add(decimal orders, decimal revenue, decimal discount)
    {
        Orders += orders;
        Revenue += revenue;
        Discount += discount;
    }
}
