namespace Segue.Analytics.Clustering;

/// <summary>Points in columns, as vector instructions want them: one array for each dimension.</summary>
public sealed class PointSet
{
    private readonly double[][] _columns;

    private PointSet(double[][] columns) => _columns = columns;

    /// <summary>How many points.</summary>
    public int Count => _columns[0].Length;

    /// <summary>How many dimensions, 1 or more.</summary>
    public int Dimensions => _columns.Length;

    /// <summary>Takes columns as they are; they must not be changed any more.</summary>
    /// <exception cref="AnalyticsException">No column, columns of different lengths, or a value that is no finite number.</exception>
    public static PointSet FromColumns(params double[][] columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.Length == 0)
        {
            throw new AnalyticsException("Points need at least one dimension.");
        }

        for (var j = 0; j < columns.Length; j++)
        {
            if (columns[j].Length != columns[0].Length)
            {
                throw new AnalyticsException($"Dimension {j + 1} has {columns[j].Length:N0} values, the first has {columns[0].Length:N0}.");
            }

            var wrong = Array.FindIndex(columns[j], v => !double.IsFinite(v));
            if (wrong >= 0)
            {
                throw new AnalyticsException($"Point {wrong + 1:N0} has {columns[j][wrong]} in dimension {j + 1}; expected a finite number.");
            }
        }

        return new(columns);
    }

    /// <summary>Copies rows, all of one length.</summary>
    /// <exception cref="AnalyticsException">No row, rows of different lengths, or a value that is no finite number.</exception>
    public static PointSet FromRows(IReadOnlyList<double[]> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Count == 0)
        {
            throw new AnalyticsException("There are no points.");
        }

        var other = rows.FirstOrDefault(r => r.Length != rows[0].Length);
        return other is not null
            ? throw new AnalyticsException($"A point has {other.Length} dimensions, the first has {rows[0].Length}.")
            : FromColumns([.. Enumerable.Range(0, rows[0].Length).Select(j => rows.Select(r => r[j]).ToArray())]);
    }

    /// <summary>All values of a dimension.</summary>
    public ReadOnlySpan<double> Column(int dimension) => _columns[dimension];

    /// <summary>One point, copied.</summary>
    public double[] Row(int point) => [.. _columns.Select(c => c[point])];

    /// <summary>The points at these places, in this order.</summary>
    public PointSet Take(IReadOnlyList<int> points) =>
        new([.. _columns.Select(c => points.Select(i => c[i]).ToArray())]);

    /// <summary>The square of the distance of a point to a place.</summary>
    internal double SquaredDistance(int point, ReadOnlySpan<double> place)
    {
        var sum = 0.0;
        for (var j = 0; j < place.Length; j++)
        {
            var difference = _columns[j][point] - place[j];
            sum += difference * difference;
        }

        return sum;
    }
}
