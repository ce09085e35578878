namespace Segue.Http.Reports;

/// <summary>Who gets an order's revenue where several mails preceded it.</summary>
public enum AttributionRule
{
    /// <summary>The last mail before it.</summary>
    LastTouch,

    /// <summary>The first within its window.</summary>
    FirstTouch,

    /// <summary>Each the same part.</summary>
    EvenSplit,
}

/// <summary>The rules as people write them.</summary>
public static class AttributionRules
{
    /// <summary>By name.</summary>
    public static IReadOnlyDictionary<string, AttributionRule> ByName { get; } = new Dictionary<string, AttributionRule>
    {
        ["last-touch"] = AttributionRule.LastTouch,
        ["first-touch"] = AttributionRule.FirstTouch,
        ["even-split"] = AttributionRule.EvenSplit,
    };

    /// <summary>A rule's name.</summary>
    public static string NameOf(AttributionRule rule) => ByName.First(r => r.Value == rule).Key;
}
