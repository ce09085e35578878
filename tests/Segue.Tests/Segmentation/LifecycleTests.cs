using Segue.Orders;
using Segue.Segmentation;

namespace Segue.Tests.Segmentation;

public sealed class LifecycleTests
{
    private static readonly LifecycleSettings Settings = new();
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void At_NoOrders_IsAProspectForEver() =>
        Assert.Equal(new(Stage.Prospect, null), Lifecycle.At(PurchaseSummary.None, Settings, null, Given.Start));

    [Fact]
    public void At_OneOrder_GoesThroughTheStagesAtTheirSeconds() => AssertHistory(
        Given.Customer(1).Purchases, null,
        (0, Stage.New), (30, Stage.Active), (45, Stage.AtRisk), (60, Stage.Churned));

    [Fact]
    public void At_TwoOrdersWithinTheFirstDays_StaysNewUntilThoseAreOver() => AssertHistory(
        Given.Customer(2, 0, 20).Purchases, null,
        (20, Stage.New), (30, Stage.Active), (65, Stage.AtRisk), (80, Stage.Churned));

    [Fact]
    public void At_ThirdOrderWithinTheFirstDays_IsActive() => AssertHistory(
        Given.Customer(3, 0, 20).Purchases, null,
        (20, Stage.Active), (65, Stage.AtRisk), (80, Stage.Churned));

    [Fact]
    public void At_WonBack_ComesBeforeNewAndEndsAfterItsTime() => AssertHistory(
        Given.Customer(2, 0, 100).Purchases with { WonBackAt = Given.Start.AddDays(100) }, null,
        (100, Stage.WonBack), (130, Stage.Active), (145, Stage.AtRisk), (160, Stage.Churned));

    [Fact]
    public void At_WonBackLongerThanChurn_ChurnsFirst()
    {
        var settings = Settings with { WonBackFor = TimeSpan.FromDays(90) };
        var purchases = Given.Customer(2, 0, 100).Purchases with { WonBackAt = Given.Start.AddDays(100) };
        Assert.Equal(new(Stage.WonBack, Given.Start.AddDays(160)), Lifecycle.At(purchases, settings, null, Given.Start.AddDays(110)));
    }

    [Fact]
    public void At_LongOwnGap_ChurnsAtTwiceTheGap() => AssertHistory(
        Given.Customer(4, 0, 120).Purchases, null,
        (120, Stage.Active), (165, Stage.AtRisk), (200, Stage.Churned));

    [Fact]
    public void At_OrderDatedAhead_CountsAsNoSilence()
    {
        var purchases = Given.Customer(1, first: 1).Purchases;
        Assert.Equal(new(Stage.New, Given.Start.AddDays(31)), Lifecycle.At(purchases, Settings, null, Given.Start));
    }

    [Fact]
    public void At_OrderWrittenInAnotherZone_ChangesAtTheSameInstant()
    {
        var purchases = Given.Customer(1).Purchases;
        var elsewhere = purchases with
        {
            FirstOrderAt = Given.Start.ToOffset(TimeSpan.FromHours(9)),
            LastOrderAt = Given.Start.ToOffset(TimeSpan.FromHours(9)),
        };
        Assert.Equal(Lifecycle.At(purchases, Settings, null, Given.Start), Lifecycle.At(elsewhere, Settings, null, Given.Start));
    }

    [Theory]
    [InlineData(1, 0, 60)] // one order has no gap
    [InlineData(2, 100, 60)] // two have one, which is no habit yet
    [InlineData(3, 40, 60)] // twice 20 days is less than C
    [InlineData(3, 80, 80)]
    [InlineData(5, 200, 100)]
    [InlineData(3, 2000, 365)]
    public void ChurnBound_OwnGap_CountsFromTheThirdOrderAndWhereItIsLonger(int orders, double lastDay, double days) =>
        Assert.Equal(TimeSpan.FromDays(days), Lifecycle.ChurnBound(Given.Customer(orders, 0, lastDay).Purchases, Settings, null));

    [Fact]
    public void ChurnBound_SetLongerThanAYear_IsNotCutByTheCapOnOwnGaps() => Assert.Equal(
        TimeSpan.FromDays(500),
        Lifecycle.ChurnBound(Given.Customer(3, 0, 2000).Purchases, Settings with { ChurnedAfter = TimeSpan.FromDays(500) }, null));

    [Fact]
    public void ChurnBound_OwnGapsOff_IsTheSetOne() => Assert.Equal(
        Settings.ChurnedAfter, Lifecycle.ChurnBound(Given.Customer(3, 0, 2000).Purchases, Settings with { OwnGaps = 0 }, null));

    [Fact]
    public void ChurnBound_GapThatDoesNotDivide_IsWholeSeconds()
    {
        var purchases = Given.Customer(4, 0, 121.123456).Purchases;
        Assert.Equal(0, Lifecycle.ChurnBound(purchases, Settings, null).Ticks % TimeSpan.TicksPerSecond);
    }

