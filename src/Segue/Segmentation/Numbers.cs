using System.Globalization;
using Segue.Files;

namespace Segue.Segmentation;

/// <summary>What numbers a field takes, and how an error describes them.</summary>
/// <param name="Whole">Whether only whole ones.</param>
/// <param name="Least">The least, or null.</param>
/// <param name="Most">The largest, or null.</param>
/// <param name="IsShare">Whether <c>60%</c> may stand for 0.6.</param>
/// <param name="Description">Completes "takes …".</param>
internal sealed record Numbers(bool Whole, decimal? Least, decimal? Most, bool IsShare, string Description)
{
    public static Numbers Money { get; } = new(false, null, null, false, "an amount such as 49.90");

    public static Numbers Count { get; } = new(true, 0, null, false, "a whole number from 0 up");

    public static Numbers Days { get; } = new(true, 0, null, false, "a whole number of days from 0 up");

    public static Numbers Score { get; } = new(true, 1, 5, false, "a score from 1 to 5");

    public static Numbers Tier { get; } = new(true, 1, 4, false, "a tier from 1 (most valuable) to 4");

    public static Numbers Share { get; } = new(false, 0, 1, true, "a share from 0 to 1, or from 0% to 100%");

    public static Numbers Any { get; } = new(false, null, null, false, "a number");

    /// <summary>A number in invariant notation, without thousands' separators.</summary>
    public static bool TryParse(string? text, out decimal number) => decimal.TryParse(
        text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);

    /// <summary>Compiles a literal, comparison or range; null after an error.</summary>
    public Condition<decimal?>? Compile(RuleValue value, string field, YamlValue node, FileErrors errors)
    {
        switch (value)
        {
            case LiteralValue literal when Read(literal.Source, out var number):
                return new NumberCondition(number, true, number, true);
            case ComparisonValue { Operator: ">=" or ">" } from when Read(from.Operand, out var low):
                return new NumberCondition(low, from.Operator == ">=", null, false);
            case ComparisonValue until when Read(until.Operand, out var high):
                return new NumberCondition(null, false, high, until.Operator == "<=");
            case RangeValue range when Read(range.Low, out var low) && Read(range.High, out var high):
                if (low <= high)
                {
                    return new NumberCondition(low, true, high, true);
                }

                errors.Add(node, $"Found '{range.Source}'; a range goes from the smaller to the larger: '{range.High}..{range.Low}'.");
                return null;
            case RankValue rank:
                errors.Add(node, $"Found '{rank.Source}'; '{field}' has no ranks. It takes {Description}, a comparison or a range.");
                return null;
            default:
                errors.Add(node, $"Found '{value.Source}'; '{field}' takes {Description}, a comparison such as '>= 2', "
                    + "a range such as '1..3', a list, or 'not' before one of these.");
                return null;
        }
    }

    private bool Read(string text, out decimal number)
    {
        var percent = IsShare && text.EndsWith('%');
        if (!TryParse(percent ? text[..^1].TrimEnd() : text, out number))
        {
            return false;
        }

        number = percent ? number / 100 : number;
        return !(Whole && number != decimal.Truncate(number)) && !(number < Least) && !(number > Most);
    }
}
