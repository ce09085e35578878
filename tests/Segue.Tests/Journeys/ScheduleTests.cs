using Segue.Tests.Support;
using static Segue.Tests.Journeys.Definitions.JourneyText;
using static Segue.Tests.Support.TestShop;

namespace Segue.Tests.Journeys;

/// <summary>Journeys that begin by the calendar. Time begins on Tuesday, 2 January 2024, noon UTC.</summary>
public sealed class ScheduleTests
{
    private const string Mail = "  - id: mail\n    send: { email: hello, topic: offers }\n";

    [Fact]
    public async Task Schedule_EveryWeek_EntersEveryoneAtTheSecondInTheShopsZone()
    {
        var shop = await OpenAsync(new TestCampaigns
        {
            Settings = "zone: Europe/Berlin",
            Journeys = [TestCampaigns.Journey(Mail, enter: "schedule: { every: week, on: monday, at: \"09:00\" }")],
        });
        await shop.Order("a", 0).Order("b", 8).RunAsync(14);
        Assert.Equal([("a", "mail", 5.833333), ("a", "mail", 12.833333), ("b", "mail", 12.833333)], shop.Sent());
    }

    [Fact]
    public async Task Schedule_WithAGroup_EntersItsMembersOfThatMoment()
    {
        var shop = await OpenAsync(TestCampaigns.Journey(Mail, enter: "schedule: { every: day, at: \"18:00\", zone: America/New_York, tag: loyal }"));
        await shop.Order("a", 0, id: "1").Order("a", 0.1, id: "2").Order("a", 1.2, id: "3").Order("b", 0).RunAsync(4);
        Assert.Equal([("a", "mail", 1.458333), ("a", "mail", 2.458333), ("a", "mail", 3.458333)], shop.Sent());
    }

    [Fact]
    public async Task Schedule_WhoIsStillUnderWay_DoesNotEnterAgain()
    {
        var shop = await OpenAsync(TestCampaigns.Journey(Mail + "  - wait: { for: 36h }\n", enter: "schedule: { every: day, at: \"12:00\" }"));
        await shop.Order("a", 0.5).RunAsync(6);
        Assert.Equal([1.0, 3, 5], shop.Sent().Select(s => s.Day));
    }

    [Fact]
    public async Task Schedule_PausedAndResumed_SendsNobodyABurst()
    {
        var shop = await OpenAsync(TestCampaigns.Journey(Mail, enter: "schedule: { every: day, at: \"12:00\" }"));
        shop.Order("a", 0.5);
        await shop.RunAsync(2.5);
        await shop.Engine.Switches.PauseAsync("journey", "test", TestContext.Current.CancellationToken);
        await shop.RunAsync(7.5);
        await shop.Engine.Switches.ResumeAsync("journey", "test", shop.Bus, TestContext.Current.CancellationToken);
        await shop.RunAsync(9.5);
        Assert.Equal([1.0, 2, 8, 9], shop.Sent().Select(s => s.Day));
    }

    [Fact]
    public async Task Schedule_AfterAStandstill_StartsOnlyWhatIsStillNews()
    {
        var shop = await OpenAsync(TestCampaigns.Journey(Mail, enter: "schedule: { every: day, at: \"12:00\" }"));
        shop.Order("a", 0.5);
        await shop.RunAsync(1.5);
        shop.StandStillUntil(5.25);
        await shop.RunAsync(6.5);
        Assert.Equal([1.0, 6], shop.Sent().Select(s => Math.Floor(s.Day)).Where(d => d != 5));
        Assert.InRange(shop.Sent().Count, 2, 3);
    }

    [Theory]
    [InlineData("{ every: day, at: \"09:00\" }", "2024-01-02T12:00", "2024-01-03T09:00")]
    [InlineData("{ every: month, on: 1, at: \"09:00\" }", "2024-01-02T12:00", "2024-02-01T09:00")]
    [InlineData("{ every: month, on: last, at: \"09:00\" }", "2024-02-01T12:00", "2024-02-29T09:00")]
    [InlineData("{ every: month, on: 31, at: \"09:00\", zone: Europe/Berlin }", "2024-04-01T12:00", "2024-04-30T07:00")]
    [InlineData("{ every: week, on: sunday, at: \"02:30\", zone: Europe/Berlin }", "2024-03-30T12:00", "2024-03-31T01:30")]
    [InlineData("{ every: week, on: sunday, at: \"02:30\", zone: Europe/Berlin }", "2024-10-26T12:00", "2024-10-27T00:30")]
    public void NextAfter_TheCalendar_IsItsNextMoment(string schedule, string from, string next)
    {
        var (journey, errors) = Parse($"id: test\nenter: {{ schedule: {schedule} }}\nsteps: [ {{ end: }} ]");
        Assert.True(errors.None, string.Join(' ', errors.Errors));
        var utc = NodaTime.DateTimeZone.Utc;
        var at = journey!.Enter.Schedule!.NextAfter(DayWindowTests.Moment(from, utc), "UTC");
        Assert.Equal(DayWindowTests.Moment(next, utc), at);
        Assert.True(journey.Enter.Schedule.NextAfter(at, "UTC") > at);
    }

    [Theory]
    [InlineData("{ at: \"09:00\" }", "enter.schedule.every", "'every' is missing; expected day, week or month.")]
    [InlineData("{ every: week, at: \"09:00\" }", "enter.schedule.on", "'on' is missing; expected a weekday, such as monday.")]
    [InlineData("{ every: day, on: 3, at: \"09:00\" }", "enter.schedule.on", "Found 'on' beside 'every: day'; every day has the same.")]
    [InlineData("{ every: day, at: noon }", "enter.schedule.at", "Found 'noon'; expected a time of day in quotes, such as \"09:00\".")]
    [InlineData("{ every: day, at: \"09:00\", segment: nobody }", "enter.schedule.segment", "Found 'nobody'; expected a segment of segments.yaml.")]
    public void Parse_FaultInSchedule_IsNamed(string schedule, string field, string message)
    {
        var error = OnlyError(Parse($"id: test\nenter: {{ schedule: {schedule} }}\nsteps: [ {{ end: }} ]"));
        Assert.Equal(field, error.Field);
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }
}
