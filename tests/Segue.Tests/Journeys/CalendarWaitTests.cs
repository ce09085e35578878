using NodaTime;
using Segue.Journeys;
using Segue.Tests.Journeys.Definitions;
using Segue.Tests.Support;
using static Segue.Tests.Support.TestShop;

namespace Segue.Tests.Journeys;

/// <summary>Waits until moments of the calendar, in the customer's zone: the run begins on Tuesday, 2 January 2024, noon UTC.</summary>
public sealed class CalendarWaitTests
{
    [Theory]
    [InlineData("until: { time: \"15:30\" }", null, "2024-01-02T15:30")]
    [InlineData("until: { time: \"12:00\" }", null, "2024-01-02T12:00")]
    [InlineData("until: { time: \"11:59\" }", null, "2024-01-03T11:59")]
    [InlineData("until: { time: \"09:00\" }", "America/New_York", "2024-01-02T14:00")]
    [InlineData("until: { time: \"09:00\" }", "Asia/Tokyo", "2024-01-03T00:00")]
    [InlineData("until: { weekday: monday, time: \"08:00\" }", null, "2024-01-08T08:00")]
    [InlineData("until: { weekday: tuesday, time: \"13:00\" }", null, "2024-01-02T13:00")]
    [InlineData("until: { weekday: tuesday }", null, "2024-01-09T00:00")]
    [InlineData("until: { day: 1 }", null, "2024-02-01T00:00")]
    [InlineData("until: { day: 15, time: \"10:00\" }", "Europe/Berlin", "2024-01-15T09:00")]
    [InlineData("until: { day: last }", null, "2024-01-31T00:00")]
    [InlineData("until: { date: 2024-02-29 }", null, "2024-02-29T00:00")]
    [InlineData("until: { date: 2024-04-01, time: \"09:00\" }", "Europe/Berlin", "2024-04-01T07:00")]
    [InlineData("until: { date: 2024-01-01 }", null, "2024-01-02T12:00")]
    [InlineData("until: { date: 2024-01-01, past: exit }", null, null)]
    [InlineData("until: { yearly: \"01-02\" }", null, "2025-01-02T00:00")]
    [InlineData("until: { yearly: \"02-29\", time: \"12:00\" }", null, "2024-02-29T12:00")]
    [InlineData("until: { yearly: \"01-20\", offset: -14d }", null, "2024-01-06T00:00")]
    [InlineData("until: { yearly: \"01-05\", offset: -7d }", null, "2024-12-29T00:00")]
    [InlineData("until: { attribute: renewal, offset: -14d, time: \"09:00\" }", null, "2024-02-15T09:00")]
    [InlineData("until: { attribute: moment }", null, "2024-01-10T06:30")]
    [InlineData("until: { attribute: birthday, everyYear: true, time: \"09:00\" }", null, "2024-02-29T09:00")]
    [InlineData("until: { attribute: none, past: exit }", null, null)]
    [InlineData("until: { attribute: none }", null, "2024-01-02T12:00")]
    [InlineData("until: { attribute: nonsense, past: exit }", null, null)]
    [InlineData("window: { from: \"09:00\", to: \"11:00\" }", null, "2024-01-03T09:00")]
    [InlineData("window: { from: \"09:00\", to: \"11:00\", days: [ saturday, sunday ] }", null, "2024-01-06T09:00")]
    [InlineData("window: { from: \"09:00\", to: \"17:00\" }", "America/New_York", "2024-01-02T14:00")]
    [InlineData("window: { from: \"20:00\", to: \"08:00\" }", "Asia/Tokyo", "2024-01-02T12:00")]
    public void Wait_UntilAMoment_EndsAtIt(string wait, string? zone, string? expected)
    {
        var attributes = new Dictionary<string, string>
        {
            ["renewal"] = "2024-02-29", ["moment"] = "2024-01-10T07:30:00+01:00", ["birthday"] = "1996-02-29", ["nonsense"] = "soon",
        };
        var (journey, errors) = JourneyText.ParseSteps($"  - wait: {{ {wait} }}");
        Assert.True(errors.None, string.Join(' ', errors.Errors));
        var inZone = DateTimeZoneProviders.Tzdb[zone ?? "UTC"];
        var at = journey!.Steps["1"] switch
        {
            WaitWindowStep window => window.Window.AtOrAfter(Start, inZone),
            WaitUntilStep until => until.Until.AtOrAfter(Start, inZone, attributes) ?? (until.Past == WhenPast.Exit ? null : Start),
            _ => null,
        };
        Assert.Equal(expected is null ? null : DayWindowTests.Moment(expected, DateTimeZone.Utc), at);
    }

    [Fact]
    public async Task Wait_InTheCustomersZone_SendsAtItsMomentOrEnds()
    {
        var shop = await OpenAsync(TestCampaigns.Journey("""
              - wait: { until: { attribute: renewal, offset: -2d, time: "09:00", past: exit } }
              - id: first
                send: { email: hello, topic: offers }
              - wait: { window: { from: "18:00", to: "20:00" } }
              - id: second
                send: { email: hello }
            """, enter: "event: go"));
        Says("a", "2024-01-08", "America/New_York");
        Says("b", "2024-01-03", "America/New_York");
        Says("c", "2024-01-08", null);
        await shop.Event("a", 0, "go").Event("b", 0, "go").Event("c", 0, "go").RunAsync(8);
        Assert.Equal(
            [("c", "first", "2024-01-06 09:00"), ("a", "first", "2024-01-06 14:00"), ("c", "second", "2024-01-06 18:00"), ("a", "second", "2024-01-06 23:00")],
            shop.Facts("sent").Select(f => (f.CustomerId, f.Step!, f.At.ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture))));
        Assert.Equal(("completed", Start), (Assert.Single(shop.Ended("b")).EndReason, shop.Ended("b")[0].EndedAt));

        void Says(string customer, string renewal, string? zone) => shop.Says(customer, 0, new()
        {
            Email = $"{customer}@example.com",
            EmailConsent = Segue.Customers.Consent.Granted,
            ConsentAt = Start,
            TimeZone = zone,
            Attributes = new Dictionary<string, string> { ["renewal"] = renewal },
        });
    }

    [Fact]
    public void Yearly_LeapDay_IsTheLastOfFebruaryElsewhere()
    {
        var leap = new CalendarMoment { Yearly = new(2, 29) };
        Assert.Equal(
            ["2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"],
            Enumerable.Range(2024, 5).Select(y => leap.AtOrAfter(new(y, 1, 1, 0, 0, 0, TimeSpan.Zero), DateTimeZone.Utc, null)!.Value.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)));
    }
}
