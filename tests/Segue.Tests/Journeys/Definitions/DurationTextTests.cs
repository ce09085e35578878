using FsCheck;
using FsCheck.Fluent;
using Segue.Journeys;
using Segue.Journeys.Definitions;
using Segue.Tests.Support;

namespace Segue.Tests.Journeys.Definitions;

public sealed class DurationTextTests
{
    [Theory]
    [InlineData("14d", 14, 0)]
    [InlineData("2w", 14, 0)]
    [InlineData("0d", 0, 0)]
    [InlineData("36h", 0, 36 * 3600)]
    [InlineData("15m", 0, 900)]
    [InlineData("10s", 0, 10)]
    [InlineData("3660d", 3660, 0)]
    public void TryParse_NumberAndUnit_IsThatLong(string text, int days, int seconds)
    {
        Assert.True(DurationText.TryParse(text, out var duration));
        Assert.Equal(new Duration(days, TimeSpan.FromSeconds(seconds)), duration);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("d")]
    [InlineData("14")]
    [InlineData("14 d")]
    [InlineData("-1d")]
    [InlineData("1.5h")]
    [InlineData("14D")]
    [InlineData("2 weeks")]
    [InlineData("1d12h")]
    [InlineData("3661d")]
    [InlineData("99999999999s")]
    [InlineData("١d")]
    public void TryParse_AnythingElse_IsRefused(string? text) => Assert.False(DurationText.TryParse(text, out _));

    [Fact]
    public void TryParse_AnyText_GivesALengthOnlyWhereItSaysSo() => Prop.ForAll<string?>(text =>
        DurationText.TryParse(text, out var duration) ? duration.Elapsed() >= TimeSpan.Zero : duration == default)
        .Holds();

    [Fact]
    public void Elapsed_DaysAndTime_CountsDaysAs24Hours() =>
        Assert.Equal(TimeSpan.FromHours(49), new Duration(2, TimeSpan.FromHours(1)).Elapsed());
}
