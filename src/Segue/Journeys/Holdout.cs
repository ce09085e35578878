using System.Globalization;
using Segue.Storage;

namespace Segue.Journeys;

/// <summary>Who is left alone, so that there is somebody to measure against.</summary>
public static class Holdout
{
    /// <summary>Whether a journey leaves the customer alone: drawn once for customer and journey, for ever the same.</summary>
    /// <param name="drawId">The customer's.</param>
    /// <param name="journey">The journey.</param>
    /// <param name="share">0 to 1.</param>
    public static bool IsOf(string drawId, string journey, double share) =>
        share > 0 && Draw.Of("holdout", journey, drawId) < share;

    /// <summary>Whether the customer gets no marketing at all: drawn anew every half-year (UTC).</summary>
    public static bool IsGlobal(string drawId, double share, DateTimeOffset at)
    {
        var half = string.Create(CultureInfo.InvariantCulture, $"{at.UtcDateTime.Year}-{(at.UtcDateTime.Month - 1) / 6}");
        return share > 0 && Draw.Of("global-holdout", half, drawId) < share;
    }
}
