using System.Text.Json;
using Segue.Functions.Tests.Support;
using Segue.Ports;
using Segue.Tests.Ports;

namespace Segue.Functions.Tests.Email;

/// <summary>The sender's contract, and what SendGrid is sent.</summary>
public sealed class SendGridSenderTests : EmailSenderContract, IAsyncLifetime
{
    private readonly ManualTime _clock = new();
    private SendGridFixture _fixture = null!;

    protected override IEmailSender Sender => _fixture.Sender;

    [Fact]
    public async Task Send_Email_PostsItWithItsKey()
    {
        await Sender.SendAsync(Email(), Cancellation);

        var (head, _) = Assert.Single(_fixture.Server.Requests);
        Assert.StartsWith("POST /v3/mail/send HTTP/1.1", head, StringComparison.Ordinal);
        Assert.Contains("Authorization: Bearer SG.key", head, StringComparison.Ordinal);
        Assert.Contains("Content-Type: application/json", head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_Email_SaysAllOfItAndOnlyItsReferenceBesides()
    {
        await Sender.SendAsync(Email() with { Reference = "sealed" }, Cancellation);

        var mail = Sent();
        Assert.Equal("""{"name":"The Shop","email":"shop@example.com"}""", mail.GetProperty("from").GetRawText());
        Assert.Equal("help@example.com", mail.GetProperty("reply_to").GetProperty("email").GetString());
        Assert.Equal("Five percent for you", mail.GetProperty("subject").GetString());
        Assert.Equal("""[{"name":"Ann Example","email":"customer@example.org"}]""", mail.GetProperty("personalizations")[0].GetProperty("to").GetRawText());
        Assert.Equal("""{"segue":"sealed"}""", mail.GetProperty("custom_args").GetRawText());
        Assert.Equal("""["core-reactivation","1","a"]""", mail.GetProperty("categories").GetRawText());
        Assert.Equal(
            [("text/plain", "Come back"), ("text/html", "<p>Come <b>back</b></p>")],
            mail.GetProperty("content").EnumerateArray().Select(c => (c.GetProperty("type").GetString(), c.GetProperty("value").GetString())));
        Assert.False(mail.GetProperty("tracking_settings").GetProperty("subscription_tracking").GetProperty("enable").GetBoolean());
    }

    [Fact]
    public async Task Send_Marketing_CanBeUnsubscribedWithOneClick()
    {
        await Sender.SendAsync(Email(), Cancellation);

        var headers = Sent().GetProperty("headers");
        Assert.Equal("<https://shop.example.com/unsubscribe/abc?x=1&y=2>", headers.GetProperty("List-Unsubscribe").GetString());
        Assert.Equal("List-Unsubscribe=One-Click", headers.GetProperty("List-Unsubscribe-Post").GetString());
    }

    [Fact]
    public async Task Send_Transactional_HasNoUnsubscribe()
    {
        await Sender.SendAsync(Email() with { UnsubscribeUrl = null, ReplyTo = null, ToName = null }, Cancellation);
        Assert.False(Sent().TryGetProperty("headers", out _));
    }

    [Fact]
    public async Task Send_ManyCategories_KeepsTenDifferentOnesOfTheLengthAllowed()
    {
        string[] categories = ["", "twice", "twice", new string('x', 300), .. Enumerable.Range(0, 12).Select(i => $"{i}")];
        await Sender.SendAsync(Email() with { Categories = categories }, Cancellation);

        var sent = Sent().GetProperty("categories").EnumerateArray().Select(c => c.GetString()!).ToList();
        Assert.Equal(["twice", new string('x', 255), .. Enumerable.Range(0, 8).Select(i => $"{i}")], sent);
    }

    [Fact]
    public async Task Send_Sandbox_SaysSo()
    {
        await using var sandbox = new SendGridFixture(_clock, ("SendGrid:Sandbox", "true"));
        await sandbox.Sender.SendAsync(Email(), Cancellation);
        Assert.True(Sent(sandbox).GetProperty("mail_settings").GetProperty("sandbox_mode").GetProperty("enable").GetBoolean());
    }

    [Fact]
    public async Task Send_DynamicTemplate_GetsTheMailAsItsData()
    {
        await using var templates = new SendGridFixture(_clock, ("SendGrid:TemplateId", "d-1"));
        await templates.Sender.SendAsync(Email(), Cancellation);

        var mail = Sent(templates);
        Assert.Equal("d-1", mail.GetProperty("template_id").GetString());
        Assert.False(mail.TryGetProperty("content", out _));
        var data = mail.GetProperty("personalizations")[0].GetProperty("dynamic_template_data");
        Assert.Equal("<p>Come <b>back</b></p>", data.GetProperty("html").GetString());
        Assert.Equal("https://shop.example.com/unsubscribe/abc?x=1&y=2", data.GetProperty("unsubscribe").GetString());
    }

    [Fact]
    public async Task Send_DomainBeyondAscii_IsSentAsItsAsciiForm()
    {
        await Sender.SendAsync(Email() with { To = "ann@münchen.example" }, Cancellation);
        Assert.Equal("ann@xn--mnchen-3ya.example", Sent().GetProperty("personalizations")[0].GetProperty("to")[0].GetProperty("email").GetString());
    }

    [Fact]
    public async Task Send_NoKey_WaitsForOneAndCallsNobody()
    {
        await using var keyless = new SendGridFixture(_clock, ("SendGrid:ApiKey", ""));
        Assert.IsType<SendAnswer.TryAfter>(await keyless.Sender.SendAsync(Email(), Cancellation));
        Assert.Empty(keyless.Server.Requests);
    }

    [Fact]
    public async Task Send_CancelledBefore_CallsNobody()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Sender.SendAsync(Email(), new CancellationToken(canceled: true)));
        Assert.Empty(_fixture.Server.Requests);
    }

    public ValueTask InitializeAsync()
    {
        _fixture = new(_clock);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync() => await _fixture.DisposeAsync();

    private JsonElement Sent(SendGridFixture? fixture = null)
    {
        Assert.True((fixture ?? _fixture).Server.Requests.TryDequeue(out var request));
        return JsonDocument.Parse(request.Body).RootElement;
    }
}