    [Theory]
    [InlineData(1, 0, 40)] // learned for one-time buyers
    [InlineData(2, 20, 35)] // (1 x 20 + 3 x 40) / 4
    [InlineData(4, 96, 36)] // (3 x 32 + 3 x 40) / 6
    [InlineData(10, 90, 30)] // (9 x 10 + 3 x 40) / 12 = 17.5: kept at N
    [InlineData(10, 900, 59)] // 85: kept a day below C
    public void AtRiskBound_Calibrated_IsTheOwnGapPulledToThePopulations(int orders, double lastDay, double days)
    {
        var calibration = Given.Calibration() with { ReturnSilence = TimeSpan.FromDays(40), UsualGap = TimeSpan.FromDays(40) };
        var bound = Lifecycle.AtRiskBound(Given.Customer(orders, 0, lastDay).Purchases, Settings, calibration);
        Assert.Equal(TimeSpan.FromDays(days), bound);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void AtRiskBound_NothingLearned_IsTheSetOne(int orders)
    {
        var purchases = Given.Customer(orders, 0, 10).Purchases;
        Assert.Equal(Settings.AtRiskAfter, Lifecycle.AtRiskBound(purchases, Settings, null));
        Assert.Equal(Settings.AtRiskAfter, Lifecycle.AtRiskBound(purchases, Settings, Given.Calibration()));
    }

    [Fact]
    public void AtRiskBound_NewForUpToADayBelowChurn_StaysBelowChurn()
    {
        var settings = Settings with { NewFor = TimeSpan.FromHours(1), AtRiskAfter = TimeSpan.FromHours(2), ChurnedAfter = TimeSpan.FromHours(3) };
        var calibration = Given.Calibration() with { ReturnSilence = TimeSpan.FromDays(40) };
        Assert.Equal(settings.NewFor, Lifecycle.AtRiskBound(Given.Customer(1).Purchases, settings, calibration));
    }

    [Theory]
    [InlineData(30, 45, 60, 30, 2, null)]
    [InlineData(30, 30, 31, 0, 0, null)]
    [InlineData(0, 45, 60, 30, 2, "The time that customers are new is 0 days; it must be more than none.")]
    [InlineData(46, 45, 60, 30, 2, "Customers are at risk after 45 days of silence and new for 46 days; at risk must not begin earlier than new ends.")]
    [InlineData(30, 60, 60, 30, 2, "Customers are at risk after 60 days of silence and churned after 60 days; at risk must begin earlier than churned.")]
    [InlineData(30, 45, 60, -1, 2, "The time that customers are won back is -1 days; it must not be negative.")]
    [InlineData(30, 45, 60, 30, -0.5, "Own gaps before churn are -0.5; it must be a number from 0 (off) up.")]
    [InlineData(30, 45, 60, 30, double.NaN, "Own gaps before churn are NaN; it must be a number from 0 (off) up.")]
    public void Problems_Settings_AreNamed(double newFor, double atRisk, double churned, double wonBack, double gaps, string? problem)
    {
        var settings = new LifecycleSettings
        {
            NewFor = TimeSpan.FromDays(newFor),
            AtRiskAfter = TimeSpan.FromDays(atRisk),
            ChurnedAfter = TimeSpan.FromDays(churned),
            WonBackFor = TimeSpan.FromDays(wonBack),
            OwnGaps = gaps,
        };
        Assert.Equal(problem is null ? [] : [problem], Lifecycle.Problems(settings));
        if (problem is not null)
        {
            var set = Given.Segments("segments: [ { id: all } ]");
            Assert.StartsWith(problem, Assert.Throws<ArgumentException>(() => new Evaluator(set, settings, new())).Message, StringComparison.Ordinal);
        }
    }

    /// <summary>Each stage holds from its day to the last second before the next, and knows that moment all the while.</summary>
    private static void AssertHistory(PurchaseSummary purchases, Calibration? calibration, params (double Day, Stage Stage)[] stages)
    {
        for (var i = 0; i < stages.Length; i++)
        {
            var from = Given.Start.AddDays(stages[i].Day);
            DateTimeOffset? until = i + 1 < stages.Length ? Given.Start.AddDays(stages[i + 1].Day) : null;
            var expected = new StageAnswer(stages[i].Stage, until);
            Assert.Equal(expected, Lifecycle.At(purchases, Settings, calibration, from));
            Assert.Equal(expected, Lifecycle.At(purchases, Settings, calibration, until - Second ?? from.AddYears(20)));
            Assert.Equal(expected, Lifecycle.At(purchases, Settings, calibration, until?.AddTicks(-1) ?? from.AddYears(20)));
        }
    }
}
