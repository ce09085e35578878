using Segue.Customers;
using Segue.Files;

namespace Segue.Segmentation;

/// <summary>Something about a customer that rules may ask for, by its name in campaign files.</summary>
internal abstract class Field(string name)
{
    /// <summary>The name in campaign files.</summary>
    public string Name { get; } = name;

    /// <summary>Compiles a value of this field; null after an error.</summary>
    public abstract Rule? Compile(RuleValue value, YamlValue node, RuleScope scope);
}

/// <summary>What a rule is compiled in: who it may refer to, and where errors go.</summary>
/// <param name="Tags">Tags it may refer to.</param>
/// <param name="LaterTags">Tags that stand below, to which it may not.</param>
/// <param name="Segments">Segments it may refer to, or null where it may to none.</param>
/// <param name="Errors">Where errors go.</param>
/// <param name="InJourney">Whether it is a journey's, which may ask for mails clicked in.</param>
/// <param name="Emails">The mails it may name; null for any.</param>
internal sealed record RuleScope(
    IReadOnlyCollection<string> Tags,
    IReadOnlyCollection<string> LaterTags,
    IReadOnlyCollection<string>? Segments,
    FileErrors Errors,
    bool InJourney = false,
    IReadOnlyCollection<string>? Emails = null);

/// <summary>A rule whose answer time alone never changes.</summary>
internal sealed class TimelessRule<T>(Func<CustomerSummary, T> read, Condition<T> condition) : Rule
{
    public override RuleAnswer Evaluate(RuleContext context) =>
        new(condition.Holds(read(context.Customer), context.Calibration, context.Customer.Held?.Ranks), null);

    public override void Ask(CalibrationNeeds needs) => condition.Ask(needs);
}

/// <summary>A number; ranks compare it with other customers'.</summary>
/// <param name="name">See <see cref="Field.Name"/>.</param>
/// <param name="read">The customer's, or null for none.</param>
/// <param name="numbers">What the field takes, or null where it takes ranks only.</param>
internal sealed class NumberField(string name, Func<CustomerSummary, decimal?> read, Numbers? numbers) : Field(name)
{
    /// <summary>The customer's number, or null for none.</summary>
    public Func<CustomerSummary, decimal?> Read => read;

    /// <summary>Whether its ranks may be among first orders.</summary>
    public bool OfFirstOrder { get; init; }

    public override Rule? Compile(RuleValue value, YamlValue node, RuleScope scope) =>
        Condition<decimal?>.Compile(value, v => Leaf(v, Name, numbers, OfFirstOrder, node, scope.Errors)) is { } condition
            ? new TimelessRule<decimal?>(read, condition)
            : null;

    /// <summary>A condition on a number that has ranks; null after an error.</summary>
    internal static Condition<decimal?>? Leaf(RuleValue value, string name, Numbers? numbers, bool ofFirstOrder, YamlValue node, FileErrors errors)
    {
        if (value is not RankValue rank)
        {
            if (numbers is not null)
            {
                return numbers.Compile(value, name, node, errors);
            }

            errors.Add(node, $"Found '{value.Source}'; '{name}' takes a rank such as 'top 10%'. For an amount use 'totalSpend'.");
            return null;
        }

        // Ranks are among customers with a counted order, so prospects are no group.
        string[] groups = [.. Stages.Names.Skip(1), .. ofFirstOrder ? [RankRequest.FirstOrders] : Array.Empty<string>()];
        if (rank.Of is null || groups.Contains(rank.Of))
        {
            return new RankCondition(new(name, rank.Percent, rank.Of, rank.Average));
        }

        errors.Add(node, $"Found '{rank.Source}'; '{rank.Of}' is no group that '{name}' is ranked in."
            + Suggestion.For(rank.Of, groups));
        return null;
    }
}

/// <summary>A text, compared whatever its case.</summary>
internal sealed class TextField(string name, Func<CustomerSummary, string?> read) : Field(name)
{
    public override Rule? Compile(RuleValue value, YamlValue node, RuleScope scope) =>
        Condition<string?>.Compile(value, v => Leaf(v, node, scope.Errors)) is { } condition
            ? new TimelessRule<string?>(read, condition)
            : null;

    private TextCondition? Leaf(RuleValue value, YamlValue node, FileErrors errors)
    {
        if (value is LiteralValue or RangeValue)
        {
            return new(value.Source);
        }

        errors.Add(node, $"Found '{value.Source}'; '{Name}' takes a text, a list of texts, or 'not' before one of these.");
        return null;
    }
}

/// <summary>One of the shop's own facts: a text, or a number where the rule compares it with one.</summary>
internal sealed class AttributeField(string name, string attribute) : Field(name)
{
    public override Rule? Compile(RuleValue value, YamlValue node, RuleScope scope) =>
        Condition<string?>.Compile(value, v => Leaf(v, Name, node, scope.Errors)) is { } condition
            ? new TimelessRule<string?>(c => c.Attributes?.GetValueOrDefault(attribute), condition)
            : null;

    /// <summary>A condition on a text that may be a number; null after an error.</summary>
    internal static Condition<string?>? Leaf(RuleValue value, string name, YamlValue node, FileErrors errors) =>
        value is LiteralValue { Quoted: true } || (value is LiteralValue text && !Numbers.TryParse(text.Source, out _))
            ? new TextCondition(value.Source)
            : Numbers.Any.Compile(value, name, node, errors) is { } number ? new NumberInTextCondition(number) : null;
}

/// <summary>Yes or no.</summary>
internal sealed class FlagField(string name, Func<CustomerSummary, bool> read) : Field(name)
{
    public override Rule? Compile(RuleValue value, YamlValue node, RuleScope scope) =>
        Condition<bool>.Compile(value, v => Leaf(v, node, scope.Errors)) is { } condition
            ? new TimelessRule<bool>(read, condition)
            : null;

    private FlagCondition? Leaf(RuleValue value, YamlValue node, FileErrors errors)
    {
        if (value is LiteralValue { Source: "true" or "false" })
        {
            return new(value.Source == "true");
        }

        errors.Add(node, $"Found '{value.Source}'; '{Name}' is 'true' or 'false'.");
        return null;
    }

    private sealed class FlagCondition(bool wanted) : Condition<bool>
    {
        public override bool Holds(bool value, Calibration? calibration) => value == wanted;
    }
}
