using System.Globalization;
using NodaTime;
using Segue.Journeys;
using Duration = Segue.Journeys.Duration;

namespace Segue.Tests.Journeys.Elsewhere;

/// <summary>
/// The table by which Mautic tests when an event with an hour, hours and weekdays runs, as facts: when it is due, in which zone, with
/// what restriction, and when it then runs. Where Segue answers otherwise, the row says why.
/// </summary>
/// <remarks>
/// Mautic, app/bundles/CampaignBundle/Tests/Executioner/Scheduler/Mode/IntervalTest.php, at 002d4b6: its cases of batch rescheduling, of
/// grouping by zone and of the change to winter time. Its weekdays are numbered from Sunday, 0; a time without a date counts as today's.
/// </remarks>
public sealed class MauticScheduleTests
{
    private static readonly IsoDayOfWeek Wednesday = IsoDayOfWeek.Wednesday, Friday = IsoDayOfWeek.Friday, Saturday = IsoDayOfWeek.Saturday, Sunday = IsoDayOfWeek.Sunday;

    public static TheoryData<string, string, string?, string?, IsoDayOfWeek[]?, string> Windows { get; } = new()
    {
        // One bound alone restricts nothing there; Segue's files refuse it, so that nobody believes it did.
        { "on start time", "2018-10-19 10:00", "10:00", null, null, "2018-10-19 10:00" },
        { "before start time", "2018-10-19 08:00", "10:00", null, null, "2018-10-19 08:00" },
        { "before start time, day before", "2018-10-18 08:00", "10:00", null, null, "2018-10-18 08:00" },
        { "before start time, day after", "2018-10-20 08:00", "10:00", null, null, "2018-10-20 08:00" },
        { "after start time", "2018-10-19 12:00", "10:00", null, null, "2018-10-19 12:00" },
        { "after start time, day before", "2018-10-18 12:00", "10:00", null, null, "2018-10-18 12:00" },
        { "after start time, day after", "2018-10-20 12:00", "10:00", null, null, "2018-10-20 12:00" },
        { "on end time", "2018-10-19 10:00", null, "10:00", null, "2018-10-19 10:00" },
        { "before end time", "2018-10-19 08:00", null, "10:00", null, "2018-10-19 08:00" },
        { "before end time, day before", "2018-10-18 08:00", null, "10:00", null, "2018-10-18 08:00" },
        { "before end time, day after", "2018-10-20 08:00", null, "10:00", null, "2018-10-20 08:00" },
        { "after end time", "2018-10-19 12:00", null, "10:00", null, "2018-10-19 12:00" },
        { "after end time, day before", "2018-10-18 12:00", null, "10:00", null, "2018-10-18 12:00" },
        { "after end time, day after", "2018-10-20 12:00", null, "10:00", null, "2018-10-20 12:00" },

        // Both bounds. The end is outside, there as here.
        { "at the end of the range", "2018-10-19 10:00", "08:00", "10:00", null, "2018-10-20 08:00" },
        { "at its beginning", "2018-10-19 10:00", "10:00", "11:00", null, "2018-10-19 10:00" },
        { "at its beginning, day before", "2018-10-18 10:00", "10:00", "11:00", null, "2018-10-18 10:00" },
        { "at its beginning, day after", "2018-10-20 10:00", "10:00", "11:00", null, "2018-10-20 10:00" },
        { "after its end", "2018-10-19 12:00", "08:00", "10:00", null, "2018-10-20 08:00" },
        { "after its end, day before", "2018-10-18 12:00", "08:00", "10:00", null, "2018-10-19 08:00" },
        { "after its end, day after", "2018-10-20 12:00", "08:00", "10:00", null, "2018-10-21 08:00" },

        // Weekdays.
        { "an allowed day", "2018-10-21 08:00", null, null, [Sunday], "2018-10-21 08:00" },
        { "no day named", "2018-10-21 08:00", null, null, null, "2018-10-21 08:00" },
        { "hours and days", "2018-10-20 12:00", "08:00", "10:00", [Friday, Saturday], "2018-10-26 08:00" },

        // Mautic keeps the hour (24 October, 08:00). Here a window without hours is the whole day, and begins with it; quiet hours see to the rest.
        { "the next allowed day", "2018-10-21 08:00", null, null, [Wednesday, Friday], "2018-10-24 00:00" },

        // Mautic takes the bounds as swapped (20 October, 08:00). Here a window that ends before it begins lasts into the next day.
        { "bounds the other way round", "2018-10-19 10:00", "10:00", "08:00", null, "2018-10-19 10:00" },
    };

