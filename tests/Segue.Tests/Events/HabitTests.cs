using NodaTime;
using Segue.Events;
using Segue.Tests.Support;
using static Segue.Tests.Support.TestShop;

namespace Segue.Tests.Events;

/// <summary>In which hours of the week a customer does something, and which categories they look at: kept, and asked for by files.</summary>
public sealed class HabitTests
{
    private static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];

    [Fact]
    public void Hours_OfDoings_AreThoseOfTheCustomersWeek()
    {
        // Monday 23:30 UTC is Tuesday 00:30 in Berlin, in winter.
        var memory = EventMemory.Of([Seen("2024-01-01T23:30:00Z"), Seen("2024-01-08T23:45:00Z"), Seen("2024-07-01T22:30:00Z"), Seen("2024-01-03T10:00:00Z", EventNames.PriceDropped)], [], Berlin);
        Assert.Equal([(24, 3)], memory.Hours.Select(h => (h.Key, h.Value)));
        Assert.Null(memory.UsualHour());
    }

    [Fact]
    public void UsualHour_IsThatOfMostDoingsAndTheEarliestAmongEquals()
    {
        var memory = EventMemory.Of(Enumerable.Range(1, 3).SelectMany(day => new[] { Seen($"2024-01-0{day}T19:10:00Z"), Seen($"2024-01-0{day}T07:10:00Z") }), [], DateTimeZone.Utc);
        Assert.Equal(7, memory.UsualHour());
        Assert.Equal(19, memory.With(Seen("2024-01-05T19:59:00Z"), [], DateTimeZone.Utc).UsualHour());
    }

    [Fact]
    public void Hours_OfYears_AreHalvedSoThatTodaysHabitCounts()
    {
        var memory = EventMemory.Of(Enumerable.Repeat(Seen("2020-01-01T08:00:00Z"), EventMemory.MaxHours), [], DateTimeZone.Utc);
        memory = Enumerable.Repeat(Seen("2024-01-01T20:00:00Z"), 700).Aggregate(memory, (m, e) => m.With(e, [], DateTimeZone.Utc));
        Assert.Equal(20, memory.UsualHour());
        Assert.InRange(memory.Hours.Values.Sum(), 1, EventMemory.MaxHours);
    }

    [Theory]
    [InlineData(4, 18)]
    [InlineData(3, 10)]
    public async Task Wait_UntilTheUsualHour_IsTheirsOrTenWhereTooLittleIsKnown(int visits, int hour)
    {
        var shop = await OpenAsync(new TestCampaigns
        {
            Journeys = [TestCampaigns.Journey("  - wait: { until: { time: usual } }\n  - id: mail\n    send: { email: hello, topic: offers }", enter: "event: go")],
        });
        shop.Order("a", 0);
        for (var day = 1; day <= visits; day++)
        {
            shop.Event("a", day + 0.26, EventNames.Viewed, change: e => e with { ProductId = "p", Category = "Tea" });
        }

        await shop.Event("a", 9.7, "go").RunAsync(12);
        Assert.Equal(hour, Start.AddDays(Assert.Single(shop.Sent()).Day + 1e-6).Hour);
    }

    [Fact]
    public async Task MostViewedCategory_InARule_IsTheOneLookedAtMost()
    {
        var shop = await OpenAsync(new TestCampaigns { Segments = TestCampaigns.PlainSegments + "\n  - id: tea-lover\n    when: { mostViewedCategory: tea }" });
        shop.Order("a", 0);
        foreach (var (day, category) in new[] { (1, "Coffee"), (2, "Tea"), (3, "Tea") })
        {
            shop.Event("a", day, EventNames.Viewed, change: e => e with { Category = category });
        }

        await shop.RunAsync(2.5);
        Assert.DoesNotContain("tea-lover", shop.Profile("a")!.Standing!.Tags);
        await shop.RunAsync(4);
        Assert.Contains("tea-lover", shop.Profile("a")!.Standing!.Tags);
    }

    private static CustomerEvent Seen(string at, string name = EventNames.Viewed) =>
        new() { EventId = at, CustomerId = "a", Name = name, At = DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture), Category = "Tea" };
}
