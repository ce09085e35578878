using System.Buffers.Text;
using System.Text;
using Segue.Email;
using Segue.Storage;

namespace Segue.Tests.Email;

public sealed class UnsubscribeLinksTests
{
    private static readonly Uri Public = new("https://mail.example.com");
    private static readonly UnsubscribeLinks Links = new(new DerivedNames(new byte[32]));

    [Theory]
    [InlineData("a")]
    [InlineData("gid://shopify/Customer/1")]
    [InlineData("名前 ü")]
    public void Open_OwnLink_SaysWhoAndWhichMail(string customer)
    {
        var link = Links.Of(Public, customer, "send-1");
        Assert.StartsWith("https://mail.example.com/unsubscribe/", link.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal((customer, "send-1"), Links.Open(link.Segments[^1]));
    }

    [Fact]
    public void Of_SameMail_IsTheSameLink() => Assert.Equal(Links.Of(Public, "a", "s"), Links.Of(Public, "a", "s"));

    [Fact]
    public void Of_ShowsNothingOfTheCustomer() =>
        Assert.DoesNotContain(
            "customer", Encoding.Latin1.GetString(Base64Url.DecodeFromChars(Links.Of(Public, "customer@example.com", "s").Segments[^1])), StringComparison.Ordinal);

    [Fact]
    public void Open_AnyBitChanged_IsRefused()
    {
        var token = Base64Url.DecodeFromChars(Links.Of(Public, "a", "send-1").Segments[^1]);
        for (var bit = 0; bit < token.Length * 8; bit++)
        {
            var tampered = token.ToArray();
            tampered[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Null(Links.Open(Base64Url.EncodeToString(tampered)));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("no base64 at all!")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void Open_NoTokenOfOurs_IsRefused(string token) => Assert.Null(Links.Open(token));

    [Fact]
    public void Open_AnotherShopsLink_IsRefused()
    {
        var other = new UnsubscribeLinks(new DerivedNames([.. Enumerable.Repeat((byte)7, 32)]));
        Assert.Null(Links.Open(other.Of(Public, "a", "s").Segments[^1]));
    }
}
