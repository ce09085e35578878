using FsCheck;
using FsCheck.Fluent;
using Segue.Storage;
using Segue.Tests.Support;

namespace Segue.Tests.Storage;

public sealed class KeysTests
{
    [Fact]
    public void Escape_AnyText_ComesBackFromUnescape() =>
        Prop.ForAll<NonNull<string>>(id => Keys.Unescape(Keys.Escape(id.Get)) == id.Get).Holds();

    [Fact]
    public void Escape_AnyText_HoldsOnlyCharactersThatAKeyMayHold() =>
        Prop.ForAll<NonNull<string>>(id => Keys.Escape(id.Get).All(c => c is > ' ' and < (char)127 and not ('/' or '\\' or '#' or '?' or '~')))
            .Holds();

    [Theory]
    [InlineData("gid://shopify/Order/1", "gid:!002F!002Fshopify!002FOrder!002F1")]
    [InlineData("plain-1.2_3", "plain-1.2_3")]
    [InlineData("a~b", "a!007Eb")]
    public void Escape_Example_IsReadable(string id, string key) => Assert.Equal(key, Keys.Escape(id));

    [Theory]
    [InlineData("!")]
    [InlineData("a!00")]
    [InlineData("!00G0")]
    public void Unescape_NoEscapedKey_SaysSo(string key) => Assert.Throws<FormatException>(() => Keys.Unescape(key));
}
