using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Segue.Segmentation;
using Segue.Tests.Support;

namespace Segue.Tests.Segmentation;

public sealed class QuantileSketchTests
{
    private const int Exact = 50;
    private const int Level = 16;

    [Fact]
    public void AtRank_BelowTheExactSize_IsTheSortedListAndKnowsNoError() =>
        Prop.ForAll<NonEmptyArray<int>>(values =>
        {
            var sketch = Sketch(values.Get, exactSize: 1000);
            var sorted = values.Get.Order().Select(v => (decimal)v);
            return sketch.RankError == 0 && sketch.Count == values.Get.Length
                && sorted.SequenceEqual(Enumerable.Range(1, values.Get.Length).Select(r => sketch.AtRank(r)));
        }).Holds();

    [Fact]
    public void AtRank_ManyEqualValues_StaysExactByDistinctValues()
    {
        var sketch = new QuantileSketch(exactSize: 3, levelSize: 2);
        for (var i = 0; i < 999; i++)
        {
            sketch.Add(i % 3);
        }

        Assert.Equal((0, 0m, 1m, 1m, 2m), (sketch.RankError, sketch.AtRank(333), sketch.AtRank(334), sketch.AtRank(666), sketch.AtRank(667)));
    }

    [Fact]
    public void AtRank_BeyondTheExactSize_IsWithinTheErrorItKnowsAndThatWithinTheBound() =>
        Prop.ForAll(Big, values =>
        {
            var sketch = Sketch(values, Exact);
            return WithinError(sketch, values) && WithinBound(sketch);
        }).Holds();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AtRank_SortedInput_IsWithinTheError(bool ascending)
    {
        var values = Enumerable.Range(0, 20_000).ToArray();
        var sketch = Sketch(ascending ? values : values.Reverse(), Exact);
        Assert.True(WithinError(sketch, values));
        Assert.True(WithinBound(sketch));
    }

    [Fact]
    public void AtRank_DefaultSizes_IsExactAtTheSizeAndWithinATenthOfAPercentBeyond()
    {
        var sketch = Sketch(Enumerable.Range(0, QuantileSketch.DefaultExactSize), QuantileSketch.DefaultExactSize, QuantileSketch.DefaultLevelSize);
        Assert.Equal(0, sketch.RankError);
        Assert.Equal(12_344, sketch.AtRank(12_345));

        // Spread by a multiplication, so that they come in no order.
        const long Count = 1_000_000;
        var beyond = new QuantileSketch();
        for (var i = 0L; i < Count; i++)
        {
            beyond.Add(i * 7_368_787 % Count);
        }

        Assert.InRange(beyond.RankError, 1, Count / 1000);
        for (var rank = 1L; rank <= Count; rank += 9_999)
        {
            Assert.InRange(Math.Abs(beyond.AtRank(rank) - (rank - 1)), 0, beyond.RankError);
        }
    }

    [Fact]
    public void Merge_BelowTheExactSize_IsAssociativeCommutativeAndExact() =>
        Prop.ForAll<int[], int[], int[]>((a, b, c) =>
        {
            var left = Merged(Merged(Sketch(a, 1000), Sketch(b, 1000)), Sketch(c, 1000));
            var right = Merged(Sketch(c, 1000), Merged(Sketch(b, 1000), Sketch(a, 1000)));
            return Ranks(left).SequenceEqual(Ranks(right))
                && Ranks(left).SequenceEqual(a.Concat(b).Concat(c).Order().Select(v => (decimal)v));
        }).Holds();

    [Fact]
    public void Merge_BeyondTheExactSize_IsWithinTheErrorInEveryOrderAndGrouping() =>
        Prop.ForAll(Big, Big, Big, (a, b, c) =>
        {
            int[] all = [.. a, .. b, .. c];
            return new[]
            {
                Merged(Merged(Sketch(a, Exact), Sketch(b, Exact)), Sketch(c, Exact)),
                Merged(Sketch(a, Exact), Merged(Sketch(b, Exact), Sketch(c, Exact))),
                Merged(Sketch(c, Exact), Merged(Sketch(a, Exact), Sketch(b, Exact))),
            }.All(merged => merged.Count == all.Length && WithinError(merged, all) && WithinBound(merged));
        }).Holds();

    [Fact]
    public void Merge_ExactPartsSeenInAnotherOrder_GiveTheSameSketch() =>
        Prop.ForAll(Big, values =>
        {
            var parts = values.Chunk(Exact).ToList();
            var one = parts.Aggregate(new QuantileSketch(Exact, Level), (all, part) => Merged(all, Sketch(part, Exact)));
            var other = parts.Aggregate(new QuantileSketch(Exact, Level), (all, part) => Merged(all, Sketch(part.Reverse(), Exact)));
            return JsonSerializer.Serialize(one) == JsonSerializer.Serialize(other);
        }).Holds();

