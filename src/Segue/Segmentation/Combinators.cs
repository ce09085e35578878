namespace Segue.Segmentation;

/// <summary>Holds while all of its parts hold.</summary>
/// <remarks>
/// While it holds, the first part to change ends it. While it does not, it can't hold before every part that does
/// not hold has changed; one that never changes settles it, and the parts behind it are not looked at.
/// </remarks>
internal sealed class AllRule(IReadOnlyList<Rule> parts) : Rule
{
    private readonly Rule[] _parts = [.. parts];

    public override IReadOnlyList<Rule> Parts => _parts;

    public override RuleAnswer Evaluate(RuleContext context) => Combine(_parts, context, stops: false);

    public override void Ask(CalibrationNeeds needs) => Array.ForEach(_parts, part => part.Ask(needs));

    /// <summary>Conjunction, or with <paramref name="stops"/> true disjunction: the answer that one part alone settles.</summary>
    internal static RuleAnswer Combine(Rule[] parts, RuleContext context, bool stops)
    {
        var stopped = false;
        DateTimeOffset? changes = null;
        foreach (var part in parts)
        {
            var answer = part.Evaluate(context);
            if (answer.Holds == stops)
            {
                changes = stopped ? Moments.Latest(changes, answer.ChangesAt) : answer.ChangesAt;
                stopped = true;
                if (changes is null)
                {
                    break;
                }
            }
            else if (!stopped)
            {
                changes = Moments.Earliest(changes, answer.ChangesAt);
            }
        }

        return new(stopped == stops, changes);
    }
}

/// <summary>Holds while any of its parts holds; time works as in <see cref="AllRule"/>, turned round.</summary>
internal sealed class AnyRule(IReadOnlyList<Rule> parts) : Rule
{
    private readonly Rule[] _parts = [.. parts];

    public override IReadOnlyList<Rule> Parts => _parts;

    public override RuleAnswer Evaluate(RuleContext context) => AllRule.Combine(_parts, context, stops: true);

    public override void Ask(CalibrationNeeds needs) => Array.ForEach(_parts, part => part.Ask(needs));
}

/// <summary>Holds while its part does not.</summary>
internal sealed class NotRule(Rule part) : Rule
{
    public override IReadOnlyList<Rule> Parts { get; } = [part];

    public override RuleAnswer Evaluate(RuleContext context)
    {
        var answer = part.Evaluate(context);
        return answer with { Holds = !answer.Holds };
    }

    public override void Ask(CalibrationNeeds needs) => part.Ask(needs);
}
