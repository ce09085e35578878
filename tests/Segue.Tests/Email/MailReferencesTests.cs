using Segue.Email;
using Segue.Storage;

namespace Segue.Tests.Email;

public sealed class MailReferencesTests
{
    private readonly MailReferences _references = new(new DerivedNames(new byte[32]));

    [Theory]
    [InlineData("c1")]
    [InlineData("gid://shopify/Customer/7")]
    [InlineData("two\nlines")]
    [InlineData("Zoë")]
    public void Open_WhatOfMade_IsTheSame(string customer)
    {
        var reference = _references.Of(customer, "send-1");
        Assert.Matches("^[A-Za-z0-9_-]+$", reference);
        Assert.DoesNotContain("send-1", reference, StringComparison.Ordinal);
        Assert.Equal((customer, "send-1"), _references.Open(reference));
    }

    [Fact]
    public void Open_AnythingElse_IsNull()
    {
        var reference = _references.Of("c1", "send-1");
        Assert.Null(_references.Open(""));
        Assert.Null(_references.Open("!"));
        Assert.Null(_references.Open(reference[..^1]));
        Assert.Null(_references.Open((reference[0] == 'A' ? 'B' : 'A') + reference[1..]));
        Assert.Null(new MailReferences(new DerivedNames([.. Enumerable.Repeat((byte)7, 32)])).Open(reference));
    }

    /// <summary>Whoever sees references (the mail service) can't unsubscribe people by them.</summary>
    [Fact]
    public void Open_ByTheLinksThatUnsubscribe_IsNull()
    {
        var links = new UnsubscribeLinks(new DerivedNames(new byte[32]));
        Assert.Null(links.Open(_references.Of("c1", "send-1")));
        Assert.Null(_references.Open(links.Of(new("https://shop.example"), "c1", "send-1").Segments[^1]));
    }
}
