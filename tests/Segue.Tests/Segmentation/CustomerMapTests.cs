using Segue.Campaigns;
using Segue.Segmentation;
using Segue.Tests.Support;

namespace Segue.Tests.Segmentation;

public sealed class CustomerMapTests
{
    private static readonly CampaignState State =
        new(new TestCampaigns().Load(), Given.Calibration(), new Dictionary<string, JourneySwitch>());

    [Fact]
    public void Add_Customers_StandInOneCellOfEachGrid()
    {
        var map = Map(100, Given.Customer(1, 99, spend: 50), Given.Customer(2, 0, 95, 300), Given.Customer(2, 0, 95, 500), Given.Customer(0));

        Assert.Equal((4, 3), (map.Customers, map.Buyers));
        Assert.Equal(new MapCell(1, 50), map.Ages[(0, 0)]);
        Assert.Equal(new MapCell(2, 800), map.Ages[(1, 0)]);
        Assert.Equal(3, map.Scores.Values.Sum(c => c.Customers));
        Assert.Equal(850, map.Scores.Values.Sum(c => c.Revenue));
    }

    [Theory]
    [InlineData(89.99, 0)]
    [InlineData(90, 1)]
    [InlineData(365, 3)]
    public void Add_AtABandsBound_CountsFromTheWholeDay(double age, int row) =>
        Assert.Equal(row, Assert.Single(Map(age, Given.Customer(1)).Ages.Keys).Longevity);

    [Fact]
    public void Of_ASegment_TellsMedianAndSpread()
    {
        var map = Map(10, [.. Enumerable.Range(1, 4).Select(i => Given.Customer(1, spend: i * 100)), Given.Customer(0)]);
        var everyone = map.Of("everyone");

        Assert.Equal((5, 4, 1000m), (everyone.Customers, everyone.Orders, everyone.Revenue));
        Assert.Equal(200, everyone.MedianSpend);
        Assert.Equal(10, everyone.MedianSilence);
        Assert.Equal(3, everyone.SpreadOfSpend);
        Assert.Equal(new SegmentSum().MedianSpend, map.Of("none").MedianSpend);
    }

    [Fact]
    public void WithTag_CountsWhoHasIt()
    {
        var map = Map(61, Given.Customer(1), Given.Customer(3, 0, 60));

        Assert.Equal((1, 1), (map.WithTag("silent-60"), map.WithTag("loyal")));
    }

    private static CustomerMap Map(double day, params Segue.Customers.CustomerSummary[] customers)
    {
        var map = new CustomerMap();
        foreach (var customer in customers)
        {
            map.Add(customer, State, Given.Start.AddDays(day));
        }

        return map;
    }
}
