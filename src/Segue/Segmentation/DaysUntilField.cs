using Segue.Customers;
using Segue.Files;

namespace Segue.Segmentation;

/// <summary>
/// Days left until a moment, of 24 hours each, begun ones counted whole: 14 from exactly 14 days before it; 0 at the moment
/// itself, and none once it is past.
/// </summary>
internal sealed class DaysUntilField(string name, Func<CustomerSummary, DateTimeOffset?> until) : Field(name)
{
    public override Rule? Compile(RuleValue value, YamlValue node, RuleScope scope) =>
        Condition<decimal?>.Compile(value, v => Numbers.Days.Compile(v, Name, node, scope.Errors)) is { } condition
            ? new DaysUntilRule(until, condition) : null;

    private sealed class DaysUntilRule : Rule
    {
        private readonly Func<CustomerSummary, DateTimeOffset?> _until;
        private readonly Condition<decimal?> _condition;
        private readonly int[] _days;

        public DaysUntilRule(Func<CustomerSummary, DateTimeOffset?> until, Condition<decimal?> condition)
        {
            (_until, _condition) = (until, condition);
            var bounds = new SortedSet<decimal>();
            condition.AddBounds(bounds);

            // The answer for n days may differ from that for n - 1: so it may change when n - 1 are left.
            _days = [.. bounds.Where(b => b >= 1 && b <= 100_000).Select(b => (int)b - 1).Append(0).Distinct().OrderDescending()];
        }

        public override RuleAnswer Evaluate(RuleContext context)
        {
            if (_until(context.Customer) is not { } end || context.Now > end)
            {
                return new(_condition.Holds(null, context.Calibration), null);
            }

            var left = end - context.Now;
            var holds = _condition.Holds((decimal)Math.Ceiling(left / TimeSpan.FromDays(1)), context.Calibration);
            foreach (var days in _days)
            {
                var at = end - TimeSpan.FromDays(days);
                if (at > context.Now && _condition.Holds(days, context.Calibration) != holds)
                {
                    return new(holds, at);
                }
            }

            return new(holds, _condition.Holds(null, context.Calibration) != holds ? end.AddTicks(1) : null);
        }
    }
}
