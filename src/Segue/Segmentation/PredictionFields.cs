using Segue.Customers;
using Segue.Files;
using Segue.Segmentation.Clusters;
using Segue.Segmentation.Predictions;

namespace Segue.Segmentation;

/// <summary>A number that the last calibration's models predict; none before there are any. Orders change it, time alone does not.</summary>
/// <param name="name">See <see cref="Field.Name"/>.</param>
/// <param name="predict">The prediction.</param>
/// <param name="numbers">What the field takes.</param>
/// <param name="isRanked">Whether it takes ranks, too.</param>
internal sealed class PredictionField(string name, Func<ValueModel, BuyerFacts, decimal?> predict, Numbers numbers, bool isRanked) : Field(name)
{
    /// <summary>The name of the predicted value.</summary>
    public const string Value = "predictedValue";

    /// <summary>The customer's number.</summary>
    public decimal? Read(CustomerSummary customer, Calibration? calibration) =>
        calibration?.Predictions is { } model && BuyerFacts.Of(customer.Purchases) is { } buyer ? predict(model, buyer) : null;

    public override Rule? Compile(RuleValue value, YamlValue node, RuleScope scope) =>
        Condition<decimal?>.Compile(value, v => isRanked
            ? NumberField.Leaf(v, Name, numbers, false, node, scope.Errors) : numbers.Compile(v, Name, node, scope.Errors)) is { } condition
            ? new CalibratedRule<decimal?>(Read, condition) : null;
}

/// <summary>The value tier, 1 (most valuable) to 4; it changes with age and silence, and none has one before a calibration could tell.</summary>
internal sealed class TierField(string name) : Field(name)
{
    public override Rule? Compile(RuleValue value, YamlValue node, RuleScope scope) =>
        Condition<decimal?>.Compile(value, v => Numbers.Tier.Compile(v, Name, node, scope.Errors)) is { } condition ? new TierRule(condition) : null;

    private sealed class TierRule(Condition<decimal?> condition) : Rule
    {
        public override RuleAnswer Evaluate(RuleContext context)
        {
            var (tier, changesAt) = context.Calibration?.Tiers?.At(context.Customer.Purchases, context.Now) ?? (null, null);
            return new(condition.Holds(tier, context.Calibration), changesAt);
        }
    }
}

/// <summary>The id of the cluster that the last calibration put the customer in, which they keep until the next.</summary>
internal sealed class ClusterField(string name) : Field(name)
{
    public override Rule? Compile(RuleValue value, YamlValue node, RuleScope scope) =>
        Condition<string?>.Compile(value, v => Leaf(v, node, scope.Errors)) is { } condition
            ? new CalibratedRule<string?>(ClusterModel.Of, condition) : null;

    private TextCondition? Leaf(RuleValue value, YamlValue node, FileErrors errors)
    {
        if (value is LiteralValue)
        {
            return new(value.Source);
        }

        errors.Add(node, $"Found '{value.Source}'; '{Name}' takes a cluster's id such as 2, a list of ids, or 'not' before one of these.");
        return null;
    }
}

/// <summary>A rule on what facts and calibration say together, whose answer time alone never changes.</summary>
internal sealed class CalibratedRule<T>(Func<CustomerSummary, Calibration?, T> read, Condition<T> condition) : Rule
{
    public override RuleAnswer Evaluate(RuleContext context) =>
        new(condition.Holds(read(context.Customer, context.Calibration), context.Calibration, context.Customer.Held?.Ranks), null);

    public override void Ask(CalibrationNeeds needs) => condition.Ask(needs);
}
