using Segue.Files;

namespace Segue.Journeys.Definitions;

/// <summary>Says in words what one definition of a journey has and another has not. Comments and layout make no difference.</summary>
public static class JourneyDiff
{
    /// <summary>The changes from one text to another, a sentence each, in the order of the file; none where they say the same.</summary>
    /// <param name="before">The text as it was: a definition that could be read.</param>
    /// <param name="after">The text as it is.</param>
    public static IReadOnlyList<string> Of(string before, string after)
    {
        var errors = new FileErrors();
        var changes = new List<string>();
        if (YamlValue.Parse("before", before, errors) is { } a && YamlValue.Parse("after", after, errors) is { } b)
        {
            Compare(a, b, new Place(null, ""), changes);
        }

        return changes;
    }

    private static void Compare(YamlValue before, YamlValue after, Place place, List<string> changes)
    {
        if (before.IsMap && after.IsMap)
        {
            CompareMaps(before, after, place, changes);
        }
        else if (before.IsList && after.IsList && IsSteps(before, after))
        {
            CompareSteps([.. before.Items], [.. after.Items], place, changes);
        }
        else if (Words(before) != Words(after))
        {
            changes.Add($"{place.Subject} was {Words(before)} and is now {Words(after)}.");
        }
    }

    private static void CompareMaps(YamlValue before, YamlValue after, Place place, List<string> changes)
    {
        foreach (var (key, was) in before.Entries)
        {
            if (after[key] is { } now)
            {
                Compare(was, now, place.At(key), changes);
            }
            else
            {
                changes.Add($"{place.At(key).Subject}, which was {Words(was)}, is no more.");
            }
        }

        foreach (var (key, now) in after.Entries.Where(e => before[e.Key] is null))
        {
            changes.Add($"{place.At(key).Subject} is new: {Words(now)}.");
        }
    }

    /// <summary>Steps with an id are compared wherever they stand; the others by the order of those of their kind.</summary>
    private static void CompareSteps(List<YamlValue> before, List<YamlValue> after, Place place, List<string> changes)
    {
        var (were, are) = (Named(before, place), Named(after, place));
        foreach (var (name, step) in were.Where(s => !are.ContainsKey(s.Key)))
        {
            changes.Add($"{name} is no more: {Words(step)}.");
        }

        foreach (var (name, step) in are)
        {
            if (were.TryGetValue(name, out var was))
            {
                Compare(was, step, new Place(name, ""), changes);
            }
            else
            {
                changes.Add($"{name} is new: {Words(step)}.");
            }
        }

        var kept = were.Keys.Where(are.ContainsKey).ToList();
        if (!kept.SequenceEqual(are.Keys.Where(were.ContainsKey)))
        {
            changes.Add($"{place.Subject} come in another order: {string.Join(", ", are.Keys.Where(were.ContainsKey))}.");
        }
    }

    private static Dictionary<string, YamlValue> Named(List<YamlValue> steps, Place place)
    {
        var named = new Dictionary<string, YamlValue>();
        var numbers = new Dictionary<string, int>();
        foreach (var step in steps)
        {
            var kind = step.Entries.Select(e => e.Key).FirstOrDefault(StepVocabulary.ByName.ContainsKey) ?? "step";
            numbers[kind] = numbers.GetValueOrDefault(kind) + 1;
            var within = place.Step is null ? "" : $" within {char.ToLowerInvariant(place.Step[0])}{place.Step[1..]}";
            named[step["id"]?.Text is { } id ? $"Step '{id}'" : $"{Ordinal(numbers[kind])} {kind}{within}"] = step;
        }

        return named;
    }

    private static string Ordinal(int number) => number switch
    {
        1 => "First",
        2 => "Second",
        3 => "Third",
        _ => FormattableString.Invariant($"{number}th"),
    };

    private static bool IsSteps(YamlValue before, YamlValue after) =>
        before.Items.Concat(after.Items).Any() && before.Items.Concat(after.Items).All(i => i.Entries.Any(e => StepVocabulary.ByName.ContainsKey(e.Key)));

    private static string Words(YamlValue value) => value switch
    {
        { IsMap: true } => $"{{ {string.Join(", ", value.Entries.Select(e => $"{e.Key}: {Words(e.Value)}"))} }}",
        { IsList: true } => $"[ {string.Join(", ", value.Items.Select(Words))} ]",
        _ => value.Text ?? "nothing",
    };

    /// <summary>Where a value stands.</summary>
    /// <param name="Step">The step, as sentences begin with it; null outside of steps.</param>
    /// <param name="Path">The keys below it, with spaces.</param>
    private readonly record struct Place(string? Step, string Path)
    {
        public string Subject => Step is null ? $"'{Path}'" : Path.Length == 0 ? Step : $"{Step}: '{Path}'";

        public Place At(string key) => this with { Path = Path.Length == 0 ? key : $"{Path} {key}" };
    }
}
