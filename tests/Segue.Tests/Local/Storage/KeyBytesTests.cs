using FsCheck;
using FsCheck.Fluent;
using Segue.Local.Storage;
using Segue.Tests.Support;

namespace Segue.Tests.Local.Storage;

public sealed class KeyBytesTests
{
    private static readonly Arbitrary<string> Texts =
        Gen.Elements('\0', 'a', '\u007F', '\u0080', '\u07FF', '\u0800', '\uD7FF', '\uD800', '\uDBFF', '\uDC00', '\uDFFF', '\uE000', '\uFFFF')
            .ArrayOf().Select(chars => new string(chars)).ToArbitrary();

    [Fact]
    public void Of_AnyTwoTexts_SortAsTheTextsDo() =>
        Prop.ForAll(Texts, Texts, (a, b) =>
            Math.Sign(string.CompareOrdinal(a, b)) == Math.Sign(KeyBytes.Of(a).AsSpan().SequenceCompareTo(KeyBytes.Of(b)))
            && KeyBytes.Of(a).AsSpan().SequenceCompareTo(KeyBytes.AfterAll) < 0).Holds(2000);

    [Fact]
    public void Of_AnyText_ComesBack()
    {
        Prop.ForAll(Texts, text => KeyBytes.ToKey(KeyBytes.Of(text)) == text).Holds();
        var longest = new string('中', 600);
        Assert.Equal(longest, KeyBytes.ToKey(KeyBytes.Of(longest)));
    }

    [Fact]
    public void Of_Ascii_IsReadableInTheFile() => Assert.Equal("0-profile"u8.ToArray(), KeyBytes.Of("0-profile"));
}