    [Fact]
    public void Json_AnySketch_ComesBackAndGoesOnTheSame() =>
        Prop.ForAll(Big, Big, (values, more) =>
        {
            var sketch = Sketch(values, Exact);
            var back = JsonSerializer.Deserialize<QuantileSketch>(JsonSerializer.Serialize(sketch))!;
            var same = Ranks(sketch).SequenceEqual(Ranks(back));
            sketch.Merge(Sketch(more, Exact));
            back.Merge(Sketch(more, Exact));
            return same && sketch.RankError == back.RankError && Ranks(sketch).SequenceEqual(Ranks(back));
        }).Holds();

    [Fact]
    public void Json_EqualValues_TakeLittleRoom()
    {
        var sketch = new QuantileSketch();
        for (var i = 0; i < 1_000_000; i++)
        {
            sketch.Add(19.900m);
        }

        Assert.InRange(JsonSerializer.Serialize(sketch).Length, 1, 250);
        Assert.Contains("19.9]", JsonSerializer.Serialize(sketch), StringComparison.Ordinal);
    }

    [Fact]
    public void Merge_OtherSizes_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new QuantileSketch(10, 2).Merge(new(10, 4)));

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void AtRank_NoSuchRank_IsRefused(long rank) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Sketch([1, 2, 3], Exact).AtRank(rank));

    [Theory]
    [InlineData(10, 10)] // the largest alone
    [InlineData(5, 10)] // half a place is one
    [InlineData(11, 9)]
    [InlineData(20, 9)]
    [InlineData(50, 6)]
    [InlineData(99.5, 1)]
    public void Threshold_TenValues_LeavesFewerThanThePercentageAbove(double percent, int least) =>
        Assert.Equal(least, new RankRequest("spend", (decimal)percent).Threshold(Sketch(Enumerable.Range(1, 10), Exact)));

    [Fact]
    public void Threshold_AnyValues_HasFewerThanThePercentageAboveAndNoLowerValueHas() =>
        Prop.ForAll(Gen.Choose(1, 30).ArrayOf().Where(a => a.Length > 0).ToArbitrary(), Gen.Choose(1, 99).ToArbitrary(), (values, percent) =>
        {
            var least = new RankRequest("spend", percent).Threshold(Sketch(values, 1000))!.Value;
            bool IsIn(decimal value) => values.Count(v => v > value) * 100 < percent * values.Length;
            return values.All(v => IsIn(v) == (v >= least));
        }).Holds();

    [Fact]
    public void Quintiles_TenValues_PartThemIntoFives()
    {
        var cuts = Quintiles.Of(Sketch(Enumerable.Range(1, 10), Exact))!;
        Assert.Equal([1, 1, 2, 2, 3, 3, 4, 4, 5, 5], Enumerable.Range(1, 10).Select(v => cuts.Score(v)));
    }

    [Fact]
    public void Quintiles_Ties_GetTheSameScore()
    {
        var cuts = Quintiles.Of(Sketch([1, 1, 1, 1, 1, 1, 2, 2, 3, 9], Exact))!;
        Assert.Equal([1, 4, 5, 5], new[] { 1, 2, 3, 9 }.Select(v => cuts.Score(v)));
        Assert.Equal(1, Quintiles.Of(Sketch([7, 7, 7], Exact))!.Score(7));
    }

    [Fact]
    public void Quintiles_Nothing_AreNone() => Assert.Null(Quintiles.Of(new QuantileSketch()));

    private static Arbitrary<int[]> Big { get; } = (
        from count in Gen.Choose(0, 500)
        from spread in Gen.Elements(5, 300, 1_000_000)
        from values in Gen.Choose(-spread, spread).ArrayOf(count)
        select values).ToArbitrary();

    private static QuantileSketch Sketch(IEnumerable<int> values, int exactSize, int levelSize = Level)
    {
        var sketch = new QuantileSketch(exactSize, levelSize);
        foreach (var value in values)
        {
            sketch.Add(value);
        }

        return sketch;
    }

    private static QuantileSketch Merged(QuantileSketch a, QuantileSketch b)
    {
        a.Merge(b);
        return a;
    }

    private static IEnumerable<decimal> Ranks(QuantileSketch sketch)
    {
        for (var rank = 1L; rank <= sketch.Count; rank++)
        {
            yield return sketch.AtRank(rank);
        }
    }

    /// <summary>Every value it gives stands in the sorted list at most its error away from the rank asked for.</summary>
    private static bool WithinError(QuantileSketch sketch, int[] values)
    {
        var sorted = values.Order().ToArray();
        for (var rank = 1; rank <= sorted.Length; rank++)
        {
            var value = sketch.AtRank(rank);
            var (low, high) = (rank - sketch.RankError - 1, rank + sketch.RankError - 1);
            if (value < sorted[(int)Math.Max(0, low)] || value > sorted[(int)Math.Min(sorted.Length - 1, high)])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>L n / LevelSize, with L levels compacted at most.</summary>
    private static bool WithinBound(QuantileSketch sketch)
    {
        var levels = Math.Max(1, Math.Ceiling(Math.Log2(Math.Max(2, sketch.Count / (double)sketch.LevelSize))) + 1);
        return sketch.RankError <= levels * sketch.Count / sketch.LevelSize;
    }
}
