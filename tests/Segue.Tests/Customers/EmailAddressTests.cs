using Segue.Customers;

namespace Segue.Tests.Customers;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData(" Ann.Lee+news@Example.COM ", "ann.lee+news@example.com")]
    [InlineData("x@BÜCHER.example", "x@xn--bcher-kva.example")]
    [InlineData("JÖRG@example.org", "jörg@example.org")]
    [InlineData("o'neil@example.co.uk", "o'neil@example.co.uk")]
    public void TryNormalise_Address_TakesItsKeptForm(string text, string kept)
    {
        Assert.True(EmailAddress.TryNormalise(text, out var normalised));
        Assert.Equal(kept, normalised);
        Assert.True(EmailAddress.TryNormalise(kept, out var again));
        Assert.Equal(kept, again);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ann")]
    [InlineData("@example.com")]
    [InlineData("ann@")]
    [InlineData("ann@localhost")]
    [InlineData("ann@example..com")]
    [InlineData("ann@example.com.")]
    [InlineData("ann@-example.com")]
    [InlineData("ann@exa mple.com")]
    [InlineData("an n@example.com")]
    [InlineData("a@b@example.com")]
    [InlineData("Ann <ann@example.com>")]
    [InlineData(".ann@example.com")]
    [InlineData("ann..lee@example.com")]
    [InlineData("ann@example.com\nBcc: x@example.com")]
    public void TryNormalise_NoAddress_IsRefused(string text) => Assert.False(EmailAddress.TryNormalise(text, out _));

    [Fact]
    public void TryNormalise_TooLong_IsRefused()
    {
        Assert.False(EmailAddress.TryNormalise($"{new string('a', 65)}@example.com", out _));
        Assert.False(EmailAddress.TryNormalise($"a@{string.Join('.', Enumerable.Repeat(new string('b', 60), 5))}.com", out _));
    }

    [Fact]
    public void CustomerIdOf_Address_IsStableForEver() =>
        Assert.Equal("email:71d4f55f72fa128dfb468a1a3901507c", EmailAddress.CustomerIdOf("ann@example.com"));
}
