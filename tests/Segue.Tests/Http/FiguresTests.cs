using Segue.Http.Dashboard;

namespace Segue.Tests.Http;

public sealed class FiguresTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 6, 58, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, "0 %")]
    [InlineData(0.0004, "< 0.1 %")]
    [InlineData(0.014, "1.4 %")]
    [InlineData(0.0996, "10 %")]
    [InlineData(0.374, "37 %")]
    [InlineData(1, "100 %")]
    public void Percent_KeepsADigitWhereItIsSmall(double share, string text) => Assert.Equal(text, Figures.Percent(share));

    [Theory]
    [InlineData("EUR", 12345.6, "€12,346")]
    [InlineData("CHF", 12, "CHF\u00A012")]
    [InlineData("USD", -5, "−$5")]
    public void Money_HasTheCurrencysSign(string currency, double value, string text) =>
        Assert.Equal(text, Figures.Money((decimal)value, currency));

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(5, 0, 0)]
    [InlineData(-5, 10, 0)]
    [InlineData(5, 10, 0.5)]
    [InlineData(15, 10, 1)]
    public void Share_IsBetweenNothingAndAll(int part, int whole, double share) => Assert.Equal(share, Figures.Share(part, whole));

    [Theory]
    [InlineData(-60, "in the future")]
    [InlineData(20, "just now")]
    [InlineData(60, "1 minute ago")]
    [InlineData(3600 * 5, "5 hours ago")]
    [InlineData(86400, "1 day ago")]
    [InlineData(86400 * 75, "2 months ago")]
    [InlineData(86400 * 10000, "27 years ago")]
    public void Ago_IsInTheLargestUnitThatSaysEnough(int seconds, string text) =>
        Assert.Equal(text, Figures.Ago(Now.AddSeconds(-seconds), Now));
}
