using FsCheck;
using FsCheck.Fluent;
using Segue.Ports;
using Segue.Storage;
using Segue.Tests.Support;

namespace Segue.Tests.Ports;

public sealed class KeyRangeTests
{
    private static readonly string[] Pieces =
        ["a", "b", "~", "\u007F", "é", "\uD7FF", "\U00010000", "\U000103FF", "😀", "\U0010FFFF", "\uE000", "\uFFFE", "\uFFFF"];

    [Fact]
    public void Prefix_AnyWholeText_HoldsExactlyTheKeysThatBeginWithIt() =>
        Prop.ForAll(Texts(1), Texts(0), (prefix, other) =>
        {
            var range = KeyRange.Prefix(prefix);
            return range.Contains(prefix)
                && range.Contains(prefix + other)
                && range.Contains(other) == other.StartsWith(prefix, StringComparison.Ordinal)
                && (range.Before is null || TableRules.IsWellFormed(range.Before));
        }).Holds(3000);

    [Theory]
    [InlineData("0-", "0.")]
    [InlineData("a\uFFFF", "b")]
    [InlineData("\uFFFF\uFFFF", null)]
    [InlineData("a\uD7FF", "a\U00010000")]
    [InlineData("a\U000103FF", "a\U00010400")]
    [InlineData("a\U0010FFFF", "a\uE000")]
    public void Prefix_Example_EndsBeforeTheNextText(string prefix, string? before) =>
        Assert.Equal(new KeyRange(prefix, before), KeyRange.Prefix(prefix));

    [Fact]
    public void Prefix_Empty_IsRefused() => Assert.Throws<ArgumentException>(() => KeyRange.Prefix(""));

    private static Arbitrary<string> Texts(int atLeast) =>
        Gen.Choose(atLeast, 4).SelectMany(count => Gen.Elements(Pieces).ArrayOf(count)).Select(string.Concat).ToArbitrary();
}
