using Segue.Customers;
using Segue.Email;
using Segue.Tests.Support;
using static Segue.Tests.Support.TestShop;

namespace Segue.Tests.Email;

/// <summary>Quiet hours and frequency caps, across journeys. Time begins on Tuesday, 2 January 2024, noon UTC.</summary>
public sealed class SendPacingTests
{
    private static string Mails(string id, string more = "", int count = 1, string enter = "event: go") => TestCampaigns.Journey(
        string.Concat(Enumerable.Range(1, count).Select(n => $"  - id: {id}-{n}\n    send: {{ email: hello, topic: offers{more} }}\n")), enter: enter, id: id);

    [Theory]
    [InlineData(0.25, null, 0.25)]
    [InlineData(0.34, null, 0.833333)]
    [InlineData(0.75, null, 0.833333)]
    [InlineData(0.25, "Asia/Tokyo", 0.458333)]
    [InlineData(0.34, "America/New_York", 0.34)]
    [InlineData(0.6, "America/New_York", 1.041667)]
    public async Task QuietHours_Marketing_GoesWhenTheyEndInTheCustomersZone(double day, string? zone, double sent)
    {
        var shop = await OpenAsync(new TestCampaigns { Settings = "quietHours: { from: \"20:00\", to: \"08:00\" }", Journeys = [Mails("j")] });
        shop.Says("a", 0, new() { TimeZone = zone });
        await shop.Order("a", 0).Event("a", day, "go").RunAsync(3);
        Assert.Equal([("a", "j-1", sent)], shop.Sent());
    }

    // Quiet from 22:00 to 06:00, a mail of 05:30 goes at 06:00, in the customer's zone: the example of Braze's documentation,
    // https://www.braze.com/docs/user_guide/messaging/messaging_fundamentals/quiet_hours
    [Theory]
    [InlineData("UTC", 17.5, 18)]
    [InlineData("America/New_York", 22.5, 23)]
    public async Task QuietHours_HalfAnHourBeforeTheyEnd_MailWaitsSoLong(string zone, double hours, double sent)
    {
        var shop = await OpenAsync(new TestCampaigns { Settings = "quietHours: { from: \"22:00\", to: \"06:00\" }", Journeys = [Mails("j")] });
        shop.Says("a", 0, new() { TimeZone = zone });
        await shop.Order("a", 0).Event("a", hours / 24, "go").RunAsync(2);
        Assert.Equal(Start.AddHours(sent), Assert.Single(shop.Facts("sent")).At);
    }

    [Fact]
    public async Task QuietHours_TransactionalMail_GoesAtOnce()
    {
        var shop = await OpenAsync(new TestCampaigns { Settings = "quietHours: { from: \"20:00\", to: \"08:00\" }", Journeys = [Mails("j", ", transactional: true")] });
        await shop.Order("a", 0).Event("a", 0.5, "go").RunAsync(2);
        Assert.Equal([("a", "j-1", 0.5)], shop.Sent());
    }

    [Fact]
    public async Task QuietHours_WaitAfterTheMail_CountsFromWhenItWent()
    {
        var shop = await OpenAsync(new TestCampaigns
        {
            Settings = "quietHours: { from: \"20:00\", to: \"08:00\" }",
            Journeys = [TestCampaigns.Journey("  - id: one\n    send: { email: hello, topic: offers }\n  - wait: { for: 36h }\n  - id: two\n    send: { email: hello }", enter: "event: go")],
        });
        await shop.Order("a", 0).Event("a", 0.5, "go").RunAsync(6);
        Assert.Equal([("a", "one", 0.833333), ("a", "two", 2.833333)], shop.Sent());
    }

