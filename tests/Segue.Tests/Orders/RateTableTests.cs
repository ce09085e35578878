using Segue.Files;
using Segue.Orders;

namespace Segue.Tests.Orders;

public sealed class RateTableTests
{
    private const string Rates = "Currency,day,rate\nusd,2024-01-05,0.92\nUSD,2024-01-01,0.91\nCHF,2024-01-01,1.07\n";

    [Theory]
    [InlineData("2024-01-01T00:00:00Z", "0.91")]
    [InlineData("2024-01-04T23:59:59Z", "0.91")]
    [InlineData("2024-01-05T00:30:00+01:00", "0.91")]
    [InlineData("2024-01-05T00:00:00Z", "0.92")]
    [InlineData("2024-01-12T23:59:59Z", "0.92")]
    public void TryFind_NewestUpToTheUtcDay_IsTaken(string at, string rate)
    {
        Assert.True(Table(Rates).TryFind("USD", DateTimeOffset.Parse(at, null), out var found, out _));
        Assert.Equal(decimal.Parse(rate, null), found);
    }

    [Theory]
    [InlineData("USD", "2023-12-31T12:00:00Z", "the first exchange rate for USD is of 2024-01-01, after 2023-12-31")]
    [InlineData("USD", "2024-01-13T00:00:00Z", "the newest exchange rate for USD on 2024-01-13 is of 2024-01-05, more than 7 days older")]
    [InlineData("GBP", "2024-01-05T00:00:00Z", "there is no exchange rate for GBP; there are rates for CHF, USD")]
    public void TryFind_NoRate_SaysWhatIsThere(string currency, string at, string fault)
    {
        Assert.False(Table(Rates).TryFind(currency, DateTimeOffset.Parse(at, null), out _, out var found));
        Assert.Equal(fault, found);
    }

    [Fact]
    public void TryFind_NoRatesAtAll_SaysSo()
    {
        Assert.False(RateTable.Empty.TryFind("USD", DateTimeOffset.UnixEpoch, out _, out var fault));
        Assert.Equal("there are no exchange rates, so USD can't be converted", fault);
    }

    [Fact]
    public void Parse_WrongRows_TellsEachWithItsLine()
    {
        var errors = new FileErrors();
        Assert.Null(RateTable.Parse("rates.csv", new StringReader(
            "day,currency,rate\n05.01.2024,USD,1\n2024-01-05,dollar,1\n\n2024-01-05,USD,0\n2024-01-05,USD,\"0,9\"\n2024-01-06,USD,1\n2024-01-06,usd,2\n"), errors));
        Assert.Equal(
            [
                "rates.csv:2: day: Found '05.01.2024'; a day is written like 2024-01-31.",
                "rates.csv:3: currency: Found 'DOLLAR'; a currency is an ISO 4217 code such as EUR.",
                "rates.csv:5: rate: Found '0'; a rate is above 0 and at most 1000000, such as 0.9123.",
                "rates.csv:6: rate: Found '0,9'; a rate is above 0 and at most 1000000, such as 0.9123.",
                "rates.csv:8: day: Found a second rate of USD for 2024-01-06; a day has one.",
            ],
            errors.Errors.Select(e => e.ToString()));
    }

    [Theory]
    [InlineData("date,currency,rate\n", "rates.csv:1: Found the header 'date,currency,rate'; a rates file has the columns day,currency,rate.")]
    [InlineData("", "rates.csv:1: Found nothing; a rates file has the columns day,currency,rate.")]
    public void Parse_WrongHeader_IsRefused(string text, string error)
    {
        var errors = new FileErrors();
        Assert.Null(RateTable.Parse("rates.csv", new StringReader(text), errors));
        Assert.Equal(error, Assert.Single(errors.Errors).ToString());
    }

    private static RateTable Table(string text) => RateTable.Parse("rates.csv", new StringReader(text), new FileErrors())!;
}
