using System.Globalization;
using Segue.Customers;

namespace Segue.Segmentation.Clusters;

/// <summary>What customers can be alike in.</summary>
/// <param name="Name">As the settings call it.</param>
/// <param name="IsLog">Whether its logarithm is taken: amounts and counts, whose large values would hide all others.</param>
/// <param name="Low">What a group is called in which it is low.</param>
/// <param name="High">What a group is called in which it is high.</param>
/// <param name="Read">The customer's as of a moment, or null for none.</param>
internal sealed record ClusterFeature(string Name, bool IsLog, string Low, string High, Func<CustomerSummary, DateTimeOffset, double?> Read)
{
    private const string AttributePrefix = "attribute.";

    private static readonly ClusterFeature[] All =
    [
        new("silence", true, "bought lately", "long silent", (c, at) => Days(c.Purchases.LastOrderAt, at)),
        new("orders", true, "few orders", "many orders", (c, _) => c.Purchases.Orders),
        new("averageOrder", true, "small orders", "large orders", (c, _) => (double)(c.Purchases.TotalSpend / c.Purchases.Orders)),
        new("itemsPerOrder", true, "few items", "many items", (c, _) => c.Purchases.ItemsBought > 0 ? (double)c.Purchases.ItemsBought / c.Purchases.Orders : null),
        new("longevity", true, "newcomers", "long with us", (c, at) => Days(c.Purchases.FirstOrderAt, at)),
        new("categoryShare", false, "many categories", "one category", (c, _) => (double?)Fields.Favourite(c.Purchases)?.Share),
        new("engagement", false, "little mail read", "much mail read", (c, _) => (double?)c.Mail?.Share()),
    ];

    /// <summary>The names there are, and <c>attribute.NAME</c> for any of the shop's own numbers.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(f => f.Name)];

    /// <summary>The feature of a name; null if there is none.</summary>
    public static ClusterFeature? Find(string name)
    {
        if (!name.StartsWith(AttributePrefix, StringComparison.Ordinal) || name.Length == AttributePrefix.Length)
        {
            return Array.Find(All, f => f.Name == name);
        }

        var attribute = name[AttributePrefix.Length..];
        return new(name, false, $"low {attribute}", $"high {attribute}", (c, _) =>
            c.Attributes?.GetValueOrDefault(attribute) is { } text && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                && double.IsFinite(number) ? number : null);
    }

    /// <summary>The value as distances are taken of it.</summary>
    public double? Prepared(CustomerSummary customer, DateTimeOffset at) =>
        Read(customer, at) is { } value ? IsLog ? Math.Log(1 + Math.Max(0, value)) : value : null;

    /// <summary>Back to what people read.</summary>
    public double Plain(double prepared) => IsLog ? Math.Exp(prepared) - 1 : prepared;

    private static double? Days(DateTimeOffset? since, DateTimeOffset at) => since is { } start ? Moments.Since(start, at).TotalDays : null;
}
