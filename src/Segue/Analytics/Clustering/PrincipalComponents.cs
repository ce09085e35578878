using MathNet.Numerics.LinearAlgebra;

namespace Segue.Analytics.Clustering;

/// <summary>
/// The directions in which points vary most, to look at many dimensions in two. K. Pearson, "On Lines and Planes of Closest
/// Fit to Systems of Points in Space", Philosophical Magazine 2 (1901).
/// </summary>
/// <param name="Mean">The points' mean.</param>
/// <param name="Directions">
/// Unit vectors, the most important first; the largest element of each is above 0, so that signs don't depend on chance.
/// </param>
/// <param name="Variances">The variance along each direction, divided by n - 1.</param>
/// <param name="Shares">The same as shares of all variance, from 0 to 1; 0 where all points are equal.</param>
public sealed record PrincipalComponents(
    IReadOnlyList<double> Mean, IReadOnlyList<double[]> Directions, IReadOnlyList<double> Variances, IReadOnlyList<double> Shares)
{
    /// <summary>Finds the most important directions.</summary>
    /// <exception cref="AnalyticsException">Fewer than two points, or more directions than dimensions.</exception>
    public static PrincipalComponents Of(PointSet points, int count)
    {
        ArgumentNullException.ThrowIfNull(points);
        if (points.Count < 2 || count < 1 || count > points.Dimensions)
        {
            throw new AnalyticsException(
                $"Found {points.Count:N0} points in {points.Dimensions} dimensions for {count} components; expected 2 points or more, and 1 to {points.Dimensions} components.");
        }

        double[] mean = [.. Enumerable.Range(0, points.Dimensions).Select(j => points.Column(j).ToArray().Average())];
        var covariance = Matrix<double>.Build.Dense(points.Dimensions, points.Dimensions, (i, j) => Covariance(points, mean, i, j));
        var found = covariance.Evd(Symmetricity.Symmetric);
        var values = found.EigenValues.Select(v => Math.Max(0, v.Real)).ToArray();
        var order = Enumerable.Range(0, values.Length).OrderByDescending(i => values[i]).Take(count).ToList();
        var all = values.Sum();
        return new(
            mean, [.. order.Select(i => Signed(found.EigenVectors.Column(i).ToArray()))], [.. order.Select(i => values[i])],
            [.. order.Select(i => all > 0 ? values[i] / all : 0)]);
    }

    /// <summary>The points in these directions.</summary>
    public PointSet Project(PointSet points)
    {
        ArgumentNullException.ThrowIfNull(points);
        return PointSet.FromColumns([.. Directions.Select(direction =>
        {
            var column = new double[points.Count];
            for (var j = 0; j < direction.Length; j++)
            {
                var values = points.Column(j);
                for (var i = 0; i < column.Length; i++)
                {
                    column[i] += (values[i] - Mean[j]) * direction[j];
                }
            }

            return column;
        })]);
    }

    private static double Covariance(PointSet points, double[] mean, int one, int other)
    {
        var x = points.Column(one);
        var y = points.Column(other);
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            sum += (x[i] - mean[one]) * (y[i] - mean[other]);
        }

        return sum / (x.Length - 1);
    }

    private static double[] Signed(double[] direction) =>
        direction.MaxBy(Math.Abs) < 0 ? [.. direction.Select(v => -v)] : direction;
}
