using Segue.Journeys;
using Segue.Tests.Support;
using static Segue.Tests.Support.TestShop;

namespace Segue.Tests.Journeys;

public sealed class HoldoutTests
{
    [Theory]
    [InlineData(0.05)]
    [InlineData(0.1)]
    [InlineData(0.5)]
    public void IsOf_ManyIds_IsTheShare(double share)
    {
        const int people = 20_000;
        var held = Enumerable.Range(0, people).Count(i => Holdout.IsOf($"customer-{i}", "journey", share));
        var deviation = Math.Sqrt(people * share * (1 - share));
        Assert.InRange(held, (people * share) - (4 * deviation), (people * share) + (4 * deviation));
    }

    [Fact]
    public void IsOf_TwoJourneys_AreDrawnIndependently()
    {
        var both = Enumerable.Range(0, 20_000).Count(i => Holdout.IsOf($"c{i}", "one", 0.5) && Holdout.IsOf($"c{i}", "two", 0.5));
        Assert.InRange(both, 5000 - 250, 5000 + 250);
    }

    [Fact]
    public void IsOf_LargerShare_KeepsWhoWasHeldOut() =>
        Assert.All(Enumerable.Range(0, 1000).Where(i => Holdout.IsOf($"c{i}", "j", 0.1)), i => Assert.True(Holdout.IsOf($"c{i}", "j", 0.2)));

    [Fact]
    public void IsOf_NoShare_HoldsNobody() => Assert.DoesNotContain(Enumerable.Range(0, 1000), i => Holdout.IsOf($"c{i}", "j", 0));

    [Fact]
    public void IsGlobal_StandsForAHalfYearAndIsDrawnAnewThen()
    {
        HashSet<int> On(int year, int month, int day) =>
            [.. Enumerable.Range(0, 2000).Where(i => Holdout.IsGlobal($"c{i}", 0.1, new(year, month, day, 0, 0, 0, TimeSpan.Zero)))];
        Assert.Equal(On(2024, 1, 1), On(2024, 6, 30));
        Assert.NotEqual(On(2024, 6, 30), On(2024, 7, 1));
        Assert.NotEqual(On(2024, 1, 1), On(2025, 1, 1));
        Assert.InRange(On(2024, 7, 1).Count, 140, 260);
    }

    [Fact]
    public async Task Enter_GlobalHoldout_GetsNoMailAndIsCounted()
    {
        var shop = await OpenAsync(new TestCampaigns { Settings = "globalHoldout: 30%", Journeys = [TestCampaigns.TwoSteps()] });
        for (var c = 0; c < 40; c++)
        {
            shop.Order($"c{c}", 0);
        }

        await shop.RunAsync(61);
        var entered = shop.Facts("entered");
        Assert.Equal(40, entered.Count);
        Assert.All(entered, f => Assert.Equal(Holdout.IsGlobal(f.CustomerId, 0.3, f.At), f.HeldOut));
        Assert.Equal(entered.Where(f => !f.HeldOut).Select(f => f.CustomerId), shop.Sent().Select(s => s.Customer));
    }
}
