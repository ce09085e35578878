namespace Segue.Segmentation.Predictions;

/// <summary>What a first order's category says of how long customers stay, of those whose first order is a year or more past.</summary>
/// <param name="Category">The category; null where unknown.</param>
/// <param name="Customers">Customers that it rests on.</param>
/// <param name="Returned">The share who bought on another day, 0 to 1.</param>
/// <param name="Stayed">The share whose last order was half a year or more after the first.</param>
/// <param name="Days">Days from the first order to the last, on average.</param>
/// <param name="Spend">What they spent after the first order in the year after it, on average.</param>
public sealed record CategoryLongevity(string? Category, long Customers, double Returned, double Stayed, double Days, decimal Spend)
{
    private const int Shown = 20;

    /// <summary>The categories of most customers.</summary>
    public static IReadOnlyList<CategoryLongevity> Of(IEnumerable<CategoryCount> counts) =>
        [.. counts.Where(c => c.Customers > 0).OrderByDescending(c => c.Customers).ThenBy(c => c.Category, StringComparer.Ordinal).Take(Shown)
            .Select(c => new CategoryLongevity(
                c.Category.Length == 0 ? null : c.Category, c.Customers, Share(c.Returned, c), Share(c.Stayed, c),
                Math.Round((double)c.Days / c.Customers, 1), decimal.Round(c.Spend / c.Customers, 2)))];

    private static double Share(long part, CategoryCount of) => Math.Round((double)part / of.Customers, 4);
}
