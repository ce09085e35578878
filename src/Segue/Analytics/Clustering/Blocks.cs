namespace Segue.Analytics.Clustering;

/// <summary>
/// Work over points in blocks of one size on all cores. What blocks answer is added up in their order, so that the sum has
/// the same digits however many cores there are.
/// </summary>
internal static class Blocks
{
    /// <summary>Points in a block.</summary>
    public const int Size = 8192;

    /// <summary>How many blocks there are.</summary>
    public static int Count(int points) => (points + Size - 1) / Size;

    /// <summary>Does something for each block: its number, first point, and the point before which it ends.</summary>
    public static void Each(int points, Action<int, int, int> work)
    {
        var count = Count(points);
        if (count == 1)
        {
            work(0, 0, points);
        }
        else
        {
            Parallel.For(0, count, b => work(b, b * Size, Math.Min(points, (b + 1) * Size)));
        }
    }
}
