using FsCheck;
using FsCheck.Fluent;
using Segue.Campaigns;
using Segue.Tests.Support;

namespace Segue.Tests.Campaigns;

public sealed class ContentHashTests
{
    [Fact]
    public void Of_Text_IsSixteenHexadecimalDigitsForEver() => Assert.Equal("d13ffee347eb7e56", ContentHash.Of("id: a\n"));

    [Fact]
    public void Of_OtherLineEndsOrByteOrderMark_IsTheSame() =>
        Assert.Single(new[] { "a\nb\n", "a\r\nb\r\n", "\uFEFFa\nb\n" }.Select(t => ContentHash.Of(t)).Distinct());

    [Fact]
    public void Of_PartsCutElsewhere_Differs() => Prop.ForAll<NonEmptyString, NonEmptyString>((a, b) =>
        ContentHash.Of(a.Get, b.Get) != ContentHash.Of(a.Get + b.Get)
        && ContentHash.Of(a.Get, b.Get) != ContentHash.Of(a.Get, b.Get, "")).Holds();
}
