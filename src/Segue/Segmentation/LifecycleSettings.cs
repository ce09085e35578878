namespace Segue.Segmentation;

/// <summary>The bounds between lifecycle stages. <see cref="NewFor"/> &lt;= at-risk bound &lt; <see cref="ChurnedAfter"/>.</summary>
public sealed record LifecycleSettings
{
    /// <summary>N: how long after the first order a customer is new, and the active period.</summary>
    public TimeSpan NewFor { get; set; } = TimeSpan.FromDays(30);

    /// <summary>C: the silence from which a customer counts as churned.</summary>
    public TimeSpan ChurnedAfter { get; set; } = TimeSpan.FromDays(60);

    /// <summary>How long a customer whose order ended such a silence is won back.</summary>
    public TimeSpan WonBackFor { get; set; } = TimeSpan.FromDays(30);

    /// <summary>A: the at-risk bound until a calibration has learned one.</summary>
    public TimeSpan AtRiskAfter { get; set; } = TimeSpan.FromDays(45);

    /// <summary>
    /// A customer with three or more orders is churned only after this many times their own usual gap, where that is
    /// longer than <see cref="ChurnedAfter"/>. 0 switches own bounds off.
    /// </summary>
    public double OwnGaps { get; set; } = 2;
}

/// <summary>How RFM scores are made.</summary>
/// <param name="MonetaryIsAverage">Monetary is the average order instead of the total spend.</param>
public sealed record RfmSettings(bool MonetaryIsAverage = false);
