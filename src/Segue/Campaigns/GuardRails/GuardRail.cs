namespace Segue.Campaigns.GuardRails;

/// <summary>Something that a marketer should look at; nothing stands still for it.</summary>
/// <param name="Rail">Which guard rail: one of <see cref="Rails"/>.</param>
/// <param name="Subject">The segment, journey or file that it is about; empty for the shop.</param>
/// <param name="Message">What was found and what to do, in a sentence or two.</param>
public sealed record GuardRail(string Rail, string Subject, string Message);

/// <summary>The guard rails, by name.</summary>
public static class Rails
{
    /// <summary>More segments than anybody acts on.</summary>
    public const string TooManySegments = "too-many-segments";

    /// <summary>Rules that rest on one kind of data.</summary>
    public const string OneKindOfData = "one-kind-of-data";

    /// <summary>A journey whose effect nothing measures.</summary>
    public const string NotMeasured = "not-measured";

    /// <summary>Segments that no journey takes up.</summary>
    public const string NoJourney = "no-journey";

    /// <summary>Segments too small to act on.</summary>
    public const string TooSmall = "too-small";

    /// <summary>A segment of more than one kind of customer.</summary>
    public const string NotUniform = "not-uniform";

    /// <summary>A holdout that could not show even a large effect.</summary>
    public const string CannotShow = "cannot-show";

    /// <summary>Data older than it should be.</summary>
    public const string Old = "old-data";

    /// <summary>No calibration yet.</summary>
    public const string NotCalibrated = "not-calibrated";
}
