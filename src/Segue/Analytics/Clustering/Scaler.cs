namespace Segue.Analytics.Clustering;

/// <summary>How dimensions are made comparable before distances are taken.</summary>
public enum Scaling
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Mean 0, standard deviation 1.</summary>
    ZScore,

    /// <summary>ln(1 + value), then as <see cref="ZScore"/>: for money and counts, whose large values would hide all others.</summary>
    Log,

    /// <summary>Median 0, distance between the quartiles 1: outliers move neither.</summary>
    Robust,
}

/// <summary>Scales points, and places back; learned once from the points it was made of.</summary>
public sealed class Scaler
{
    private readonly Scaling _scaling;
    private readonly (double Centre, double Width)[] _dimensions;

    private Scaler(Scaling scaling, (double Centre, double Width)[] dimensions) => (_scaling, _dimensions) = (scaling, dimensions);

    /// <summary>Learns what to scale by. A dimension in which all points are equal becomes 0 everywhere.</summary>
    /// <exception cref="AnalyticsException">A value of -1 or less, with <see cref="Scaling.Log"/>.</exception>
    public static Scaler Of(PointSet points, Scaling scaling)
    {
        ArgumentNullException.ThrowIfNull(points);
        return new(scaling, [.. Enumerable.Range(0, points.Dimensions).Select(j => Learn(Prepared(points.Column(j), scaling, j), scaling))]);
    }

    /// <summary>Points as this scaler sees them.</summary>
    public PointSet Scale(PointSet points)
    {
        ArgumentNullException.ThrowIfNull(points);
        return PointSet.FromColumns([.. _dimensions.Select((d, j) =>
        {
            var column = Prepared(points.Column(j), _scaling, j);
            for (var i = 0; i < column.Length; i++)
            {
                column[i] = (column[i] - d.Centre) / d.Width;
            }

            return column;
        })]);
    }

    /// <summary>A scaled place in the units that the points came in.</summary>
    public double[] Unscale(IReadOnlyList<double> place) => [.. place.Select((v, j) =>
    {
        var value = (v * _dimensions[j].Width) + _dimensions[j].Centre;
        return _scaling == Scaling.Log ? Math.Exp(value) - 1 : value;
    })];

    private static double[] Prepared(ReadOnlySpan<double> column, Scaling scaling, int dimension)
    {
        var values = column.ToArray();
        if (scaling == Scaling.Log)
        {
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = values[i] > -1 ? Math.Log(1 + values[i])
                    : throw new AnalyticsException($"Point {i + 1:N0} has {values[i]} in dimension {dimension + 1}; the log scale takes values above -1.");
            }
        }

        return values;
    }

    private static (double Centre, double Width) Learn(double[] values, Scaling scaling)
    {
        switch (scaling)
        {
            case Scaling.None:
                return (0, 1);
            case Scaling.Robust:
                Array.Sort(values);
                return (Quantile(values, 0.5), Width(Quantile(values, 0.75) - Quantile(values, 0.25)));
            default:
                var mean = values.Sum() / values.Length;
                return (mean, Width(Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / values.Length)));
        }
    }

    private static double Width(double width) => width > 0 ? width : 1;

    private static double Quantile(double[] sorted, double share)
    {
        var at = share * (sorted.Length - 1);
        var below = (int)at;
        return below + 1 < sorted.Length ? sorted[below] + ((at - below) * (sorted[below + 1] - sorted[below])) : sorted[below];
    }
}
