using Segue.Measurement.Statistics;

namespace Segue.Tests.Measurement.Statistics;

public sealed class ConfidenceSequenceTests
{
    private const int Days = 60;

    [Fact]
    public void Between_LookedAtEveryDay_ErrsInAtMostFivePercentOfShops()
    {
        var (sequences, intervals, pValues) = Stopped(shops: 4000, lift: 0);

        Assert.InRange(sequences, 0, 0.05);
        Assert.InRange(pValues, 0, 0.05);

        // The same looks with an interval that is made for one: what the sequence is there to prevent.
        Assert.True(intervals > 0.15, $"{intervals:P1}");
    }

    [Fact]
    public void Between_KnownEffect_IsFoundInMostShops()
    {
        var (sequences, _, pValues) = Stopped(shops: 300, lift: 0.5);

        Assert.True(sequences > 0.9, $"{sequences:P1}");
        Assert.True(pValues > 0.9, $"{pValues:P1}");
    }

    [Fact]
    public void Between_FewCustomers_SaysNothing()
    {
        var arm = SimulatedShops.Arm(new(1), ConfidenceSequence.FewestCustomers - 1).Conversions;
        Assert.Null(ConfidenceSequence.Between(arm, arm));
        Assert.Null(ConfidenceSequence.PValue(arm, arm));
    }

    [Theory]
    [InlineData(0.9)]
    [InlineData(0.95)]
    [InlineData(0.99)]
    public void Between_AnyMoment_IsWiderThanAnIntervalForOneLook(double confidence)
    {
        var random = new Random(3);
        var (treated, control) = (SimulatedShops.Arm(random, 3000).Revenue, SimulatedShops.Arm(random, 3000).Revenue);
        var always = ConfidenceSequence.Between(treated, control, confidence)!;
        var once = Uplift.Between(treated, control, confidence)!;

        Assert.Equal(once.Difference, always.Difference);
        Assert.InRange((always.Upper - always.Lower) / (once.Upper - once.Lower), 1.2, 2);
    }

    [Fact]
    public void PValue_ItsOwnLevel_IsWhereTheIntervalTouchesZero()
    {
        // At 95 % both use one and the same mixing, so the p-value is 5 % exactly where the interval begins at zero.
        var random = new Random(5);
        var control = SimulatedShops.Arm(random, 2000).Conversions;
        var (low, high) = (0.0, 1.0);
        for (var step = 0; step < 60; step++)
        {
            var middle = (low + high) / 2;
            var shifted = Shifted(control, middle);
            (low, high) = ConfidenceSequence.Between(shifted, control)!.Lower > 0 ? (low, middle) : (middle, high);
        }

        Assert.Equal(0.05, ConfidenceSequence.PValue(Shifted(control, low), control)!.Value, 9);
    }

    /// <summary>The arm whose every entry came to so much more.</summary>
    private static ArmSums Shifted(ArmSums arm, double by) => arm with
    {
        Outcome = arm.Outcome + (by * arm.Entries),
        OutcomeSquared = arm.OutcomeSquared + (2 * by * arm.OutcomeTimesEntries) + (by * by * arm.EntriesSquared),
        OutcomeTimesEntries = arm.OutcomeTimesEntries + (by * arm.EntriesSquared),
    };

    /// <summary>The shares of shops in which somebody who looks each day would ever have found a difference.</summary>
    private static (double Sequences, double Intervals, double PValues) Stopped(int shops, double lift)
    {
        var (sequences, intervals, pValues) = (0, 0, 0);
        Parallel.For(0, shops, shop =>
        {
            var random = new Random(shop);
            var (a, b) = (ArmSums.None, ArmSums.None);
            var (sequence, interval, p) = (false, false, false);
            for (var day = 0; day < Days; day++)
            {
                a += SimulatedShops.Arm(random, 50, lift).Conversions;
                b += SimulatedShops.Arm(random, 50).Conversions;
                sequence |= ConfidenceSequence.Between(a, b)?.ExcludesZero == true;
                p |= ConfidenceSequence.PValue(a, b) <= 0.05;
                interval |= Uplift.Between(a, b)?.ExcludesZero == true;
            }

            Interlocked.Add(ref sequences, sequence ? 1 : 0);
            Interlocked.Add(ref intervals, interval ? 1 : 0);
            Interlocked.Add(ref pValues, p ? 1 : 0);
        });
        return ((double)sequences / shops, (double)intervals / shops, (double)pValues / shops);
    }
}
