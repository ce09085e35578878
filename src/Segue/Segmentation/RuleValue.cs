using System.Globalization;
using Segue.Files;

namespace Segue.Segmentation;

/// <summary>A field's value as the file says it, parted by form and not yet by type.</summary>
/// <param name="Source">What is written, without a leading <c>not</c>.</param>
/// <param name="Quoted">Whether it is text even where it looks like a number.</param>
internal abstract record RuleValue(string Source, bool Quoted)
{
    private static readonly string[] Operators = [">=", "<=", ">", "<"];

    /// <summary>Reads a value; null after an error.</summary>
    public static RuleValue? Parse(YamlValue node, FileErrors errors)
    {
        if (node.IsList)
        {
            return ParseList(node, errors);
        }

        if (node.IsMap || node.Text is not { } text || text.Trim().Length == 0)
        {
            errors.Add(node, $"Found {node.Found}; a value is a literal, a list of values (any of them), a comparison such as "
                + "'>= 2', a range such as '10..20', or 'not' before one of these.");
            return null;
        }

        return ParseText(text.Trim(), node.IsQuoted, node, errors);
    }

    private static AnyValue? ParseList(YamlValue node, FileErrors errors)
    {
        var items = node.Items.ToList();
        if (items.Count == 0)
        {
            errors.Add(node, "Found an empty list; a list names the values of which any may hold.");
            return null;
        }

        var values = new List<RuleValue>();
        foreach (var item in items)
        {
            if (item.IsList)
            {
                errors.Add(item, "Found a list inside a list; a list holds plain values.");
            }
            else if (Parse(item, errors) is { } value)
            {
                values.Add(value);
            }
        }

        return values.Count == items.Count ? new("a list", values) : null;
    }

    private static RuleValue? ParseText(string text, bool quoted, YamlValue node, FileErrors errors)
    {
        if (text == "not" || text.StartsWith("not ", StringComparison.Ordinal))
        {
            return ParseNot(text[3..].Trim(), quoted, node, errors);
        }

        if (text.StartsWith("top ", StringComparison.Ordinal)
            && (char.IsAsciiDigit(text[4]) || text.Contains('%', StringComparison.Ordinal)))
        {
            return ParseRank(text, node, errors);
        }

        if (text == RankRequest.AboveAverage || text.StartsWith(RankRequest.AboveAverage + " of ", StringComparison.Ordinal))
        {
            return new RankValue(text, 0, text == RankRequest.AboveAverage ? null : text[(RankRequest.AboveAverage.Length + 4)..].Trim()) { Average = true };
        }

        if (Array.Find(Operators, o => text.StartsWith(o, StringComparison.Ordinal)) is { } op)
        {
            return new ComparisonValue(text, op, text[op.Length..].Trim());
        }

        var dots = text.IndexOf("..", StringComparison.Ordinal);
        return dots > 0 && dots + 2 < text.Length
            ? new RangeValue(text, quoted, text[..dots].Trim(), text[(dots + 2)..].Trim())
            : new LiteralValue(text, quoted);
    }

    private static NotValue? ParseNot(string rest, bool quoted, YamlValue node, FileErrors errors)
    {
        if (rest.Length == 0)
        {
            errors.Add(node, "Found 'not' with nothing after it; write what must not hold, such as 'not 2'.");
            return null;
        }

        if (!(rest[0] == '[' && rest[^1] == ']'))
        {
            return ParseText(rest, quoted, node, errors) is { } inner ? new(inner) : null;
        }

        var items = rest[1..^1].Split(',', StringSplitOptions.TrimEntries);
        if (Array.Exists(items, item => item.Length == 0))
        {
            errors.Add(node, $"Found '{rest}' after 'not'; a list names one value or more, parted by commas.");
            return null;
        }

        var values = Array.ConvertAll(items, item => ParseText(item, quoted: false, node, errors));
        return Array.TrueForAll(values, v => v is not null) ? new(new AnyValue(rest, values!)) : null;
    }

    private static RankValue? ParseRank(string text, YamlValue node, FileErrors errors)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words[1].EndsWith('%') && (words.Length == 2 || (words.Length > 3 && words[2] == "of")))
        {
            var number = words[1].AsSpan(0, words[1].Length - 1);
            if (decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent)
                && percent is > 0 and < 100)
            {
                return new(text, percent, words.Length == 2 ? null : string.Join(' ', words[3..]));
            }

            errors.Add(node, $"Found '{text}'; a rank's percentage is over 0 and under 100.");
            return null;
        }

        errors.Add(node, $"Found '{text}'; a rank is written 'top 10%' or 'top 10% of new'.");
        return null;
    }
}

/// <summary>A literal.</summary>
internal sealed record LiteralValue(string Source, bool Quoted) : RuleValue(Source, Quoted);

/// <summary>A comparison; <paramref name="Operator"/> is one of <c>&gt;= &lt;= &gt; &lt;</c>.</summary>
internal sealed record ComparisonValue(string Source, string Operator, string Operand) : RuleValue(Source, false);

/// <summary>A range, both ends in it.</summary>
internal sealed record RangeValue(string Source, bool Quoted, string Low, string High) : RuleValue(Source, Quoted);

/// <summary>A rank; <paramref name="Of"/> is the group as written.</summary>
internal sealed record RankValue(string Source, decimal Percent, string? Of) : RuleValue(Source, false)
{
    /// <summary>Above the mean, whatever the rank.</summary>
    public bool Average { get; init; }
}

/// <summary>Anything but.</summary>
internal sealed record NotValue(RuleValue Inner) : RuleValue("not " + Inner.Source, false);

/// <summary>Any of.</summary>
internal sealed record AnyValue(string Source, IReadOnlyList<RuleValue> Values) : RuleValue(Source, false);
