using NodaTime;
using Segue.Email;
using Segue.Tests.Support;
using static Segue.Tests.Support.TestShop;

namespace Segue.Tests.Email;

/// <summary>No hour has more marketing than the rate allows, nothing is lost by it, and a new sender begins slowly and with those who care.</summary>
public sealed class SendPaceTests
{
    private static readonly string Once = TestCampaigns.Journey("  - id: mail\n    send: { email: hello, topic: offers }", enter: "event: go");

    [Theory]
    [InlineData("2026-11-30", 50)]
    [InlineData("2026-12-01", 50)]
    [InlineData("2026-12-02", 79)]
    [InlineData("2026-12-06", 500)]
    [InlineData("2026-12-10", 3155)]
    [InlineData("2026-12-11", 5000)]
    [InlineData("2027-06-01", 5000)]
    public void At_DayOfTheRamp_GrowsByTheSameFactor(string day, int mails) => Assert.Equal(
        mails,
        new SendingRate(5000, new(50, 10, new LocalDate(2026, 12, 1))).At(DateTimeOffset.Parse(day + "T13:00:00Z", System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public async Task Rate_MoreThanAnHourHolds_GoOnInTheHoursThatFollow()
    {
        var shop = await StartAsync("rate: { perHour: 10 }", 35);
        await shop.RunAsync(3);
        var hours = shop.Facts("sent").GroupBy(f => f.At.UtcDateTime.Hour).ToDictionary(h => h.Key, h => h.Count());
        Assert.Equal(new Dictionary<int, int> { [12] = 10, [13] = 10, [14] = 10, [15] = 5 }, hours);
        Assert.Equal(35, shop.Sent().Select(s => s.Customer).Distinct().Count());
    }

    [Fact]
    public async Task Rate_InQuietHours_StillHoldsInTheMorning()
    {
        var shop = await StartAsync("rate: { perHour: 10 }\nquietHours: { from: \"13:00\", to: \"08:00\" }", 25);
        await shop.RunAsync(3);
        Assert.Equal(25, shop.Sent().Count);
        Assert.All(shop.Facts("sent").GroupBy(f => f.At.UtcTicks / TimeSpan.TicksPerHour), hour => Assert.InRange(hour.Count(), 1, 10));
        Assert.All(shop.Facts("sent"), f => Assert.InRange(f.At.Hour, 8, 12));
    }

    [Fact]
    public async Task Rate_CustomerWhoLeavesWhileTheyWait_IsNotMailed()
    {
        var shop = await OpenAsync(new TestCampaigns
        {
            Settings = "rate: { perHour: 1 }",
            Journeys = [TestCampaigns.Journey("  - send: { email: hello, topic: offers }\n  - wait: { for: 9d }", enter: "event: go", head: "exitWhen: [ { event: order } ]")],
        });
        foreach (var c in new[] { "a", "b", "c" })
        {
            shop.Order(c, 0).Event(c, 1, "go");
        }

        await shop.Order("b", 1.01).RunAsync(3);
        Assert.Equal(["a", "c"], shop.Sent().Select(s => s.Customer).Order());
    }

    [Fact]
    public async Task Rate_TransactionalMail_IsNotHeldUp()
    {
        var shop = await OpenAsync(new TestCampaigns
        {
            Settings = "rate: { perHour: 1 }",
            Journeys = [TestCampaigns.Journey("  - send: { email: hello, transactional: true }", enter: "event: go")],
        });
        for (var c = 0; c < 5; c++)
        {
            shop.Order($"c{c}", 0).Event($"c{c}", 1, "go");
        }

        await shop.RunAsync(2);
        Assert.All(shop.Sent(), s => Assert.Equal(1.0, s.Day));
    }

    [Fact]
    public async Task WarmUp_WhoCares_GoesInTheFirstHalfOfEachHour()
    {
        var shop = await OpenAsync(new TestCampaigns { Settings = "rate: { perHour: 100, warmUp: { from: 4, days: 10, since: 2024-04-10 } }", Journeys = [Once] });
        for (var c = 0; c < 4; c++)
        {
            shop.Order($"cares{c}", 95).Event($"cares{c}", 100, "go");
            shop.Order($"quiet{c}", 0).Event($"quiet{c}", 100, "go");
        }

        await shop.RunAsync(101);
        Assert.Equal(8, shop.Sent().Count);
        Assert.All(shop.Sent().Where(s => s.Customer.StartsWith("cares", StringComparison.Ordinal)), s => Assert.Equal(100, s.Day));

        // The second day of ten from 4 to 100 has 6 an hour: two are left after half past, and two wait for the next hour.
        Assert.Equal([12, 12, 13, 13], shop.Facts("sent").Where(f => f.CustomerId.StartsWith("quiet", StringComparison.Ordinal)).Select(f => f.At.Hour));
        Assert.All(shop.Facts("sent").Where(f => f.CustomerId.StartsWith("quiet", StringComparison.Ordinal) && f.At.Hour == 12), f => Assert.True(f.At.Minute >= 30));
    }

    private static async Task<TestShop> StartAsync(string settings, int customers)
    {
        var shop = await OpenAsync(new TestCampaigns { Settings = settings, Journeys = [Once] });
        for (var c = 0; c < customers; c++)
        {
            shop.Order($"c{c:D2}", 0).Event($"c{c:D2}", 1, "go");
        }

        return shop;
    }
}
