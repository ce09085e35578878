using FsCheck;
using FsCheck.Fluent;
using Segue.Recommendations;
using Segue.Tests.Support;

namespace Segue.Tests.Recommendations;

public sealed class AssociationTests
{
    // The bigrams of Dunning (1993), table 2: k(AB), k(A ~B), k(~A B), k(~A ~B) and -2 log lambda.
    [Theory]
    [InlineData(110, 2442, 111, 29114, 270.72)]
    [InlineData(29, 13, 123, 31612, 263.90)]
    [InlineData(31, 23, 139, 31584, 256.84)]
    [InlineData(10, 0, 3, 31764, 167.23)]
    public void LogLikelihoodRatio_OfThePapersBigrams_IsThePapers(long both, long onlyA, long onlyB, long none, double expected) => Assert.Equal(
        expected, Association.LogLikelihoodRatio(both, both + onlyA, both + onlyB, both + onlyA + onlyB + none), 0.01);

    [Fact]
    public void Lift_OfIndependentProducts_IsOne()
    {
        Assert.Equal(1, Association.Lift(20, 100, 200, 1000), 12);
        Assert.Equal(0, Association.LogLikelihoodRatio(20, 100, 200, 1000), 9);
        Assert.Equal(0, Association.Lift(0, 0, 5, 10));
    }

    [Fact]
    public void LogLikelihoodRatio_OfImpossibleCounts_IsRefused() =>
        Assert.Throws<ArgumentException>(() => Association.LogLikelihoodRatio(5, 4, 10, 100));

    [Fact]
    public void LogLikelihoodRatio_Properties_Hold() =>
        Prop.ForAll(Gen.Choose(0, 50).ArrayOf(4).ToArbitrary(), k =>
        {
            long both = k[0], a = k[0] + k[1], b = k[0] + k[2], all = k.Sum();
            var ratio = Association.LogLikelihoodRatio(both, a, b, all);
            return ratio >= 0 && Math.Abs(ratio - Association.LogLikelihoodRatio(both, b, a, all)) < 1e-9
                && Association.LogLikelihoodRatio(2 * both, 2 * a, 2 * b, 2 * all) is var doubled && Math.Abs(doubled - (2 * ratio)) < 1e-6;
        }).Holds(300);
}
