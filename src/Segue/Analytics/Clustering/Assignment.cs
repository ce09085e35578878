namespace Segue.Analytics.Clustering;

/// <summary>
/// The pairing of rows with columns that costs least in all: H. W. Kuhn, "The Hungarian Method for the Assignment Problem", Naval Research
/// Logistics Quarterly 2 (1955), in the form with potentials that takes the cube of the size.
/// </summary>
public static class Assignment
{
    /// <summary>Finds the pairing.</summary>
    /// <param name="costs">What each pair costs, finite: a row for each row, all of one length. There may be more columns, or more rows.</param>
    /// <returns>Each row's column; -1 for rows that are left over where there are fewer columns.</returns>
    /// <exception cref="AnalyticsException">Rows of different lengths, or a cost that is no finite number.</exception>
    public static IReadOnlyList<int> Of(IReadOnlyList<double[]> costs)
    {
        ArgumentNullException.ThrowIfNull(costs);
        if (costs.Count == 0 || costs[0].Length == 0)
        {
            return [.. costs.Select(_ => -1)];
        }

        if (costs.Any(r => r.Length != costs[0].Length || !r.All(double.IsFinite)))
        {
            throw new AnalyticsException("Costs of an assignment are finite numbers in rows of one length.");
        }

        if (costs.Count <= costs[0].Length)
        {
            return Assign(costs);
        }

        var turned = Assign([.. Enumerable.Range(0, costs[0].Length).Select(c => costs.Select(r => r[c]).ToArray())]);
        var columns = Enumerable.Repeat(-1, costs.Count).ToArray();
        for (var c = 0; c < turned.Length; c++)
        {
            columns[turned[c]] = c;
        }

        return columns;
    }

    private static int[] Assign(IReadOnlyList<double[]> costs)
    {
        // Rows and columns count from 1; column 0 holds the row that is being placed.
        var (rows, columns) = (costs.Count, costs[0].Length);
        var (ofRow, ofColumn) = (new double[rows + 1], new double[columns + 1]);
        var (rowAt, cameFrom) = (new int[columns + 1], new int[columns + 1]);
        for (var row = 1; row <= rows; row++)
        {
            rowAt[0] = row;
            var slack = Enumerable.Repeat(double.PositiveInfinity, columns + 1).ToArray();
            var used = new bool[columns + 1];
            var at = 0;
            do
            {
                used[at] = true;
                var (least, next) = (double.PositiveInfinity, 0);
                for (var c = 1; c <= columns; c++)
                {
                    if (used[c])
                    {
                        continue;
                    }

                    var reduced = costs[rowAt[at] - 1][c - 1] - ofRow[rowAt[at]] - ofColumn[c];
                    if (reduced < slack[c])
                    {
                        (slack[c], cameFrom[c]) = (reduced, at);
                    }

                    if (slack[c] < least)
                    {
                        (least, next) = (slack[c], c);
                    }
                }

                for (var c = 0; c <= columns; c++)
                {
                    if (used[c])
                    {
                        ofRow[rowAt[c]] += least;
                        ofColumn[c] -= least;
                    }
                    else
                    {
                        slack[c] -= least;
                    }
                }

                at = next;
            }
            while (rowAt[at] != 0);

            while (at != 0)
            {
                rowAt[at] = rowAt[cameFrom[at]];
                at = cameFrom[at];
            }
        }

        var found = new int[rows];
        for (var c = 1; c <= columns; c++)
        {
            if (rowAt[c] > 0)
            {
                found[rowAt[c] - 1] = c - 1;
            }
        }

        return found;
    }
}
