using System.Globalization;
using Segue.Campaigns;
using Segue.Files;

namespace Segue.Journeys.Definitions;

/// <summary>Reads <c>wait.condition</c>: what it waits for, each with its steps, and the time-out with its own.</summary>
internal static class ConditionReader
{
    public static IReadOnlyList<string> Keys { get; } = ["branches", "timeout", "else"];

    public static IReadOnlyList<string> BranchKeys { get; } = ["if", "event", "where", "then"];

    public static JourneyStep? Read(YamlValue value, StepSource source, StepReader reader)
    {
        var errors = reader.Errors;
        if (!value.IsMapOf(errors, Keys))
        {
            return null;
        }

        var list = value.Required("branches", "a list of { if: …, then: […] } and { event: …, then: […] }", errors);
        if (list is not null && (!list.IsList || !list.Items.Any()))
        {
            errors.Unexpected(list, "a list of { if: …, then: […] } and { event: …, then: […] }");
            list = null;
        }

        var branches = list?.Items.Select((item, i) =>
            ReadBranch(item, string.Create(CultureInfo.InvariantCulture, $"{source.Path}.{i + 1}."), source, reader)).ToList();
        var timeout = value.Required("timeout", DurationText.Expected, errors)?.ReadDuration(errors);
        var other = value.Required("else", "the steps taken at the time-out (none: [])", errors) is { } block
            ? reader.ReadBlock(block, $"{source.Path}.else.", source.Next) : null;
        return branches is null || branches.Contains(null) || timeout is null ? null
            : new ConditionStep(source.Id, [.. branches.OfType<ConditionBranch>()], timeout.Value, other);
    }

    private static ConditionBranch? ReadBranch(YamlValue item, string path, StepSource source, StepReader reader)
    {
        var errors = reader.Errors;
        if (!item.IsMapOf(errors, BranchKeys))
        {
            return null;
        }

        var before = errors.Errors.Count;
        if (item["if"] is null == item["event"] is null)
        {
            errors.Add(item, "Expected exactly one of 'if' and 'event', such as { event: order, then: [] }.");
        }
        else if (item["event"] is null && item["where"] is { } stray)
        {
            errors.Add(stray, "Found 'where' without 'event'; a rule says by itself what it asks for.");
        }

        var rule = item["if"] is { } condition ? reader.References.ReadRule(condition, errors) : null;
        var fact = item["event"] is { } name ? EventMatchReader.Read(name, item["where"], errors) : null;
        var first = item.Required("then", "the steps taken when it comes true (none: [])", errors) is { } then
            ? reader.ReadBlock(then, path, source.Next) : null;
        return errors.Errors.Count > before || (rule is null && fact is null) ? null : new(rule, fact, first);
    }
}
