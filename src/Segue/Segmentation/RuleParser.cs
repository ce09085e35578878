using Segue.Files;

namespace Segue.Segmentation;

/// <summary>
/// Compiles a rule of a campaign file: a map of fields that all must hold, or <c>all</c>, <c>any</c>, <c>not</c> of rules.
/// </summary>
public static class RuleParser
{
    /// <summary>Rules nest no deeper than this.</summary>
    public const int MaxDepth = 32;

    private static readonly string[] Combinators = ["all", "any", "not"];

    /// <summary>A rule of a journey, which may ask besides for segments and for the run's mails that were clicked in.</summary>
    /// <param name="node">The rule in its file.</param>
    /// <param name="knownTags">Tags that it may refer to.</param>
    /// <param name="knownSegments">Segments that it may refer to.</param>
    /// <param name="knownEmails">E-mails that it may refer to; null for any.</param>
    /// <param name="errors">Where errors go.</param>
    internal static Rule? ParseInJourney(
        YamlValue node,
        IReadOnlyCollection<string> knownTags,
        IReadOnlyCollection<string> knownSegments,
        IReadOnlyCollection<string>? knownEmails,
        FileErrors errors) =>
        Parse(node, new(knownTags, [], knownSegments, errors, true, knownEmails), 1);

    /// <summary>The rule, or null after adding what is wrong with it.</summary>
    /// <param name="node">The rule in its file.</param>
    /// <param name="knownTags">Tags that it may refer to.</param>
    /// <param name="errors">Where errors go.</param>
    /// <param name="knownSegments">Segments that it may refer to; null where a rule may not, as in the segments file.</param>
    public static Rule? Parse(
        YamlValue node,
        IReadOnlyCollection<string> knownTags,
        FileErrors errors,
        IReadOnlyCollection<string>? knownSegments = null)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(knownTags);
        ArgumentNullException.ThrowIfNull(errors);
        return Parse(node, new(knownTags, [], knownSegments, errors), 1);
    }

    internal static Rule? Parse(YamlValue node, RuleScope scope, int depth = 1)
    {
        if (depth > MaxDepth)
        {
            scope.Errors.Add(node, $"Rules nest deeper than {MaxDepth} levels; write it flatter, or with tags.");
            return null;
        }

        if (!node.IsMap)
        {
            scope.Errors.Add(node, $"Found {node.Found}; a rule is a mapping of fields, such as '{{ orders: \">= 2\" }}', or of "
                + "'all', 'any' and 'not'.");
            return null;
        }

        var entries = node.Entries.ToList();
        if (entries.Count == 0)
        {
            scope.Errors.Add(node, "Found a rule without fields; name at least one, such as 'orders: \">= 1\"'.");
            return null;
        }

        var parts = entries.Select(e => Named(ParsePart(e.Key, e.Value, scope, depth), e.Key, e.Value)).ToArray();
        return Whole(parts) is not { } whole ? null : whole.Length == 1 ? whole[0] : new AllRule(whole) { Words = RuleWords.Of(node) };
    }

    private static Rule? Named(Rule? rule, string key, YamlValue value)
    {
        if (rule is not null)
        {
            rule.Words = RuleWords.Of(key, value);
        }

        return rule;
    }

    private static Rule? ParsePart(string key, YamlValue value, RuleScope scope, int depth)
    {
        switch (key)
        {
            case "all":
                return ParseList(key, value, scope, depth) is { } all ? new AllRule(all) : null;
            case "any":
                return ParseList(key, value, scope, depth) is { } any ? new AnyRule(any) : null;
            case "not":
                return Parse(value, scope, depth + 1) is { } inner ? new NotRule(inner) : null;
        }

        if (Fields.Find(key, scope) is not { } field)
        {
            scope.Errors.Add(value, $"Unknown field '{key}'.{Suggestion.For(key, Fields.Names(scope).Concat(Combinators))}");
            return null;
        }

        if (field is EventsField)
        {
            return EventsField.Compile(value, scope.Errors);
        }

        return RuleValue.Parse(value, scope.Errors) is { } parsed ? field.Compile(parsed, value, scope) : null;
    }

    private static Rule[]? ParseList(string key, YamlValue node, RuleScope scope, int depth)
    {
        var items = node.Items.ToList();
        if (items.Count == 0)
        {
            scope.Errors.Add(node, $"Found {(node.IsList ? "an empty list" : node.Found)}; '{key}' takes a list of rules.");
            return null;
        }

        return Whole([.. items.Select(item => Parse(item, scope, depth + 1))]);
    }

    /// <summary>The rules, or null if one of them is missing after an error.</summary>
    private static Rule[]? Whole(Rule?[] rules)
    {
        var whole = rules.OfType<Rule>().ToArray();
        return whole.Length == rules.Length ? whole : null;
    }
}