    [Theory]
    [MemberData(nameof(Windows))]
    public void Window_RowOfTheTable_GoesOnWhenTheTableSays(string row, string due, string? from, string? to, IsoDayOfWeek[]? days, string expected)
    {
        var window = from is null || to is null ? new DayWindow(LocalTime.Midnight, LocalTime.Midnight, days) : new DayWindow(Time(from), Time(to), days);
        var at = window.AtOrAfter(At(due), DateTimeZone.Utc);
        Assert.True(At(expected) == at, $"{row}: {at:u}");
        Assert.True(window.Contains(at, DateTimeZone.Utc));
    }

    [Theory]
    [InlineData("2018-10-18 16:00")]
    [InlineData("2018-10-17 16:00")]
    [InlineData("2018-10-19 16:00")]
    public void Until_OnTheSpecifiedHour_GoesOnAtOnce(string due) =>
        Assert.Equal(At(due), new CalendarMoment { Time = Time("16:00") }.AtOrAfter(At(due), DateTimeZone.Utc, null));

    [Theory]
    [InlineData("America/New_York", "2018-10-19 09:00", "2018-10-19 12:00")]
    [InlineData("UTC2", "2018-10-19 13:00", "2018-10-19 13:00")]
    public void Window_InTheContactsZone_OrTheDefaultWhereThatIsNone(string zone, string due, string expected) => Assert.Equal(
        At(expected),
        new DayWindow(Time("08:00"), Time("10:00")).AtOrAfter(At(due), CalendarTime.ZoneOf([zone, "America/New_York"])));

    [Theory]
    [InlineData("America/Los_Angeles", "06:00")]
    [InlineData("America/North_Dakota/Center", "08:00")]
    [InlineData("", "09:00")]
    [InlineData("Bad/Timezone", "09:00")]
    public void Zone_OfEachContact_IsTheirsElseTheDefault(string zone, string local) => Assert.Equal(
        Time(local),
        Instant.FromDateTimeOffset(At("2018-10-18 13:00")).InZone(CalendarTime.ZoneOf([zone, "America/New_York"])).TimeOfDay);

    [Fact]
    public void Wait_FifteenDaysOverTheChangeToWinterTime_StaysInTheWindowAndKeepsTheLocalHour()
    {
        // From 24 October 2021, 17:00 UTC, which is 13:00 in New York. Mautic counts 15 times 24 hours: 17:00 UTC, by then 12:00 there. Here days
        // are days of the customer's calendar: 13:00 again, an hour later by the sun. Both are within 08:00 to 20:00.
        const string zone = "America/New_York";
        var at = CalendarTime.Add(At("2021-10-24 17:00"), new Duration(15, default), zone);
        Assert.Equal(At("2021-11-08 18:00"), at);
        var window = new DayWindow(Time("08:00"), Time("20:00"));
        Assert.True(window.Contains(at, CalendarTime.ZoneOf([zone])));
        Assert.True(window.Contains(At("2021-11-08 17:00"), CalendarTime.ZoneOf([zone])));
        Assert.Equal(At("2021-11-07 13:00"), window.AtOrAfter(At("2021-11-07 05:30"), CalendarTime.ZoneOf([zone])));
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.ParseExact(text, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static LocalTime Time(string text) => LocalTime.FromTimeOnly(TimeOnly.ParseExact(text, "HH:mm", CultureInfo.InvariantCulture));
}
