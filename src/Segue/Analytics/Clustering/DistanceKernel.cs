using System.Numerics;
using System.Runtime.InteropServices;

namespace Segue.Analytics.Clustering;

/// <summary>The inner loops over a run of points, several points to an instruction.</summary>
internal static class DistanceKernel
{
    /// <summary>Finds the nearest centroid of each point from <paramref name="from"/> on.</summary>
    /// <param name="points">The points.</param>
    /// <param name="centroids">k places, one after the other.</param>
    /// <param name="from">The first point.</param>
    /// <param name="until">The point before which to stop.</param>
    /// <param name="labels">Each point's centroid so far; -1 for none. Changed in place.</param>
    /// <param name="moves">k times (count, sums): what those who changed add to and take from each centroid.</param>
    /// <returns>The sum of squared distances, and how many points changed.</returns>
    public static (double Inertia, int Changed) Assign(
        PointSet points, ReadOnlySpan<double> centroids, int from, int until, Span<double> labels, Span<double> moves)
    {
        var (dimensions, width) = (points.Dimensions, Vector<double>.Count);
        var k = centroids.Length / dimensions;
        var (inertia, changed, i) = (Vector<double>.Zero, 0, from);
        for (; i <= until - width; i += width)
        {
            var (nearest, label) = (new Vector<double>(double.PositiveInfinity), Vector<double>.Zero);
            for (var c = 0; c < k; c++)
            {
                var distance = Squared(points, centroids.Slice(c * dimensions, dimensions), i);
                var closer = Vector.LessThan(distance, nearest);
                nearest = Vector.ConditionalSelect(closer, distance, nearest);
                label = Vector.ConditionalSelect(closer, new Vector<double>(c), label);
            }

            inertia += nearest;
            ref var known = ref labels[i];
            var before = Vector.LoadUnsafe(ref known);
            if (!Vector.EqualsAll(before, label))
            {
                label.StoreUnsafe(ref known);
                for (var lane = 0; lane < width; lane++)
                {
                    changed += Move(points, i + lane, (int)before[lane], (int)label[lane], moves);
                }
            }
        }

        var rest = Vector.Sum(inertia);
        for (; i < until; i++)
        {
            var (nearest, label) = (double.PositiveInfinity, 0);
            for (var c = 0; c < k; c++)
            {
                var distance = points.SquaredDistance(i, centroids.Slice(c * dimensions, dimensions));
                (nearest, label) = distance < nearest ? (distance, c) : (nearest, label);
            }

            rest += nearest;
            changed += Move(points, i, (int)labels[i], label, moves);
            labels[i] = label;
        }

        return (rest, changed);
    }

    /// <summary>Lowers each point's distance to the nearest place so far by that to one more place.</summary>
    /// <returns>The sum of the distances then.</returns>
    public static double Approach(
        PointSet points, ReadOnlySpan<double> place, int from, int until, ReadOnlySpan<double> nearest, Span<double> lowered)
    {
        var (sum, i) = (Vector<double>.Zero, from);
        for (; i <= until - Vector<double>.Count; i += Vector<double>.Count)
        {
            var distance = Vector.Min(
                Squared(points, place, i), Vector.LoadUnsafe(ref MemoryMarshal.GetReference(nearest), (nuint)i));
            distance.StoreUnsafe(ref MemoryMarshal.GetReference(lowered), (nuint)i);
            sum += distance;
        }

        var rest = Vector.Sum(sum);
        for (; i < until; i++)
        {
            rest += lowered[i] = Math.Min(nearest[i], points.SquaredDistance(i, place));
        }

        return rest;
    }

    /// <summary>The sum of the distances, not squared, of a run of points to a place.</summary>
    public static double SumOfDistances(PointSet points, ReadOnlySpan<double> place, int from, int until)
    {
        var (sum, i) = (Vector<double>.Zero, from);
        for (; i <= until - Vector<double>.Count; i += Vector<double>.Count)
        {
            sum += Vector.SquareRoot(Squared(points, place, i));
        }

        var rest = Vector.Sum(sum);
        for (; i < until; i++)
        {
            rest += Math.Sqrt(points.SquaredDistance(i, place));
        }

        return rest;
    }

    private static Vector<double> Squared(PointSet points, ReadOnlySpan<double> place, int at)
    {
        var sum = Vector<double>.Zero;
        for (var j = 0; j < place.Length; j++)
        {
            var difference = Vector.LoadUnsafe(ref MemoryMarshal.GetReference(points.Column(j)), (nuint)at) - new Vector<double>(place[j]);
            sum = Vector.FusedMultiplyAdd(difference, difference, sum);
        }

        return sum;
    }

    private static int Move(PointSet points, int point, int before, int after, Span<double> moves)
    {
        if (before == after)
        {
            return 0;
        }

        Add(points, point, after, 1, moves);
        if (before >= 0)
        {
            Add(points, point, before, -1, moves);
        }

        return 1;
    }

    private static void Add(PointSet points, int point, int centroid, double sign, Span<double> moves)
    {
        var move = moves.Slice(centroid * (points.Dimensions + 1), points.Dimensions + 1);
        move[0] += sign;
        for (var j = 1; j < move.Length; j++)
        {
            move[j] += sign * points.Column(j - 1)[point];
        }
    }
}
