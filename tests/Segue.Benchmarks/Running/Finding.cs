namespace Segue.Benchmarks.Running;

/// <summary>What came of a benchmark.</summary>
internal sealed record Finding
{
    /// <summary>Its name on the command line.</summary>
    public required string Name { get; init; }

    /// <summary>What was done.</summary>
    public required string Work { get; init; }

    /// <summary>What stood beside it.</summary>
    public required string Beside { get; init; }

    /// <summary>The bound on the ratio, where there is one.</summary>
    public double? Reach { get; init; }

    /// <summary>Our side's cost by the other's, of each round; empty where nothing stands beside it.</summary>
    public IReadOnlyList<double> Ratios { get; init; } = [];

    /// <summary>More figures, by what they are, each with its unit in its name.</summary>
    public IReadOnlyDictionary<string, double> Figures { get; init; } = new Dictionary<string, double>();

    /// <summary>How cost grows with size.</summary>
    public IReadOnlyList<Curve> Curves { get; init; } = [];

    /// <summary>The scale that it was measured at.</summary>
    public Scale Scale { get; init; }

    /// <summary>The median ratio, or null.</summary>
    public double? Ratio => Ratios.Count == 0 ? null : Statistics.Median(Ratios);
}

/// <summary>One line of a picture.</summary>
/// <param name="Name">What it shows.</param>
/// <param name="X">What grows.</param>
/// <param name="Y">What it costs.</param>
/// <param name="Points">The sizes measured, growing, each with its cost.</param>
internal sealed record Curve(string Name, string X, string Y, IReadOnlyList<CurvePoint> Points);

/// <summary>The cost at a size.</summary>
internal sealed record CurvePoint(double X, double Y);
