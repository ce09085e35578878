using Segue.Files;

namespace Segue.Segmentation;

/// <summary>A tag the customer has, or the segment they are in.</summary>
/// <param name="name">See <see cref="Field.Name"/>.</param>
/// <param name="known">The ids it may name; null for any.</param>
/// <param name="prefix">What stands before the id among the answers of <see cref="RuleContext.Tags"/>.</param>
internal sealed class GroupField(string name, Func<RuleScope, IReadOnlyCollection<string>?> known, string prefix = "") : Field(name)
{
    /// <summary>The prefix of mails clicked in: a mail may have a tag's name.</summary>
    public const string Clicked = "clicked:";

    public override Rule? Compile(RuleValue value, YamlValue node, RuleScope scope)
    {
        var groups = new List<string>();
        return Condition<RuleContext>.Compile(value, v => Leaf(v, node, scope, groups)) is { } condition
            ? new GroupRule(condition, [.. groups])
            : null;
    }

    private MemberCondition? Leaf(RuleValue value, YamlValue node, RuleScope scope, List<string> groups)
    {
        var names = known(scope);
        if (value is LiteralValue && names?.Contains(value.Source) != false)
        {
            groups.Add(prefix + value.Source);
            return new(prefix + value.Source);
        }

        scope.Errors.Add(node, scope.LaterTags.Contains(value.Source)
            ? $"Found '{value.Source}'; that tag stands here or below, and a tag may refer only to tags above it."
            : $"Found '{value.Source}'; there is no such {(Name == "clicked" ? "e-mail" : Name)}.{Suggestion.For(value.Source, names ?? [])}");
        return null;
    }

    private sealed class MemberCondition(string id) : Condition<RuleContext>
    {
        public override bool Holds(RuleContext value, Calibration? calibration) =>
            value.Tags.TryGetValue(id, out var answer) && answer.Holds;
    }

    /// <summary>May change with any group that it refers to.</summary>
    private sealed class GroupRule(Condition<RuleContext> condition, string[] groups) : Rule
    {
        public override RuleAnswer Evaluate(RuleContext context)
        {
            DateTimeOffset? changes = null;
            foreach (var group in groups)
            {
                changes = context.Tags.TryGetValue(group, out var answer)
                    ? Moments.Earliest(changes, answer.ChangesAt)
                    : changes;
            }

            return new(condition.Holds(context, context.Calibration), changes);
        }
    }
}
