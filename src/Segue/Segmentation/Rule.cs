using Segue.Customers;

namespace Segue.Segmentation;

/// <summary>A condition on a customer at a moment, compiled from a campaign file.</summary>
public abstract class Rule
{
    /// <summary>The rule in the words of its file: <c>orders: &gt;= 3</c>. Empty where none were kept.</summary>
    public string Words { get; internal set; } = "";

    /// <summary>The rules it is made of; none for one that asks about a field.</summary>
    public virtual IReadOnlyList<Rule> Parts => [];

    /// <summary>Whether it holds, and until when that answer stands if nothing happens.</summary>
    public abstract RuleAnswer Evaluate(RuleContext context);

    /// <summary>Adds what a calibration must find out for this rule; nothing for most.</summary>
    public virtual void Ask(CalibrationNeeds needs)
    {
    }
}

/// <summary>A rule's answer.</summary>
/// <param name="Holds">Whether it holds.</param>
/// <param name="ChangesAt">The first later moment at which time alone may change that; null is never. Never late.</param>
public readonly record struct RuleAnswer(bool Holds, DateTimeOffset? ChangesAt);

/// <summary>What a rule may look at.</summary>
/// <param name="Customer">The customer's facts.</param>
/// <param name="Calibration">The last calibration, or null before the first: rank rules are then false.</param>
/// <param name="Now">The moment.</param>
/// <param name="Stage">The stage at that moment, and until when it holds.</param>
/// <param name="StageChangesAt">See <paramref name="Stage"/>.</param>
/// <param name="Tags">The tags decided so far, and the segment's, for rules that refer to them.</param>
public sealed record RuleContext(
    CustomerSummary Customer,
    Calibration? Calibration,
    DateTimeOffset Now,
    Stage Stage,
    DateTimeOffset? StageChangesAt,
    IReadOnlyDictionary<string, RuleAnswer> Tags);
