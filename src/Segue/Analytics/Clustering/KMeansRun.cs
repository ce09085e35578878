namespace Segue.Analytics.Clustering;

/// <summary>One start of k-means after another over the same points and the same memory.</summary>
internal sealed class KMeansRun
{
    private readonly PointSet _points;
    private readonly KMeansOptions _options;
    private readonly double _stopAt;
    private readonly double[] _labels;
    private readonly double[][] _moves;
    private readonly double[] _inertias;
    private readonly int[] _changed;

    public KMeansRun(PointSet points, KMeansOptions options)
    {
        (_points, _options) = (points, options);
        _labels = new double[points.Count];
        var blocks = Blocks.Count(points.Count);
        _moves = [.. Enumerable.Range(0, blocks).Select(_ => new double[options.K * (points.Dimensions + 1)])];
        _inertias = new double[blocks];
        _changed = new int[blocks];
        _stopAt = options.Tolerance * Enumerable.Range(0, points.Dimensions).Average(j => Variance(points.Column(j)));
    }

    /// <summary>Goes from places to clusters.</summary>
    public KMeansResult From(double[] places)
    {
        Array.Fill(_labels, -1);
        var totals = new double[_moves[0].Length];
        var history = new List<double>();
        for (var i = 0; i < _options.MaxIterations; i++)
        {
            var (inertia, changed) = Assign(places, totals);
            history.Add(inertia);
            var repaired = Repair(places, totals);
            var moved = Recentre(places, totals);
            if (!repaired && (changed == 0 || moved <= _stopAt))
            {
                break;
            }
        }

        // Differences have added up rounding errors: the last sums are taken afresh, and so is everybody's nearest centroid.
        Array.Clear(totals);
        for (var i = 0; i < _labels.Length; i++)
        {
            Add(totals, i, 1);
        }

        Recentre(places, totals);
        history.Add(Assign(places, totals).Inertia);
        var size = _points.Dimensions + 1;
        return new(
            [.. _labels.Select(l => (int)l)],
            [.. places.Chunk(_points.Dimensions)],
            [.. Enumerable.Range(0, _options.K).Select(c => (int)Math.Round(totals[c * size]))],
            history[^1],
            history);
    }

    private (double Inertia, int Changed) Assign(double[] places, double[] totals)
    {
        Blocks.Each(_points.Count, (b, from, until) =>
        {
            Array.Clear(_moves[b]);
            (_inertias[b], _changed[b]) = DistanceKernel.Assign(_points, places, from, until, _labels, _moves[b]);
        });
        foreach (var moves in _moves)
        {
            for (var i = 0; i < totals.Length; i++)
            {
                totals[i] += moves[i];
            }
        }

        return (_inertias.Sum(), _changed.Sum());
    }

    /// <summary>A cluster that nobody is in takes the point that is farthest from its own centroid, of clusters with more than one.</summary>
    private bool Repair(double[] places, double[] totals)
    {
        var (repaired, size) = (false, _points.Dimensions + 1);
        for (var c = 0; c < _options.K; c++)
        {
            if (Math.Round(totals[c * size]) > 0)
            {
                continue;
            }

            var (farthest, most) = (-1, -1.0);
            for (var i = 0; i < _labels.Length; i++)
            {
                var own = (int)_labels[i];
                var distance = _points.SquaredDistance(i, places.AsSpan(own * _points.Dimensions, _points.Dimensions));
                if (distance > most && Math.Round(totals[own * size]) > 1)
                {
                    (farthest, most) = (i, distance);
                }
            }

            Add(totals, farthest, -1);
            _labels[farthest] = c;
            Add(totals, farthest, 1);
            repaired = true;
        }

        return repaired;
    }

    /// <summary>Moves each centroid to the mean of its points; answers by how much in all, squared.</summary>
    private double Recentre(double[] places, double[] totals)
    {
        var (moved, dimensions) = (0.0, _points.Dimensions);
        for (var c = 0; c < _options.K; c++)
        {
            var count = Math.Round(totals[c * (dimensions + 1)]);
            for (var j = 0; j < dimensions && count > 0; j++)
            {
                var mean = totals[(c * (dimensions + 1)) + 1 + j] / count;
                ref var place = ref places[(c * dimensions) + j];
                moved += (mean - place) * (mean - place);
                place = mean;
            }
        }

        return moved;
    }

    private void Add(double[] totals, int point, double sign)
    {
        var at = (int)_labels[point] * (_points.Dimensions + 1);
        totals[at] += sign;
        for (var j = 0; j < _points.Dimensions; j++)
        {
            totals[at + 1 + j] += sign * _points.Column(j)[point];
        }
    }

    private static double Variance(ReadOnlySpan<double> values)
    {
        var (mean, sum) = (0.0, 0.0);
        for (var i = 0; i < values.Length; i++)
        {
            var difference = values[i] - mean;
            mean += difference / (i + 1);
            sum += difference * (values[i] - mean);
        }

        return sum / values.Length;
    }
}
