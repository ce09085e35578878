namespace Segue.Orders;

/// <summary>What became of some orders of one customer.</summary>
public sealed class ImportOutcome
{
    /// <summary>Orders now recorded: new, or newer than what was there.</summary>
    public int Recorded { get; internal set; }

    /// <summary>Money of the recorded ones, returns subtracted, in the shop's currency.</summary>
    public decimal Revenue { get; internal set; }

    /// <summary>Orders that were known, with the same content or a newer one.</summary>
    public int Duplicates { get; internal set; }

    /// <summary>Orders that contradict what is recorded: id and reason.</summary>
    public List<(string OrderId, string Reason)> Refused { get; } = [];

    /// <summary>Takes in what became of one more batch.</summary>
    internal void Add(ImportOutcome batch)
    {
        Recorded += batch.Recorded;
        Revenue += batch.Revenue;
        Duplicates += batch.Duplicates;
        Refused.AddRange(batch.Refused);
    }
}
