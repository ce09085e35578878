using Segue.Segmentation;

namespace Segue.Tests.Segmentation;

public sealed class ReturnPointTests
{
    [Fact]
    public void Of_WaitsThatAllEnded_CountsWhoCameBackAfterEachSilence()
    {
        var waits = Of((5, true, 10), (10, true, 10), (20, true, 10), (40, true, 10));

        Assert.Equal(
            [new(0, 40, 40, 1), new(7, 30, 30, 1), new(14, 20, 20, 1), new(30, 10, 10, 1)],
            ReturnPoint.Of(waits));
    }

    [Fact]
    public void Of_WaitsThatGoOn_TakesThemAsNotOver()
    {
        var waits = Of((10, true, 10), (10, false, 10), (40, true, 10), (90, false, 10));

        // Of four in ten each one came back on day 10; of the two left then one on day 40: 3/4 x 1/2 never do.
        Assert.Equal(
            [new(0, 40, 20, 0.625), new(7, 40, 20, 0.625), new(14, 20, 10, 0.5), new(30, 20, 10, 0.5), new(45, 10, 0, 0)],
            ReturnPoint.Of(waits));
    }

    [Fact]
    public void Of_ALateReturnOfTheLastOne_DoesNotSayThatAllComeBack()
    {
        // Half never came back within a year, and have been watched for no longer; one who came back after two years is one.
        var waits = Of((10, true, 50), (365, false, 49), (700, true, 1));

        Assert.Equal(0.5, ReturnPoint.Of(waits)[0].Return);
        Assert.All(ReturnPoint.Of(waits), point => Assert.True(point.Silent >= ReturnPoint.Fewest));
    }

    [Fact]
    public void Of_Few_IsEmpty() => Assert.Empty(ReturnPoint.Of(Of((10, true, 9))));

    [Fact]
    public void Of_Nobody_IsEmpty() => Assert.Empty(ReturnPoint.Of(new()));

    private static DayHistogram Of(params (int Days, bool Ended, int Customers)[] all)
    {
        var waits = new DayHistogram();
        foreach (var (days, ended, customers) in all)
        {
            for (var i = 0; i < customers; i++)
            {
                waits.Add(TimeSpan.FromDays(days), ended);
            }
        }

        return waits;
    }
}
