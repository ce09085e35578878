using Segue.Email;
using Segue.Events;
using Segue.Orders;
using Segue.Segmentation;

namespace Segue.Customers;

/// <summary>
/// All that a customer's segment, stage and tags may depend on besides calibration and time: the argument of Evaluate,
/// and what the Summaries table keeps of every customer.
/// </summary>
public sealed record CustomerSummary
{
    /// <summary>What the orders add up to.</summary>
    public PurchaseSummary Purchases { get; set; } = PurchaseSummary.None;

    /// <summary>Money the shop holds for the customer (a deposit, store credit), in its currency.</summary>
    public decimal Balance { get; init; }

    /// <summary>Whether there is an address and a granted consent to mail it.</summary>
    public bool Reachable { get; init; }

    /// <summary>What the events add up to; null without any.</summary>
    public EventMemory? Events { get; init; }

    /// <summary>How they answer to mail; null before the first.</summary>
    public MailEngagement? Mail { get; init; }

    /// <summary>The shop's own facts about the customer, by name; numbers in invariant notation. Null for none.</summary>
    public IReadOnlyDictionary<string, string>? Attributes { get; init; }

    /// <summary>What earlier evaluations keep; null for nothing.</summary>
    public HeldAnswers? Held { get; init; }

    /// <summary>Since when the customer objects to being profiled; null where they do not. Then nobody counts them in, and rules see a stranger.</summary>
    public DateTimeOffset? NoProfilingSince { get; init; }

    /// <summary>What rules may see of a customer who objects: whether they can be reached, and nothing of what they are like.</summary>
    public CustomerSummary AsStranger() => new() { Reachable = Reachable, NoProfilingSince = NoProfilingSince };
}
