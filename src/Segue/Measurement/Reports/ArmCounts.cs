using Segue.Measurement.Statistics;

namespace Segue.Measurement.Reports;

/// <summary>An arm's sums over customers, exact: what <see cref="ArmSums"/> are made of.</summary>
internal sealed class ArmCounts
{
    public long Customers { get; set; }

    public long Entries { get; set; }

    public long EntriesSquared { get; set; }

    public long Conversions { get; set; }

    public long ConversionsSquared { get; set; }

    public long ConversionsTimesEntries { get; set; }

    public decimal Revenue { get; set; }

    public decimal RevenueSquared { get; set; }

    public decimal RevenueTimesEntries { get; set; }

    /// <summary>The day of the first entry.</summary>
    public DateOnly? Since { get; set; }

    /// <summary>The day of the last.</summary>
    public DateOnly? Last { get; set; }

    /// <summary>The sums of conversions.</summary>
    public ArmSums OfConversions() => new(Customers, Entries, EntriesSquared, Conversions, ConversionsSquared, ConversionsTimesEntries);

    /// <summary>The sums of revenue.</summary>
    public ArmSums OfRevenue() =>
        new(Customers, Entries, EntriesSquared, (double)Revenue, (double)RevenueSquared, (double)RevenueTimesEntries);

    /// <summary>A customer's outcomes have changed.</summary>
    public void Change(Outcomes? before, Outcomes after, DateOnly day)
    {
        if (before is not null)
        {
            Add(before, -1);
        }

        Add(after, 1);
        if (before?.Entries != after.Entries)
        {
            Entered(day);
        }
    }

    public void Add(ArmCounts other)
    {
        Customers += other.Customers;
        Entries += other.Entries;
        EntriesSquared += other.EntriesSquared;
        Conversions += other.Conversions;
        ConversionsSquared += other.ConversionsSquared;
        ConversionsTimesEntries += other.ConversionsTimesEntries;
        Revenue += other.Revenue;
        RevenueSquared += other.RevenueSquared;
        RevenueTimesEntries += other.RevenueTimesEntries;
        Entered(other.Since);
        Entered(other.Last);
    }

    private void Entered(DateOnly? day)
    {
        if (day is { } d)
        {
            Since = d < Since || Since is null ? d : Since;
            Last = d > Last || Last is null ? d : Last;
        }
    }

    private void Add(Outcomes o, int sign)
    {
        Customers += sign;
        Entries += sign * o.Entries;
        EntriesSquared += sign * (long)o.Entries * o.Entries;
        Conversions += sign * o.Conversions;
        ConversionsSquared += sign * (long)o.Conversions * o.Conversions;
        ConversionsTimesEntries += sign * (long)o.Conversions * o.Entries;
        Revenue += sign * o.Revenue;
        RevenueSquared += sign * o.Revenue * o.Revenue;
        RevenueTimesEntries += sign * o.Revenue * o.Entries;
    }
}
