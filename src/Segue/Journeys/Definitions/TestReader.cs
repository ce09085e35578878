using Segue.Campaigns;
using Segue.Files;

namespace Segue.Journeys.Definitions;

/// <summary>Reads <c>test</c>; the steps of each variant stand beside it, under the variant's name.</summary>
internal static class TestReader
{
    public static IReadOnlyList<string> Keys { get; } = ["name", "variants", "metric", "winner"];

    public static IReadOnlyDictionary<string, TestMetric> Metrics { get; } = new Dictionary<string, TestMetric>
    {
        ["conversion"] = TestMetric.Conversion,
        ["revenue"] = TestMetric.Revenue,
        ["clicks"] = TestMetric.Clicks,
    };

    /// <summary>What a winner may be chosen by.</summary>
    public static IReadOnlyDictionary<string, TestMetric> Winners { get; } = new Dictionary<string, TestMetric>
    {
        ["conversion"] = TestMetric.Conversion,
        ["revenue"] = TestMetric.Revenue,
    };

    /// <summary>The keys beside it: the names of the variants that it has.</summary>
    public static IReadOnlyList<string> Siblings(YamlValue value) =>
        [.. value["variants"]?.Entries.Select(e => e.Key).Where(k => YamlFields.IsId(k) && !StepVocabulary.ByName.ContainsKey(k)) ?? []];

    public static JourneyStep? Read(StepSource source, StepReader reader)
    {
        var (test, errors) = (source.Value, reader.Errors);
        if (!test.IsMapOf(errors, Keys))
        {
            return null;
        }

        var before = errors.Errors.Count;
        var name = test.Required("name", "the test's name, such as bundle-or-discount", errors)?.ReadId(errors);
        var winner = test["winner"]?.ReadChoice(Winners, errors);
        var metric = test["metric"]?.ReadChoice(Metrics, errors) ?? winner ?? TestMetric.Conversion;
        var variants = test.Required("variants", "the variants with their weights, such as { a: 50, b: 50 }", errors) is { } map
            ? ReadVariants(map, source, reader) : [];
        return errors.Errors.Count > before || variants.Contains(null) ? null
            : new TestStep(source.Id, name!, [.. variants.OfType<TestVariant>()], metric) { Winner = winner };
    }

    private static List<TestVariant?> ReadVariants(YamlValue map, StepSource source, StepReader reader)
    {
        var errors = reader.Errors;
        if (!map.IsMap || map.Entries.Count() < 2)
        {
            errors.Unexpected(map, "two variants or more with their weights, such as { a: 50, b: 50 }");
            return [null];
        }

        var variants = map.Entries.Select(e => ReadVariant(e.Key, e.Value, source, reader)).ToList();
        if (!variants.Contains(null) && variants.Sum(v => v!.Weight) <= 0)
        {
            errors.Add(map, "Found weights of 0 only; expected one over 0.");
        }

        return variants;
    }

    private static TestVariant? ReadVariant(string name, YamlValue value, StepSource source, StepReader reader)
    {
        var errors = reader.Errors;
        var weight = value.ReadNumber(errors, "a weight from 0 to 1000", w => w is >= 0 and <= 1000, percentSign: true);
        if (!YamlFields.IsId(name) || StepVocabulary.ByName.ContainsKey(name))
        {
            errors.Add(value, $"Found '{name}'; expected a variant's name: an id that is not the name of a step.");
            return null;
        }

        if (source.Step[name] is not { } steps)
        {
            errors.Missing(source.Step, name, "the steps of that variant (none: [])");
            return null;
        }

        var first = reader.ReadBlock(steps, $"{source.Path}.{name}.", source.Next);
        return weight is null ? null : new(name, weight.Value, first);
    }
}
