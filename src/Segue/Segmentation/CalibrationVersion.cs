namespace Segue.Segmentation;

/// <summary>Whether a calibration counts.</summary>
public enum CalibrationState
{
    /// <summary>Kept, so that it can be put in force again.</summary>
    Kept,

    /// <summary>Customers are evaluated by it.</summary>
    InForce,

    /// <summary>It would move more customers than the settings let it without being asked for.</summary>
    Waiting,
}

/// <summary>A calibration that was made.</summary>
/// <param name="Calibration">What it says.</param>
/// <param name="State">Whether it counts.</param>
/// <param name="Comparison">What it changed; null for the first, and for those that were put in force unasked.</param>
/// <param name="By">Who put it in force; null where it came by itself, or is not in force.</param>
public sealed record CalibrationVersion(Calibration Calibration, CalibrationState State, CalibrationComparison? Comparison, string? By);
