namespace Segue.Segmentation;

/// <summary>What a rule says of one customer, part by part.</summary>
/// <param name="Text">The rule in the words of its file.</param>
/// <param name="Holds">Whether it holds.</param>
/// <param name="Parts">What it is made of; none for one that asks about a field.</param>
public sealed record RuleExplanation(string Text, bool Holds, IReadOnlyList<RuleExplanation> Parts)
{
    /// <summary>Explains a rule in a context, such as <see cref="Evaluator.ContextFor"/> makes.</summary>
    public static RuleExplanation Of(Rule rule, RuleContext context)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return new(rule.Words, rule.Evaluate(context).Holds, [.. rule.Parts.Select(p => Of(p, context))]);
    }
}

/// <summary>A segment as one customer meets it, reading the segments file from the top.</summary>
/// <param name="Segment">Its id.</param>
/// <param name="Name">For people.</param>
/// <param name="Holds">Whether the customer fits; true only for the last of a list, which is where they are.</param>
/// <param name="Parts">The conditions, all of which must hold; none for the segment that takes the rest.</param>
public sealed record SegmentDecision(string Segment, string Name, bool Holds, IReadOnlyList<RuleExplanation> Parts)
{
    /// <summary>The segments that a customer was measured against: those that they do not fit, and the first that they do.</summary>
    public static IReadOnlyList<SegmentDecision> Of(Evaluator evaluator, RuleContext context)
    {
        ArgumentNullException.ThrowIfNull(evaluator);
        ArgumentNullException.ThrowIfNull(context);
        if (context.Customer.NoProfilingSince is not null)
        {
            return [new(evaluator.Segments[^1].Id, evaluator.Segments[^1].Name, true, [])];
        }

        var decisions = new List<SegmentDecision>();
        foreach (var segment in evaluator.Segments)
        {
            var decision = Of(segment, context);
            decisions.Add(decision);
            if (decision.Holds)
            {
                break;
            }
        }

        return decisions;
    }

    private static SegmentDecision Of(SegmentDefinition segment, RuleContext context)
    {
        if (segment.When is not { } rule)
        {
            return new(segment.Id, segment.Name, true, []);
        }

        var whole = RuleExplanation.Of(rule, context);
        return new(segment.Id, segment.Name, whole.Holds, rule is AllRule ? whole.Parts : [whole]);
    }
}
