using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Segue.Orders;
using Segue.Tests.Support;

namespace Segue.Tests.Orders;

public sealed class MoneyTests
{
    [Fact]
    public void TryParse_AnyAmountOfFourDecimals_IsReadExactly() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), ArbMap.Default.ArbFor<byte>(), (units, places) =>
        {
            var amount = Math.Abs((decimal)units) / (decimal)Math.Pow(10, places % 5);
            return Money.TryParse(amount.ToString(CultureInfo.InvariantCulture), false, out var read, out var fault)
                && read == amount && fault is null;
        }).Holds();

    [Theory]
    [InlineData("0", "0")]
    [InlineData("-0", "0")]
    [InlineData("12.50000000", "12.5")]
    [InlineData("007", "7")]
    [InlineData("1000000000000", "1000000000000")]
    public void TryParse_PlainDigits_AreTaken(string text, string amount)
    {
        Assert.True(Money.TryParse(text, false, out var read, out _));
        Assert.Equal(decimal.Parse(amount, CultureInfo.InvariantCulture), read);
    }

    [Theory]
    [InlineData("12,50", "a comma is no decimal sign here")]
    [InlineData("1.234,50", "a comma is no decimal sign here")]
    [InlineData("1,234.50", "without thousands separators")]
    [InlineData("1,234,567", "without thousands separators")]
    [InlineData("1,234", "without thousands separators")]
    [InlineData("1 234", "digits with a decimal point, such as 1234.50")]
    [InlineData("", "digits with a decimal point")]
    [InlineData(".5", "digits with a decimal point")]
    [InlineData("5.", "digits with a decimal point")]
    [InlineData("€5", "digits with a decimal point")]
    [InlineData("+5", "digits with a decimal point")]
    [InlineData("NaN", "digits with a decimal point")]
    [InlineData("٣", "digits with a decimal point")]
    [InlineData("0.00001", "at most 4 decimals")]
    [InlineData("99999999999999999999999999999999999999", "at most 1000000000000")]
    [InlineData("-0.01", "zero or more")]
    public void TryParse_AnythingElse_IsRefusedWithAHint(string text, string hint)
    {
        Assert.False(Money.TryParse(text, false, out _, out var fault));
        Assert.Contains(hint, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void TryParse_NegativeBalance_IsTakenWhereAllowed()
    {
        Assert.True(Money.TryParse("-3.2", true, out var read, out _));
        Assert.Equal(-3.2m, read);
    }
}
