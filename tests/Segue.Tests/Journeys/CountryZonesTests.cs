using NodaTime;
using Segue.Journeys;
using Segue.Tests.Support;
using static Segue.Tests.Support.TestShop;

namespace Segue.Tests.Journeys;

/// <summary>Days are those of the customer's zone, else of their country's, else of the shop's.</summary>
public sealed class CountryZonesTests
{
    [Theory]
    [InlineData("CH", "Europe/Zurich")]
    [InlineData("de", "Europe/Berlin")]
    [InlineData(" US ", "America/New_York")]
    [InlineData("ES", "Europe/Madrid")]
    [InlineData("PT", "Europe/Lisbon")]
    [InlineData("AU", "Australia/Sydney")]
    [InlineData("BR", "America/Sao_Paulo")]
    [InlineData("CA", "America/Toronto")]
    [InlineData("CN", "Asia/Shanghai")]
    [InlineData("ID", "Asia/Jakarta")]
    [InlineData("MX", "America/Mexico_City")]
    [InlineData("NZ", "Pacific/Auckland")]
    [InlineData("RU", "Europe/Moscow")]
    [InlineData("UA", "Europe/Kyiv")]
    [InlineData("XX", null)]
    [InlineData("Germany", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Of_Country_IsWhereMostOfItsPeopleLive(string? country, string? zone) => Assert.Equal(zone, CountryZones.Of(country));

    [Fact]
    public void Of_EveryCountry_IsAZoneThatThereIs() => Assert.All(
        NodaTime.TimeZones.TzdbDateTimeZoneSource.Default.ZoneLocations!.Select(p => p.CountryCode).Distinct(),
        country => Assert.NotNull(DateTimeZoneProviders.Tzdb.GetZoneOrNull(CountryZones.Of(country)!)));

    [Theory]
    [InlineData(null, null, 8)]
    [InlineData(null, "JP", 0)]
    [InlineData("America/New_York", "JP", 14)]
    [InlineData("Nowhere/Land", "JP", 0)]
    [InlineData(null, "Atlantis", 8)]
    public async Task Wait_UntilNine_IsNineWhereTheCustomerIs(string? zone, string? country, int hourUtc)
    {
        var shop = await OpenAsync(new TestCampaigns
        {
            Settings = "zone: Europe/Berlin",
            Journeys = [TestCampaigns.Journey("  - wait: { until: { time: \"09:00\" } }\n  - id: mail\n    send: { email: hello, topic: offers }", enter: "event: go")],
        });
        var attributes = country is null ? null : new Dictionary<string, string> { ["country"] = country };
        await shop.Order("a", 0).Says("a", 0.1, new() { TimeZone = zone, Attributes = attributes }).Event("a", 0.6, "go").RunAsync(3);
        Assert.Equal(hourUtc, Start.AddDays(Assert.Single(shop.Sent()).Day + 1e-6).Hour);
    }

    [Fact]
    public async Task Wait_FourteenDays_KeepsTheHourOfTheCountryAcrossItsClockChange()
    {
        // New York changes its clocks on 10 March 2024, Berlin on the 31st.
        var shop = await OpenAsync(new TestCampaigns
        {
            Settings = "zone: Europe/Berlin",
            Journeys = [TestCampaigns.Journey("  - wait: { for: 14d }\n  - id: mail\n    send: { email: hello, topic: offers }", enter: "event: go")],
        });
        await shop.Order("a", 0).Says("a", 0.1, new() { Attributes = new Dictionary<string, string> { ["country"] = "US" } }).Order("b", 0)
            .Event("a", 60, "go").Event("b", 60, "go").RunAsync(80);
        Assert.Equal([("a", 73 + (23 / 24.0)), ("b", 74)], shop.Sent().OrderBy(s => s.Customer).Select(s => (s.Customer, s.Day)), (x, y) => x.Item1 == y.Item1 && Math.Abs(x.Item2 - y.Item2) < 1e-5);
    }
}
