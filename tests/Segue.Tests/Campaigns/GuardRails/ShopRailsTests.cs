using Segue.Campaigns;
using Segue.Campaigns.GuardRails;
using Segue.Customers;
using Segue.Segmentation;
using Segue.Tests.Segmentation;
using Segue.Tests.Support;

namespace Segue.Tests.Campaigns.GuardRails;

public sealed class ShopRailsTests
{
    private const string Segments = """
        segments:
          - { id: big, name: Big, when: { totalSpend: ">= 100" } }
          - { id: rest, name: Rest }
        """;

    private static readonly DateTimeOffset Now = Given.Start.AddDays(10);

    [Fact]
    public void Of_SegmentsWithFewCustomers_NamesThemInOneWarning()
    {
        var rail = Assert.Single(Of(Customers(19, _ => 500)));

        Assert.Equal((Rails.TooSmall, "big"), (rail.Rail, rail.Subject));
        Assert.Contains("Big (19)", rail.Message, StringComparison.Ordinal);
        Assert.Empty(Of(Customers(20, _ => 500)));
    }

    [Theory]
    [InlineData(8, false)]
    [InlineData(9, true)]
    public void Of_ASegmentOfTwoKinds_SaysHowFarApart(int times, bool warns) =>
        Assert.Equal(warns, Of(Customers(40, i => i < 20 ? 100 : 100 * times)).Any(r => r is { Rail: Rails.NotUniform, Subject: "big" }));

    [Fact]
    public void Of_OldOrdersAndNoCalibration_AreSaid()
    {
        var rails = ShopRails.Of(State(null), new(Map(Customers(20, _ => 500)).Sizes, Now.AddDays(-3), new Dictionary<string, JourneyTraffic>()), Now);

        Assert.Equal([Rails.Old, Rails.NotCalibrated], rails.Select(r => r.Rail));
        Assert.Contains("3 days old", rails[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_AShopWithoutCustomers_IsQuiet() => Assert.Empty(Of([]));

    [Theory]
    [InlineData(19_619, true)]
    [InlineData(19_623, false)]
    public void Of_ALiveJourney_WarnsWhereItsHoldoutCannotShowAFifth(int lately, bool warns)
    {
        // (1.96 + 0.84)^2 * 0.1 * 0.9 / 0.02^2 * (1/0.1 + 1/0.9) = 19,622 people for a share of 10 %.
        var rails = Of(Customers(20, _ => 500), new(lately, 1000, 100));

        Assert.Equal(warns, rails.Any(r => r is { Rail: Rails.CannotShow, Subject: "two-steps" }));
    }

    [Theory]
    [InlineData(0.1, 0.5, 7064)]
    [InlineData(0.5, 0.5, 785)]
    public void CustomersNeeded_AgreesWithTheTextbook(double share, double holdout, int expected) =>
        Assert.Equal(expected, ShopRails.CustomersNeeded(share, holdout), 1.0);

    private static IReadOnlyList<GuardRail> Of(IReadOnlyList<CustomerSummary> customers, JourneyTraffic traffic = default) => ShopRails.Of(
        State(Given.Calibration()), new(Map(customers).Sizes, Now, new Dictionary<string, JourneyTraffic> { ["two-steps"] = traffic }), Now);

    private static CampaignState State(Calibration? calibration) => new(
        new TestCampaigns { Segments = Segments, Journeys = [TestCampaigns.TwoSteps("goal: { event: order, within: 28d }\nholdout: 10%", enter: "segment: big")] }.Load(),
        calibration,
        new Dictionary<string, JourneySwitch>
        {
            ["two-steps"] = new() { Journey = "two-steps", State = SwitchState.Live, LiveSince = Given.Start, By = "test" },
        });

    private static CustomerSummary[] Customers(int number, Func<int, decimal> spend) =>
        [.. Enumerable.Range(0, number).Select(i => Given.Customer(1, 5, spend: spend(i)))];

    private static CustomerMap Map(IReadOnlyList<CustomerSummary> customers)
    {
        var map = new CustomerMap();
        foreach (var customer in customers)
        {
            map.Add(customer, State(null), Now);
        }

        return map;
    }
}
