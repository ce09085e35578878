namespace Segue.Segmentation;

/// <summary>A calibration was named that there is none of.</summary>
public sealed class CalibrationNotFoundException(string message) : Exception(message);