    [Fact]
    public async Task Caps_AcrossJourneys_OneADayAndThreeAWeek()
    {
        var shop = await OpenAsync(new TestCampaigns { Settings = "caps: { perDay: 1, perWeek: 3 }", Journeys = [Mails("j", count: 3), Mails("k", count: 2)] });
        await shop.Order("a", 0).Order("b", 0).Event("a", 1, "go").Event("b", 2, "other").RunAsync(16);
        // Five mails at once: one goes, then one at each midnight while the week has room, and the rest when it has again.
        Assert.Equal([1.0, 1.5, 2.5, 7.5, 8.5], shop.Sent().Select(s => s.Day));
        Assert.Equal(5, shop.Sent().Select(s => s.Step).Distinct().Count());
    }

    [Fact]
    public async Task Caps_OnCappedSkip_LeavesTheMailOut()
    {
        var shop = await OpenAsync(new TestCampaigns { Settings = "caps: { perDay: 2 }", Journeys = [Mails("j", ", onCapped: skip", 3)] });
        await shop.Order("a", 0).Event("a", 1, "go").RunAsync(5);
        Assert.Equal([1.0, 1.0], shop.Sent().Select(s => s.Day));
        Assert.Equal(SendPacing.Capped, Assert.Single(shop.Sends("a"), s => s.Status == SendStatus.Withheld).Reason);
    }

    [Fact]
    public async Task Caps_MailThatWasRefused_LeavesItsPlace()
    {
        var shop = await OpenAsync(new TestCampaigns { Settings = "caps: { perDay: 1 }", Journeys = [Mails("j"), Mails("k", enter: "event: later")] });
        shop.Sender.Answer = _ => shop.Now < Day(1.1) ? new Segue.Ports.SendAnswer.Rejected("no such box") : new Segue.Ports.SendAnswer.Accepted();
        await shop.Order("a", 0).Event("a", 1, "go").Event("a", 1.2, "later").RunAsync(5);
        Assert.Equal([("a", "k-1", 1.2)], shop.Sent());
    }

    [Fact]
    public async Task Sunset_NeitherOrderNorClickForSoLong_GetsNoMarketing()
    {
        var shop = await OpenAsync(new TestCampaigns { Settings = "sunset: 30d", Journeys = [Mails("j", enter: "event: go, reentry: always")] });
        await shop.Order("a", 0).Event("a", 29, "go").Event("a", 31, "go").Order("a", 32).Event("a", 33, "go").RunAsync(35);
        Assert.Equal([29.0, 33], shop.Sent().Select(s => s.Day));
        Assert.Equal(SendPolicy.Reasons.Sunset, Assert.Single(shop.Sends("a"), s => s.Status == SendStatus.Withheld).Reason);
    }

    // Two a week and quiet from 20:00 to 08:00 local, as shops set it for lapsed customers.
    [Fact]
    public async Task Caps_ManyCustomersAndMails_NeverMoreThanAllowed()
    {
        var shop = await OpenAsync(new TestCampaigns
        {
            Settings = "caps: { perDay: 1, perWeek: 2 }\nquietHours: { from: \"20:00\", to: \"08:00\" }",
            Journeys = [Mails("j", count: 2, enter: "event: go, reentry: always"), Mails("k", enter: "event: other, reentry: always")],
        });
        for (var c = 0; c < 12; c++)
        {
            shop.Order($"c{c}", 0);
            for (var n = 0; n < 4; n++)
            {
                shop.Event($"c{c}", 0.1 + (n * 2.3) + (c * 0.17), n % 2 == 0 ? "go" : "other");
            }
        }

        await shop.RunAsync(30);
        Assert.Equal(12 * 6, shop.Sent().Count);
        Assert.All(shop.Facts("sent").GroupBy(f => f.CustomerId), mails => Assert.All(mails, m =>
        {
            Assert.InRange(m.At.Hour, 8, 19);
            Assert.InRange(mails.Count(o => o.At.Date <= m.At.Date && o.At.Date > m.At.Date.AddDays(-7)), 1, 2);
            Assert.Single(mails, o => o.At.Date == m.At.Date);
        }));
    }
}
