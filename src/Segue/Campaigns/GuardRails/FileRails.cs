using Segue.Journeys;
using Segue.Segmentation;

namespace Segue.Campaigns.GuardRails;

/// <summary>Guard rails that the campaign files alone can touch: what <c>validate</c> warns of.</summary>
public static class FileRails
{
    /// <summary>More segments than this are hard to write a campaign for each.</summary>
    public const int MostSegments = 20;

    private static readonly HashSet<string> Purchases =
    [
        "stage", "recency", "frequency", "monetary", "averageOrderScore", "orders", "totalSpend", "averageOrder", "lastOrderAmount", "spend",
        "firstOrderAmount", "firstCategory", "favouriteCategory", "categoryShare", "itemsBought", "channel", "daysSinceFirstOrder", "daysSinceLastOrder",
    ];

    private static readonly HashSet<string> Behaviour = ["events", "mostViewedCategory", "daysSinceClick", "emailEngagement"];

    private static readonly HashSet<string> Predictions = ["probabilityAlive", "predictedValue", "valueTier", "cluster"];

    /// <summary>What the folder touches.</summary>
    public static IReadOnlyList<GuardRail> Of(CampaignSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        return [.. TooMany(set.Evaluator), .. OneKind(set.Evaluator), .. NoJourney(set), .. set.Journeys.Values.OrderBy(j => j.Id, StringComparer.Ordinal).SelectMany(NotMeasured)];
    }

    /// <summary>Which kinds of data a rule asks for: purchases, behaviour, predictions, profile.</summary>
    internal static IEnumerable<string> KindsOf(Rule rule) => rule.Parts.Count > 0
        ? rule.Parts.SelectMany(KindsOf).Distinct(StringComparer.Ordinal)
        : KindOf(rule.Words) is { } kind ? [kind] : [];

    private static string? KindOf(string words)
    {
        var colon = words.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null : words[..colon] switch
        {
            // Another group's rule says what it rests on.
            "tag" or "segment" => null,
            var field when Purchases.Contains(field) => "purchases",
            var field when Behaviour.Contains(field) => "behaviour",
            var field when Predictions.Contains(field) => "predictions",
            _ => "profile",
        };
    }

    private static IEnumerable<GuardRail> TooMany(Evaluator evaluator)
    {
        if (evaluator.Segments.Count > MostSegments)
        {
            yield return new(Rails.TooManySegments, "segments.yaml",
                $"There are {evaluator.Segments.Count} segments. More than {MostSegments} are seldom acted on: join those that get the same campaign, or make them tags.");
        }
    }

    private static IEnumerable<GuardRail> OneKind(Evaluator evaluator)
    {
        var rules = evaluator.Segments.Concat(evaluator.Tags).Where(s => s.When is not null).ToList();
        if (rules.Count > 1 && rules.SelectMany(s => KindsOf(s.When!)).Distinct(StringComparer.Ordinal).ToList() is [var only])
        {
            yield return new(Rails.OneKindOfData, "segments.yaml",
                $"Every rule rests on {only} alone. Customers who look alike there may differ in all else: add rules on another kind of data.");
        }
    }

    /// <summary>Of a folder without any journey it says nothing: there the segments come first. The last segment takes the rest.</summary>
    private static IEnumerable<GuardRail> NoJourney(CampaignSet set)
    {
        var entered = set.Journeys.Values.Select(j => j.Enter.Group).ToHashSet(StringComparer.Ordinal);
        var left = set.Evaluator.Segments.SkipLast(1).Where(s => !entered.Contains(s.Id)).ToList();
        if (entered.Count > 0 && left.Count > 0)
        {
            yield return new(Rails.NoJourney, "segments.yaml",
                $"No journey begins with {string.Join(", ", left.Select(s => $"'{s.Name}'"))}: customers there hear nothing made for them.");
        }
    }

    private static IEnumerable<GuardRail> NotMeasured(Journey journey)
    {
        if (journey.Holdout == 0 && journey.Steps.Values.OfType<SendStep>().Any(s => !s.Transactional))
        {
            yield return new(Rails.NotMeasured, journey.Id,
                $"The journey '{journey.Name}' has no holdout: what it brings can't be measured. Add 'holdout: 10%'.");
        }
    }
}
