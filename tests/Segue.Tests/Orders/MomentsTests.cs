using NodaTime;
using Segue.Orders;

namespace Segue.Tests.Orders;

public sealed class MomentsTests
{
    [Theory]
    [InlineData("2024-01-31", "2024-01-31T00:00:00", null)]
    [InlineData("2024-01-31T18:05", "2024-01-31T18:05:00", null)]
    [InlineData("2024-01-31 18:05:07", "2024-01-31T18:05:07", null)]
    [InlineData("2024-01-31T18:05:07.25", "2024-01-31T18:05:07.25", null)]
    [InlineData("2024-01-31t18:05:07z", "2024-01-31T18:05:07", 0)]
    [InlineData("2024-01-31T24:00:00Z", "2024-02-01T00:00:00", 0)]
    [InlineData("2024-01-31T18:05Z", "2024-01-31T18:05:00", 0)]
    [InlineData("2024-01-31T18:05:07+01:00", "2024-01-31T18:05:07", 60)]
    [InlineData("2024-01-31T18:05:07-0330", "2024-01-31T18:05:07", -210)]
    [InlineData("2024-01-31T18:05:07.123456789+01", "2024-01-31T18:05:07.123456789", 60)]
    public void TryParseIso_KnownForms_AreRead(string text, string local, int? minutes)
    {
        Assert.True(Moments.TryParseIso(text, out var read, out var offset));
        Assert.Equal(NodaTime.Text.LocalDateTimePattern.ExtendedIso.Parse(local).Value, read);
        Assert.Equal(minutes, (int?)offset?.TotalMinutes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("20240131")]
    [InlineData("31.01.2024")]
    [InlineData("2024-02-30")]
    [InlineData("2024-01-31T18:05:60Z")]
    [InlineData("2024-01-31T18:05:07+15:00")]
    [InlineData("2024-01-31T18:05:07+1")]
    [InlineData("2024-01-31T18:05:07+01:00:00")]
    [InlineData("2024-01-31T18:05:07 UTC")]
    [InlineData("2024-01-31T18:05:07Zjunk")]
    [InlineData("2024-01-31X18:05:07Z")]
    public void TryParseIso_AnythingElse_IsNone(string text) => Assert.False(Moments.TryParseIso(text, out _, out _));

    [Theory]
    [InlineData(1969, false)]
    [InlineData(1970, true)]
    [InlineData(9998, true)]
    [InlineData(9999, false)]
    public void IsBelievable_Years_HaveBounds(int year, bool believable) =>
        Assert.Equal(believable, Moments.IsBelievable(new LocalDateTime(year, 6, 1, 0, 0)));
}
