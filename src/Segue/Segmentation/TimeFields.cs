using Segue.Customers;
using Segue.Files;

namespace Segue.Segmentation;

/// <summary>Names of the stages in files.</summary>
internal static class Stages
{
    /// <summary>In the order of <see cref="Stage"/>.</summary>
    public static IReadOnlyList<string> Names { get; } = ["prospect", "churned", "won back", "new", "at risk", "active"];

    /// <summary>The stage of a name, or null.</summary>
    public static Stage? Find(string name)
    {
        for (var i = 0; i < Names.Count; i++)
        {
            if (Names[i] == name)
            {
                return (Stage)i;
            }
        }

        return null;
    }
}

/// <summary>The lifecycle stage.</summary>
internal sealed class StageField() : Field("stage")
{
    public override Rule? Compile(RuleValue value, YamlValue node, RuleScope scope) =>
        Condition<Stage>.Compile(value, v => Leaf(v, node, scope.Errors)) is { } condition ? new StageRule(condition) : null;

    private static StageCondition? Leaf(RuleValue value, YamlValue node, FileErrors errors)
    {
        if (value is LiteralValue && Stages.Find(value.Source) is { } stage)
        {
            return new(stage);
        }

        errors.Add(node, $"Found '{value.Source}'; that is no lifecycle stage.{Suggestion.For(value.Source, Stages.Names)}");
        return null;
    }

    private sealed class StageCondition(Stage wanted) : Condition<Stage>
    {
        public override bool Holds(Stage value, Calibration? calibration) => value == wanted;
    }

    /// <summary>May change with the stage; the next one may turn out to give the same answer.</summary>
    private sealed class StageRule(Condition<Stage> condition) : Rule
    {
        public override RuleAnswer Evaluate(RuleContext context) =>
            new(condition.Holds(context.Stage, context.Calibration), context.StageChangesAt);
    }
}

/// <summary>Whole days of 24 hours elapsed since a moment; 0 while it lies ahead.</summary>
internal sealed class DaysField(string name, Func<CustomerSummary, DateTimeOffset?> since) : Field(name)
{
    public override Rule? Compile(RuleValue value, YamlValue node, RuleScope scope) =>
        Condition<decimal?>.Compile(value, v => Numbers.Days.Compile(v, Name, node, scope.Errors)) is { } condition
            ? new DaysRule(since, condition)
            : null;

    /// <summary>Knows the days on which its answer changes, so each answer is one search away from its end.</summary>
    private sealed class DaysRule : Rule
    {
        private readonly Func<CustomerSummary, DateTimeOffset?> _since;
        private readonly bool _without;
        private readonly bool _onDay0;
        private readonly TimeSpan[] _turns;

        public DaysRule(Func<CustomerSummary, DateTimeOffset?> since, Condition<decimal?> condition)
        {
            _since = since;
            _without = condition.Holds(null, null);
            _onDay0 = condition.Holds(0, null);
            var bounds = new SortedSet<decimal>();
            condition.AddBounds(bounds);
            var holds = _onDay0;
            var turns = new List<TimeSpan>();
            foreach (var day in bounds.Where(d => d > 0 && d <= TimeSpan.MaxValue.Days))
            {
                if (condition.Holds(day, null) != holds)
                {
                    holds = !holds;
                    turns.Add(TimeSpan.FromDays((int)day));
                }
            }

            _turns = [.. turns];
        }

        public override RuleAnswer Evaluate(RuleContext context)
        {
            if (_since(context.Customer) is not { } start)
            {
                return new(_without, null);
            }

            var elapsed = Moments.Since(start, context.Now);
            var holds = _onDay0;
            foreach (var turn in _turns)
            {
                if (turn > elapsed)
                {
                    return new(holds, Moments.After(start, turn));
                }

                holds = !holds;
            }

            return new(holds, null);
        }
    }
}

/// <summary>A score from 1 to 5 by the last calibration; recency falls with time.</summary>
internal sealed class ScoreField(ScoreKind kind) : Field(Scoring.Field(kind))
{
    public override Rule? Compile(RuleValue value, YamlValue node, RuleScope scope) =>
        Condition<decimal?>.Compile(value, v => Numbers.Score.Compile(v, Name, node, scope.Errors)) is { } condition
            ? new ScoreRule(kind, condition)
            : null;

    private sealed class ScoreRule : Rule
    {
        private readonly ScoreKind _kind;
        private readonly bool _without;
        private readonly int _mask;

        public ScoreRule(ScoreKind kind, Condition<decimal?> condition)
        {
            _kind = kind;
            _without = condition.Holds(null, null);
            for (var score = 1; score <= 5; score++)
            {
                _mask |= condition.Holds(score, null) ? 1 << score : 0;
            }
        }

        public override RuleAnswer Evaluate(RuleContext context)
        {
            var purchases = context.Customer.Purchases;
            if (Scoring.Of(_kind, purchases, context.Calibration, context.Now) is not { } score)
            {
                return new(_without, null);
            }

            return new(
                ((_mask >> score) & 1) == 1,
                _kind == ScoreKind.Recency
                    ? Scoring.RecencyChange(purchases, context.Calibration, context.Now, _mask)
                    : null);
        }

        public override void Ask(CalibrationNeeds needs) => needs.AddScore(Scoring.Field(_kind));
    }
}
