namespace Segue.Segmentation;

/// <summary>
/// The four values that part customers into five equal groups: the largest value of each group but the last. Whoever
/// has the same value gets the same score.
/// </summary>
/// <param name="First">A fifth of the customers have this or less.</param>
/// <param name="Second">Two fifths have.</param>
/// <param name="Third">Three fifths have.</param>
/// <param name="Fourth">Four fifths have.</param>
public sealed record Quintiles(decimal First, decimal Second, decimal Third, decimal Fourth)
{
    /// <summary>1 for the lowest fifth to 5 for the highest.</summary>
    public int Score(decimal value) =>
        value <= Second ? (value <= First ? 1 : 2) : value <= Third ? 3 : value <= Fourth ? 4 : 5;

    /// <summary>The cut points of what a sketch has seen, or null if that is nothing.</summary>
    public static Quintiles? Of(QuantileSketch sketch)
    {
        ArgumentNullException.ThrowIfNull(sketch);
        return sketch.Count == 0 ? null : new(Cut(1), Cut(2), Cut(3), Cut(4));

        decimal Cut(int fifths) => sketch.AtRank(((sketch.Count * fifths) + 4) / 5);
    }
}
