namespace Segue.Benchmarks.Running;

/// <summary>How much is measured.</summary>
internal enum Scale
{
    /// <summary>So little that it is a test: says whether the measurement still runs, and nothing about speed.</summary>
    Smoke,

    /// <summary>A few minutes.</summary>
    Small,

    /// <summary>The sizes that the goals are about.</summary>
    Full,
}

/// <summary>How a benchmark is to run.</summary>
/// <param name="Scale">How much is measured.</param>
/// <param name="Rounds">How often each side is measured, in turn; 1 or more.</param>
internal sealed record Settings(Scale Scale, int Rounds)
{
    /// <summary>The CDNOW file, for what is measured on it; it is no part of this repository.</summary>
    public string? Cdnow { get; init; }

    /// <summary>Only these sizes, where a benchmark has several; null for all of the scale.</summary>
    public int? Size { get; init; }

    /// <summary>One number by scale.</summary>
    public int Pick(int smoke, int small, int full) => Size ?? Scale switch { Scale.Smoke => smoke, Scale.Small => small, _ => full };

    /// <summary>Several sizes by scale, for a curve.</summary>
    public int[] Pick(int[] smoke, int[] small, int[] full) =>
        Size is { } one ? [one] : Scale switch { Scale.Smoke => smoke, Scale.Small => small, _ => full };
}
