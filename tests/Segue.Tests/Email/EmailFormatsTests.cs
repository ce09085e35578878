using Segue.Email;

namespace Segue.Tests.Email;

public sealed class EmailFormatsTests
{
    [Theory]
    [InlineData("EUR", "1250", "€1,250.00")]
    [InlineData("USD", "0.5", "$0.50")]
    [InlineData("GBP", "-3", "-£3.00")]
    [InlineData("CHF", "12.5", "CHF 12.50")]
    [InlineData("JPY", "1980", "¥1,980")]
    public void Money_Number_HasCurrencyAndItsDecimals(string currency, string number, string shown)
    {
        var formats = new EmailFormats(currency, "UTC");
        Assert.Equal(shown, formats.Money(number));
        Assert.Equal(shown, formats.Money(decimal.Parse(number, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("a lot", "a lot")]
    [InlineData(null, "")]
    public void Money_NoNumber_StaysAsItIs(string? value, string shown) => Assert.Equal(shown, new EmailFormats("EUR", "UTC").Money(value));

    [Theory]
    [InlineData("UTC", "2026-03-28T23:30:00Z", "28 March 2026")]
    [InlineData("Europe/Berlin", "2026-03-28T23:30:00Z", "29 March 2026")]
    [InlineData("America/New_York", "2026-03-28T03:30:00Z", "27 March 2026")]
    public void Date_Moment_IsTheDayInTheZone(string zone, string moment, string shown)
    {
        var formats = new EmailFormats("EUR", zone);
        Assert.Equal(shown, formats.Date(DateTimeOffset.Parse(moment, System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(shown, formats.Date(moment));
    }

    [Theory]
    [InlineData("2026-03-28", "28 March 2026")]
    [InlineData("next week", "next week")]
    [InlineData("12", "12")]
    [InlineData(null, "")]
    public void Date_NoMoment_IsReadAsDayOrLeft(string? value, string shown) => Assert.Equal(shown, new EmailFormats("EUR", "Asia/Tokyo").Date(value));

    [Theory]
    [InlineData("15", "15%")]
    [InlineData("12.50", "12.5%")]
    [InlineData(null, "")]
    public void Percent_Number_HasNoNeedlessZeros(string? value, string shown) => Assert.Equal(shown, EmailFormats.Percent(value));
}
