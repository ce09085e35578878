using Segue.Customers;
using Segue.Measurement;
using Segue.Tests.Support;
using static Segue.Tests.Support.TestShop;

namespace Segue.Tests.Journeys.Elsewhere;

/// <summary>
/// Braze's template for lapsed users, told in Segue's files (braze.com/docs, Canvas templates, "Lapsed user"): who has not been seen for
/// 30 days, looked for daily, entering again after four weeks at the earliest; two messages a week at most; quiet from 20:00 to 08:00
/// local; 20 per cent off against 10 for those who came by after the first word.
/// </summary>
public sealed class BrazeLapsedUserTests
{
    private const string Lapsed = """
          - id: reminder
            send: { email: hello, topic: offers }
          - wait:
              condition:
                branches: [ { event: session-started, then: [ { id: ten, send: { email: offer, topic: offers }, offer: { percent: 10, validFor: 14d } } ] } ]
                timeout: 2d
                else: [ { id: twenty, send: { email: offer, topic: offers }, offer: { percent: 20, validFor: 14d } } ]
          - id: third
            send: { email: hello, topic: offers }
        """;

    [Fact]
    public async Task Lapsed_WhoCameByAfterTheFirstWord_GetsTenAndTheOthersTwenty()
    {
        var shop = await StartAsync();
        Seen(Seen(shop, "back", 0), "gone", 0).Event("back", 32, "session-started");
        await shop.RunAsync(35);

        // Silent from day 30 on, looked for at 09:00: day 30.875 is the next.
        Assert.Equal(
            [("back", "reminder", 30.875), ("back", "ten", 32.0), ("gone", "reminder", 30.875), ("gone", "twenty", 32.875)],
            shop.Sent().OrderBy(s => s.Customer, StringComparer.Ordinal).ThenBy(s => s.Day));
        Assert.Equal([10m, 20], [shop.Codes("back").Single().Percent!.Value, shop.Codes("gone").Single().Percent!.Value]);
    }

    [Fact]
    public async Task Lapsed_ThreeMessagesInAWeek_TheThirdWaitsForTheCap()
    {
        var shop = await StartAsync();
        await Seen(shop, "gone", 0).RunAsync(45);
        Assert.Equal(["reminder", "twenty", "third"], shop.Sent().Select(s => s.Step));
        var days = shop.Facts(FactKinds.Sent).Select(f => f.At.UtcDateTime.Date).ToList();
        Assert.Equal(7, (days[2] - days[0]).TotalDays);
    }

    [Fact]
    public async Task Lapsed_StillSilent_EntersAgainFourWeeksAfterTheEndAtTheEarliest()
    {
        var shop = await StartAsync();
        await Seen(shop, "gone", 0).RunAsync(90);
        var entered = shop.Facts(FactKinds.Entered).Select(f => f.At).ToList();
        var left = shop.Facts(FactKinds.Exited)[0].At;
        Assert.Equal(Day(30.875), entered[0]);
        Assert.InRange(entered[1] - left, TimeSpan.FromDays(28), TimeSpan.FromDays(29));
    }

    [Fact]
    public async Task Lapsed_WhoIsSeenAgain_IsNotLapsed()
    {
        var shop = await StartAsync();
        await Seen(Seen(shop, "a", 0), "a", 29).RunAsync(58);
        Assert.Empty(shop.Sent());
    }

    [Theory]
    [InlineData("America/New_York", 13)]
    [InlineData("Europe/Zurich", 9)]
    [InlineData("Asia/Tokyo", 9)]
    [InlineData("Australia/Sydney", 21)]
    public async Task Lapsed_NineInTheMorningOfTheShop_GoesOutsideTheCustomersQuietHours(string zone, int utcHour)
    {
        var shop = await StartAsync();
        await Seen(shop, "a", 0).Says("a", 1, new() { TimeZone = zone }).RunAsync(32);
        Assert.Equal(utcHour, shop.Facts(FactKinds.Sent)[0].At.UtcDateTime.Hour);
    }

    private static Task<TestShop> StartAsync() => OpenAsync(new TestCampaigns
    {
        Segments = "segments:\n  - id: everyone\n    name: Everyone\ntags:\n  - id: seen\n    when: { events: { name: session-started, within: 30d } }\n  - id: lapsed\n    when: { not: { tag: seen } }\n",
        Settings = "quietHours: { from: \"20:00\", to: \"08:00\" }\ncaps: { perWeek: 2 }",
        Journeys = [TestCampaigns.Journey(Lapsed, enter: "schedule: { every: day, at: \"09:00\", tag: lapsed }, reentry: { after: 28d }")],
    });

    private static TestShop Seen(TestShop shop, string customer, double day) =>
        shop.Says(customer, day, new() { Email = $"{customer}@example.com", EmailConsent = Consent.Granted }).Event(customer, day, "session-started");
}
