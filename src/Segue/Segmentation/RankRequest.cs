using System.Globalization;
using System.Text.Json.Serialization;

namespace Segue.Segmentation;

/// <summary>A rank that some rule asks for: a calibration answers it with a threshold.</summary>
/// <param name="Field">The field that is ranked.</param>
/// <param name="Percent">Over 0 and under 100.</param>
/// <param name="Of">
/// Among whom: null for all customers with a counted order, <see cref="FirstOrders"/>, or a stage's name.
/// </param>
/// <param name="Average">Above the mean instead of in the top percent, which is then 0.</param>
public sealed record RankRequest(string Field, decimal Percent, string? Of = null, bool Average = false)
{
    /// <summary>Who is in a rank leaves it only so many points below where it begins: top 10 % until they fall out of the top 12 %.</summary>
    public const decimal ExitPoints = 2;

    /// <summary>How a rule asks for more than the mean.</summary>
    public const string AboveAverage = "above average";

    /// <summary>Among the first orders of the twelve months before the calibration.</summary>
    public const string FirstOrders = "first orders";

    /// <summary>Names the values that are ranked; requests that differ by percent alone share it.</summary>
    [JsonIgnore]
    public string Population => Of is null ? Field : $"{Field} of {Of}";

    /// <summary>The name under which a calibration keeps the threshold: <c>spend top 10% of new</c>.</summary>
    [JsonIgnore]
    public string Key => string.Create(
        CultureInfo.InvariantCulture, $"{Field} {(Average ? AboveAverage : $"top {QuantileSketchConverter.Plain(Percent)}%")}{(Of is null ? "" : " of " + Of)}");

    /// <summary>The rank that one in this one must fall out of to leave it; null where it has no such bound.</summary>
    [JsonIgnore]
    public RankRequest? Exit => Average || Percent + ExitPoints >= 100 ? null : this with { Percent = Percent + ExitPoints };

    /// <summary>
    /// The least value that is in the rank: one is in the top p % if fewer than p % of the values are larger, so equal
    /// values are in it together, and the largest always is. Null where there are no values.
    /// </summary>
    public decimal? Threshold(QuantileSketch values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var places = (long)Math.Ceiling(values.Count * Percent / 100);
        return values.Count == 0 ? null : QuantileSketchConverter.Plain(values.AtRank(values.Count - places + 1));
    }
}
