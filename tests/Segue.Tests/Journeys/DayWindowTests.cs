using System.Globalization;
using FsCheck.Fluent;
using NodaTime;
using Segue.Journeys;
using Segue.Tests.Support;

namespace Segue.Tests.Journeys;

/// <summary>Hours and weekdays in a zone, across clock changes.</summary>
public sealed class DayWindowTests
{
    private static readonly IsoDayOfWeek[] _workdays =
        [IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday, IsoDayOfWeek.Friday];

    // 2026-03-02 is a Monday. Berlin's clocks go forward on 2026-03-29 at 02:00 and back on 2026-10-25 at 03:00.
    [Theory]
    [InlineData("09:00", "17:00", false, "2026-03-02T06:00", "2026-03-02T09:00")]
    [InlineData("09:00", "17:00", false, "2026-03-02T09:00", "2026-03-02T09:00")]
    [InlineData("09:00", "17:00", false, "2026-03-02T16:59", "2026-03-02T16:59")]
    [InlineData("09:00", "17:00", false, "2026-03-02T17:00", "2026-03-03T09:00")]
    [InlineData("09:00", "17:00", true, "2026-03-06T17:00", "2026-03-09T09:00")]
    [InlineData("09:00", "17:00", true, "2026-03-07T12:00", "2026-03-09T09:00")]
    [InlineData("22:00", "06:00", false, "2026-03-02T23:00", "2026-03-02T23:00")]
    [InlineData("22:00", "06:00", false, "2026-03-02T05:59", "2026-03-02T05:59")]
    [InlineData("22:00", "06:00", false, "2026-03-02T06:00", "2026-03-02T22:00")]
    [InlineData("22:00", "06:00", true, "2026-03-07T05:00", "2026-03-07T05:00")]
    [InlineData("22:00", "06:00", true, "2026-03-08T05:00", "2026-03-09T22:00")]
    [InlineData("00:00", "00:00", true, "2026-03-07T12:00", "2026-03-09T00:00")]
    [InlineData("00:00", "00:00", false, "2026-03-07T12:00", "2026-03-07T12:00")]
    [InlineData("02:30", "04:00", false, "2026-03-29T01:00", "2026-03-29T03:30")]
    [InlineData("02:30", "04:00", false, "2026-10-25T00:00", "2026-10-25T02:30")]
    [InlineData("09:00", "17:00", false, "2026-03-28T18:00", "2026-03-29T09:00")]
    [InlineData("09:00", "17:00", false, "2026-10-24T18:00", "2026-10-25T09:00")]
    public void AtOrAfter_LocalMoment_IsWithinTheHours(string from, string to, bool workdays, string at, string expected)
    {
        var zone = DateTimeZoneProviders.Tzdb["Europe/Berlin"];
        var window = new DayWindow(Time(from), Time(to), workdays ? _workdays : null);
        var opens = window.AtOrAfter(Moment(at, zone), zone);
        Assert.Equal(Moment(expected, zone), opens);
        Assert.Equal(at == expected, window.Contains(Moment(at, zone), zone));
    }

    // The facts of Mautic's interval scheduling tests, for hours 08:00-10:00 and weekdays, in UTC and a customer's zone:
    // https://github.com/mautic/mautic/blob/002d4b6816185c5eec341522d4663fc09721427c/app/bundles/CampaignBundle/Tests/Executioner/Scheduler/Mode/IntervalTest.php
    // Two rows differ on purpose: within the hours Segue goes on at once, where Mautic waits for their next beginning; and
    // hours written the wrong way round last over midnight.
    [Theory]
    [InlineData("08:00-10:00", "", "UTC", "2018-10-19T09:59", "2018-10-19T09:59")]
    [InlineData("08:00-10:00", "", "UTC", "2018-10-19T10:00", "2018-10-20T08:00")]
    [InlineData("10:00-11:00", "", "UTC", "2018-10-19T10:00", "2018-10-19T10:00")]
    [InlineData("10:00-11:00", "", "UTC", "2018-10-18T10:00", "2018-10-18T10:00")]
    [InlineData("10:00-11:00", "", "UTC", "2018-10-20T10:00", "2018-10-20T10:00")]
    [InlineData("10:00-11:00", "", "UTC", "2018-10-19T08:00", "2018-10-19T10:00")]
    [InlineData("08:00-10:00", "", "UTC", "2018-10-19T12:00", "2018-10-20T08:00")]
    [InlineData("08:00-10:00", "", "UTC", "2018-10-18T12:00", "2018-10-19T08:00")]
    [InlineData("08:00-10:00", "", "UTC", "2018-10-20T12:00", "2018-10-21T08:00")]
    [InlineData("", "0", "UTC", "2018-10-21T08:00", "2018-10-21T08:00")]
    [InlineData("", "35", "UTC", "2018-10-21T08:00", "2018-10-24T00:00")]
    [InlineData("10:00-08:00", "", "UTC", "2018-10-19T10:00", "2018-10-19T10:00")]
    [InlineData("10:00-08:00", "", "UTC", "2018-10-19T09:00", "2018-10-19T10:00")]
    [InlineData("08:00-10:00", "56", "UTC", "2018-10-20T12:00", "2018-10-26T08:00")]
    [InlineData("08:00-10:00", "", "America/New_York", "2018-10-19T09:00", "2018-10-19T12:00")]
    [InlineData("08:00-10:00", "", "America/New_York", "2018-11-03T15:00", "2018-11-04T13:00")]
    public void AtOrAfter_FactsOfIntervalScheduling_Hold(string hours, string days, string zoneId, string at, string expected)
    {
        var zone = DateTimeZoneProviders.Tzdb[zoneId];
        var (from, to) = hours.Length == 0 ? (LocalTime.Midnight, LocalTime.Midnight) : (Time(hours[..5]), Time(hours[6..]));
        var window = new DayWindow(from, to, days.Length == 0 ? null : [.. days.Select(d => d == '0' ? IsoDayOfWeek.Sunday : (IsoDayOfWeek)(d - '0'))]);
        Assert.Equal(Moment(expected, DateTimeZone.Utc), window.AtOrAfter(Moment(at, DateTimeZone.Utc), zone));
    }

    [Fact]
    public void AtOrAfter_AnyMoment_IsTheFirstWithinAndStaysWithin()
    {
        var zones = new[] { "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe" }.Select(z => DateTimeZoneProviders.Tzdb[z]).ToArray();
        Prop.ForAll<(int, int, int, int)>(drawn =>
        {
            var (minute, from, length, zoneAt) = drawn;
            var zone = zones[Math.Abs(zoneAt % zones.Length)];
            var start = LocalTime.Midnight.PlusMinutes(Math.Abs(from % 1440));
            var window = new DayWindow(start, start.PlusMinutes(1 + Math.Abs(length % 1438)), from % 2 == 0 ? _workdays : null);
            var at = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(Math.Abs(minute % 525_600));
            var opens = window.AtOrAfter(at, zone);
            return opens >= at && opens - at < TimeSpan.FromDays(4) && window.AtOrAfter(opens, zone) == opens
                && (opens == at || !window.Contains(opens.AddMinutes(-1), zone) || opens.AddMinutes(-1) < at);
        }).Holds();
    }

    internal static DateTimeOffset Moment(string local, DateTimeZone zone) => LocalDateTime.FromDateTime(
        DateTime.ParseExact(local, "yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture)).InZoneLeniently(zone).ToDateTimeOffset();

    private static LocalTime Time(string text) => LocalTime.FromTimeOnly(TimeOnly.ParseExact(text, "HH:mm", CultureInfo.InvariantCulture));
}
