using System.Globalization;
using Segue.Local.Import;
using Segue.Orders;

namespace Segue.Tests.Import;

public sealed class RowDatesTests : ImportFixture
{
    [Theory]
    [InlineData(null, "UTC", "2024-01-31", "2024-01-31T00:00:00Z")]
    [InlineData(null, "Europe/Berlin", "2024-01-31", "2024-01-30T23:00:00Z")]
    [InlineData(null, "Europe/Berlin", "2024-01-31T10:00:00Z", "2024-01-31T10:00:00Z")]
    [InlineData("yyyyMMdd", "UTC", "19970118", "1997-01-18T00:00:00Z")]
    [InlineData("yyyy-MM-dd HH:mm:ss", "America/New_York", "2024-07-01 08:00:00", "2024-07-01T12:00:00Z")]
    [InlineData("dd.MM.yyyy HH:mm zzz", "Europe/Berlin", "01.07.2024 08:00 +00:00", "2024-07-01T08:00:00Z")]
    [InlineData("M/d/yy", "UTC", "7/4/24", "2024-07-04T00:00:00Z")]
    public void Read_FormatAndZone_GiveTheInstant(string? format, string zone, string text, string instant)
    {
        var checks = new FieldChecks();
        var read = new RowDates(Options() with { DateFormat = format, Zone = zone }).Read("orderedAt", text, checks);
        Assert.Empty(checks.Errors);
        Assert.Equal(DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture), read);
    }

    [Theory]
    [InlineData("2024-03-31 02:30", "2024-03-31T03:30:00+02:00")]
    [InlineData("2024-10-27 02:30", "2024-10-27T02:30:00+02:00")]
    [InlineData("2024-10-27 03:00", "2024-10-27T03:00:00+01:00")]
    public void Read_ClockChange_MovesSkippedTimesOnAndTakesTheEarlierOfTwo(string text, string expected) =>
        Assert.Equal(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture),
            new RowDates(Options() with { Zone = "Europe/Berlin" }).Read("orderedAt", text, new()));

    [Theory]
    [InlineData("yyyyMMdd", "2024-01-31", "orderedAt: found '2024-01-31'; the format is yyyyMMdd, such as 20231129")]
    [InlineData("yyyyMMdd", "20240230", "orderedAt: found '20240230'; the format is yyyyMMdd, such as 20231129")]
    [InlineData("yyyy-MM-dd zzz", "2024-01-31", "orderedAt: found '2024-01-31'; the format is yyyy-MM-dd zzz, such as 2023-11-29 +00:00")]
    public void Read_WrongDate_SaysTheExpectedFormat(string format, string text, string error)
    {
        var checks = new FieldChecks();
        Assert.Null(new RowDates(Options() with { DateFormat = format }).Read("orderedAt", text, checks));
        Assert.Equal(error, Assert.Single(checks.Errors).ToString());
    }

    [Theory]
    [InlineData("HH:mm")]
    [InlineData("yyyyMM")]
    [InlineData("date")]
    [InlineData("%")]
    public void Constructor_FormatWithoutADay_IsRefused(string format) =>
        Assert.Equal($"orders.csv:0: --date-format: Found '{format}'; a format names year, month and day, such as yyyyMMdd or yyyy-MM-dd HH:mm:ss.",
            Assert.Throws<ImportRefusedException>(() => new RowDates(Options() with { DateFormat = format })).Message);

    [Fact]
    public void Constructor_UnknownZone_IsRefusedWithTheNearest() =>
        Assert.Equal("orders.csv:0: --zone: Found 'Europe/Zurch'; a time zone is an IANA id such as Europe/Berlin. Did you mean 'Europe/Zurich'?",
            Assert.Throws<ImportRefusedException>(() => new RowDates(Options() with { Zone = "Europe/Zurch" })).Message);
}
