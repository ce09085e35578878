using Segue.Ports;

namespace Segue.Tests.Ports;

/// <summary>What every sender of e-mails must do, a mail service's adapter as the pick-up folder.</summary>
public abstract class EmailSenderContract
{
    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract IEmailSender Sender { get; }

    protected static RenderedEmail Email(string sendId = "send-1") => new(
        sendId,
        "shop@example.com",
        "The Shop",
        "help@example.com",
        "customer@example.org",
        "Ann Example",
        "Five percent for you",
        "<p>Come <b>back</b></p>",
        "Come back",
        new Uri("https://shop.example.com/unsubscribe/abc?x=1&y=2"),
        ["core-reactivation", "1", "a"]);

    [Fact]
    public async Task Send_Email_IsAccepted() =>
        Assert.IsType<SendAnswer.Accepted>(await Sender.SendAsync(Email(), Cancellation));

    [Fact]
    public async Task WasAccepted_SenderThatCanSay_KnowsWhatItAcceptedAndNothingElse()
    {
        Assert.NotEqual(true, await Sender.WasAcceptedAsync("send-1", Cancellation));
        await Sender.SendAsync(Email(), Cancellation);
        await Sender.SendAsync(Email("send-2") with { To = "nobody" }, Cancellation);

        Assert.NotEqual(false, await Sender.WasAcceptedAsync("send-1", Cancellation));
        Assert.NotEqual(true, await Sender.WasAcceptedAsync("send-2", Cancellation));
        Assert.NotEqual(true, await Sender.WasAcceptedAsync("send-3", Cancellation));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nobody")]
    [InlineData("@example.org")]
    [InlineData("ann@")]
    [InlineData("ann example@example.org")]
    [InlineData("Ann <ann@example.org>")]
    [InlineData("ann@example.org, bob@example.org")]
    [InlineData("ann@example.org\r\nBcc: bob@example.org")]
    [InlineData("ann@example.org>\r\nBcc: <bob@example.org")]
    [InlineData("ann@exa\0mple.org")]
    public async Task Send_BadAddress_IsRejected(string address)
    {
        Assert.IsType<SendAnswer.Rejected>(await Sender.SendAsync(Email() with { To = address }, Cancellation));
        Assert.IsType<SendAnswer.Rejected>(await Sender.SendAsync(Email() with { From = address }, Cancellation));
        Assert.IsType<SendAnswer.Rejected>(await Sender.SendAsync(Email() with { ReplyTo = address }, Cancellation));
    }

    [Theory]
    [InlineData("Hello\r\nBcc: bob@example.org")]
    [InlineData("Hello\nBcc: bob@example.org")]
    [InlineData("Hello\rBcc: bob@example.org")]
    [InlineData("Hello\0")]
    public async Task Send_HeaderThatBreaksOut_IsRejected(string text)
    {
        Assert.IsType<SendAnswer.Rejected>(await Sender.SendAsync(Email() with { Subject = text }, Cancellation));
        Assert.IsType<SendAnswer.Rejected>(await Sender.SendAsync(Email() with { FromName = text }, Cancellation));
        Assert.IsType<SendAnswer.Rejected>(await Sender.SendAsync(Email() with { ToName = text }, Cancellation));
        Assert.IsType<SendAnswer.Rejected>(await Sender.SendAsync(Email() with { Categories = ["ok", text] }, Cancellation));
    }

    [Theory]
    [InlineData("a+b@example.org")]
    [InlineData("o'neill@example.org")]
    [InlineData("a.b_c-d@sub.example.co.uk")]
    [InlineData("ann@münchen.example")]
    public async Task Send_UnusualAddress_IsAccepted(string address) =>
        Assert.IsType<SendAnswer.Accepted>(await Sender.SendAsync(Email() with { To = address }, Cancellation));

    [Theory]
    [InlineData("../up")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a.b")]
    [InlineData("")]
    public async Task Send_IdThatIsNone_Throws(string sendId) =>
        await Assert.ThrowsAsync<ArgumentException>(() => Sender.SendAsync(Email(sendId), Cancellation));
}
