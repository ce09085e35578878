using Segue.Email;
using Segue.Messaging;
using Segue.Ports;
using Segue.Simulation;

namespace Segue.Tests.Simulation;

/// <summary>
/// A service is away for long: nothing is set aside, all is caught up, and nobody is mailed what is over. The small shop of
/// the crash matrix, whose entries, waits and goals fall into the outage.
/// </summary>
public sealed class OutageTests(ITestOutputHelper output)
{
    /// <summary>A day after the first orders: who is quiet enters and is mailed in this half hour.</summary>
    private static readonly DateTimeOffset Quiet = MatrixShop.At(1.001);

    [Theory]
    [InlineData(30)]
    [InlineData(240)]
    public async Task Storage_Away_IsCaughtUpAsIfNothingHadBeen(int minutes)
    {
        var away = new Outage(Quiet, Quiet.AddMinutes(minutes));
        var (expected, found) = (await OutageShop.RunAsync(), await OutageShop.RunAsync(storage: away));

        output.WriteLine($"{found.Refused} calls were refused, {found.World.TimersFailed} ticks failed, {found.Sender.Accepted.Count} mails went");
        Assert.True(found.Refused > 10 && found.World.TimersFailed > 0);
        AssertCaughtUp(expected, found);
    }

    [Theory]
    [InlineData(30)]
    [InlineData(60)]
    public async Task Bus_Away_IsCaughtUpAsIfNothingHadBeen(int minutes)
    {
        var away = new Outage(Quiet, Quiet.AddMinutes(minutes));
        var (expected, found) = (await OutageShop.RunAsync(), await OutageShop.RunAsync(bus: away));

        output.WriteLine($"{found.Refused} calls were refused, {found.World.TimersFailed} ticks failed, {found.Sender.Accepted.Count} mails went");
        Assert.True(found.Refused > 0);
        AssertCaughtUp(expected, found);
    }

    [Fact]
    public async Task MailService_AwayForADay_MailsOnceAfterwardsAndNothingThatIsOver()
    {
        var away = new Outage(Quiet, Quiet.AddDays(1));
        var (expected, found) = (await OutageShop.RunAsync(), await OutageShop.RunAsync(mail: away));

        var sends = OutageShop.Sends(found.Store);
        output.WriteLine($"{found.Refused} mails were put off, {found.Sender.Accepted.Count} of {expected.Sender.Accepted.Count} went, {string.Join(", ", sends.Values.CountBy(s => $"{s.Status} {s.Reason}"))}");
        Assert.True(found.Refused > 0);
        Assert.Empty(found.DeadLetters);
        Assert.Empty(found.Sender.Copies);
        Assert.Equal(found.Sender.Accepted.Count, found.Sender.Accepted.DistinctBy(m => m.SendId).Count());
        Assert.DoesNotContain(found.Sender.Accepted, m => away.Holds(m.At));
        Assert.Contains(found.Sender.Accepted, m => m.At >= away.Until);
        Assert.All(found.Sender.Accepted, m => Assert.False(sends[m.SendId].Offer?.ExpiresAt <= m.At, "Somebody was mailed an offer that was over."));
        Assert.All(sends.Values, s => Assert.True(s.Status is SendStatus.Accepted or SendStatus.Withheld, $"{s.Step} of {s.Journey}: {s.Status}"));

        // Who ordered meanwhile has left the journey, and hears no more of it.
        Assert.All(sends.Values.Where(s => s.Status == SendStatus.Withheld), s => Assert.False(string.IsNullOrEmpty(s.Reason)));
        Assert.Equal(expected.State.Customers, found.State.Customers);
        Assert.Equal(0, found.State.Outboxes);
    }

    private static void AssertCaughtUp(OutageShop expected, OutageShop found)
    {
        Assert.Empty(found.DeadLetters);
        Assert.Empty(found.Sender.Copies);
        Assert.Equal(expected.State.Customers, found.State.Customers);
        Assert.Equal(expected.State.Summaries, found.State.Summaries);
        Assert.Equal(expected.State.Ended, found.State.Ended);
        Assert.Equal(expected.State.UnderWay, found.State.UnderWay);
        Assert.Equal(expected.State.Facts, found.State.Facts);
        Assert.Equal(expected.State.Mails, found.State.Mails);
        Assert.All(found.State.Mails.Values, status => Assert.Equal(SendStatus.Accepted, status));
        Assert.Equal(expected.Sender.Accepted.Select(m => m.SendId).Order(), found.Sender.Accepted.Select(m => m.SendId).Order());
        Assert.Equal(0, found.State.Outboxes);
    }
}
