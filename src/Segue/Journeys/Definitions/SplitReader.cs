using System.Globalization;
using Segue.Campaigns;
using Segue.Files;

namespace Segue.Journeys.Definitions;

/// <summary>Reads <c>split</c>: one <c>if</c> with its <c>then</c>, or several of them as <c>branches</c>; <c>else</c> is required.</summary>
internal static class SplitReader
{
    public static IReadOnlyList<string> Keys { get; } = ["if", "then", "branches", "else"];

    public static IReadOnlyList<string> BranchKeys { get; } = ["if", "then"];

    public static JourneyStep? Read(StepSource source, StepReader reader)
    {
        var (split, errors) = (source.Value, reader.Errors);
        if (!split.IsMapOf(errors, Keys))
        {
            return null;
        }

        var branches = split["branches"] is { } list ? ReadBranches(list, source, reader)
            : [ReadBranch(split, $"{source.Path}.then.", source, reader)];
        if (split["branches"] is not null && (split["if"] ?? split["then"]) is { } extra)
        {
            errors.Add(extra, "Found 'branches' beside it; expected either 'if' and 'then' or 'branches'.");
        }

        var other = split.Required("else", "the steps taken when no rule holds (none: [])", errors) is { } block
            ? reader.ReadBlock(block, $"{source.Path}.else.", source.Next) : null;
        return branches.Count == 0 || branches.Contains(null) ? null : new SplitStep(source.Id, [.. branches.OfType<SplitBranch>()], other);
    }

    private static List<SplitBranch?> ReadBranches(YamlValue list, StepSource source, StepReader reader)
    {
        if (!list.IsList || !list.Items.Any())
        {
            reader.Errors.Unexpected(list, "a list of { if: …, then: […] }");
            return [];
        }

        var branches = new List<SplitBranch?>();
        foreach (var item in list.Items)
        {
            var path = $"{source.Path}.{(branches.Count + 1).ToString(CultureInfo.InvariantCulture)}.";
            branches.Add(item.IsMapOf(reader.Errors, BranchKeys) ? ReadBranch(item, path, source, reader) : null);
        }

        return branches;
    }

    private static SplitBranch? ReadBranch(YamlValue branch, string path, StepSource source, StepReader reader)
    {
        var rule = branch.Required("if", "a rule such as { orders: \">= 2\" }", reader.Errors) is { } condition
            ? reader.References.ReadRule(condition, reader.Errors) : null;
        if (branch.Required("then", "the steps taken when the rule holds (none: [])", reader.Errors) is not { } then)
        {
            return null;
        }

        var first = reader.ReadBlock(then, path, source.Next);
        return rule is null ? null : new(rule, first);
    }
}
