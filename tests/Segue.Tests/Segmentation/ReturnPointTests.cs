using Segue.Segmentation;

namespace Segue.Tests.Segmentation;

public sealed class ReturnPointTests
{
    [Fact]
    public void Of_WaitsThatAllEnded_CountsWhoCameBackAfterEachSilence()
    {
        var waits = new DayHistogram();
        foreach (var days in new[] { 5, 10, 20, 40 })
        {
            waits.Add(TimeSpan.FromDays(days), ended: true);
        }

        Assert.Equal(
            [new(0, 4, 4, 1), new(7, 3, 3, 1), new(14, 2, 2, 1), new(30, 1, 1, 1)],
            ReturnPoint.Of(waits));
    }

    [Fact]
    public void Of_WaitsThatGoOn_TakesThemAsNotOver()
    {
        var waits = new DayHistogram();
        waits.Add(TimeSpan.FromDays(10), ended: true);
        waits.Add(TimeSpan.FromDays(10), ended: false);
        waits.Add(TimeSpan.FromDays(40), ended: true);
        waits.Add(TimeSpan.FromDays(90), ended: false);

        // Of four one came back on day 10; of the two left then one on day 40: 3/4 x 1/2 never do.
        Assert.Equal(
            [new(0, 4, 2, 0.625), new(7, 4, 2, 0.625), new(14, 2, 1, 0.5), new(30, 2, 1, 0.5), new(45, 1, 0, 0)],
            ReturnPoint.Of(waits));
    }

    [Fact]
    public void Of_Nobody_IsEmpty() => Assert.Empty(ReturnPoint.Of(new()));
}
