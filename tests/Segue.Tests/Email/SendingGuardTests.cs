using Segue.Campaigns;
using Segue.Email;
using Segue.Email.Reports;
using Segue.Messaging;
using Segue.Tests.Support;
using static Segue.Tests.Support.TestShop;

namespace Segue.Tests.Email;

/// <summary>A journey whose mails bounce or are called spam too often is paused by itself, and its switch says why.</summary>
public sealed class SendingGuardTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(199, 199, 0, null)]
    [InlineData(200, 10, 0, null)]
    [InlineData(200, 11, 0, "5.5 % of 200 mails of 7 days bounced, over 5 %")]
    [InlineData(1000, 0, 3, null)]
    [InlineData(1000, 0, 4, "0.4 % of 1000 mails of 7 days were called spam, over 0.3 %")]
    public void WhyStop_SharesOfMails_OnlyOverTheBoundAndWithEnoughOfThem(int sent, int bounced, int complained, string? expected) =>
        Assert.Equal(expected, SendingGuard.WhyStop(StopBounds.Default, sent, bounced, complained));

    [Fact]
    public async Task Journey_TooManyBounces_IsPausedAndTheOthersGoOn()
    {
        var shop = await OpenAsync(new TestCampaigns
        {
            Journeys =
            [
                TestCampaigns.Journey("  - id: bad\n    send: { email: hello, topic: offers }\n  - wait: { for: 1d }\n  - id: more\n    send: { email: hello }", enter: "event: go", id: "bad"),
                TestCampaigns.Journey("  - id: good\n    send: { email: hello, topic: offers }", enter: "event: other", id: "good"),
            ],
        });
        for (var c = 0; c < 220; c++)
        {
            shop.Order($"c{c:D3}", 0).Event($"c{c:D3}", 1, "go");
        }

        await shop.RunAsync(1.2);
        foreach (var customer in Enumerable.Range(0, 20).Select(c => $"c{c:D3}"))
        {
            shop.Happens(1.25, new MailReported { CustomerId = customer, SendId = shop.Sends(customer)[0].Id, What = MailReport.Bounced, At = Day(1.25), EventId = $"b-{customer}" }.ToBus($"b-{customer}"));
        }

        await shop.Event("c100", 1.5, "other").RunAsync(2.5);
        var state = (await shop.Catalog.CurrentAsync(Cancellation)).Switches;
        Assert.Equal((SwitchState.Paused, "automatic stop: 9.09 % of 220 mails of 7 days bounced, over 5 %"), (state["bad"].State, state["bad"].By));
        Assert.Equal(SwitchState.Live, state["good"].State);
        Assert.DoesNotContain(shop.Sent(), s => s.Step == "more");
        Assert.Contains(shop.Sent(), s => s.Step == "good");

        // Resumed by a person, it is not stopped for what was before.
        await shop.Engine.Switches.ResumeAsync("bad", "ann", shop.Bus, Cancellation);
        await shop.RunAsync(5);
        Assert.Equal(SwitchState.Live, (await shop.Catalog.CurrentAsync(Cancellation)).Switches["bad"].State);
        Assert.Equal(200, shop.Sent().Count(s => s.Step == "more"));
    }
}
