using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Segue.Customers;
using Segue.Email;
using Segue.Email.Reports;
using Segue.Http;
using Segue.Http.Webhooks;
using Segue.Storage;
using Segue.Tests.Support;
using static Segue.Tests.Support.TestShop;

namespace Segue.Tests.Http.Webhooks;

/// <summary>The endpoint over a whole engine: what is signed ends in the customer's rows, what is not leaves no trace.</summary>
public sealed class SendGridEndpointTests : IAsyncLifetime
{
    private static readonly string Once = TestCampaigns.Journey("  - id: mail\n    send: { email: hello, topic: offers }\n  - wait: { for: 30d }");
    private readonly SendGridCalls _sendGrid = new();
    private readonly KeptLogs _logs = new();
    private TestShop _shop = null!;
    private WebApplication _app = null!;
    private HttpClient _client = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _shop = await OpenAsync(Once);
        _shop.Sender.Answer = _ => new Segue.Ports.SendAnswer.Unknown("timed out");
        await _shop.Order("a", 0).RunAsync(60.1);
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders().AddProvider(_logs);
        builder.Configuration["SendGrid:WebhookPublicKey"] = _sendGrid.PublicKey;
        builder.Services.AddProblemDetails();
        builder.Services.AddSingleton<IMailReports>(new MailReports(_shop.Engine)).AddSingleton(_shop.Engine.Ports.Clock);
        _app = builder.Build();
        Delegate handler = Segue.Http.Webhooks.SendGrid.PostSendGridEvents.HandleAsync;
        _app.MapPost("/api/sendgrid/events", handler);
        await _app.StartAsync(Cancellation);
        _app.GetTestServer().PreserveExecutionContext = true;
        _client = _app.GetTestClient();
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
        _sendGrid.Dispose();
    }

    [Fact]
    public async Task Post_Signed_SettlesTheMail()
    {
        var answer = await _client.SendAsync(SendGridCalls.Request(_sendGrid.Sign(Batch("delivered", "click"), _shop.Now)), Cancellation);
        var receipt = await answer.Content.ReadFromJsonAsync<MailReportReceipt>(Cancellation);
        Assert.Equal((HttpStatusCode.OK, new MailReportReceipt(2, 0, false)), (answer.StatusCode, receipt));
        await _shop.RunAsync(60.2);
        Assert.Equal(SendStatus.Accepted, Assert.Single(_shop.Sends("a")).Status);
        Assert.Single(_shop.Events("a"));
    }

    [Fact]
    public async Task Post_OfMailsThatAreNotOurs_IsTakenAndIgnored()
    {
        var body = """[{ "event": "delivered", "timestamp": 1, "segue": "AAAA", "sg_event_id": "x" }, { "event": "delivered", "timestamp": 1 }]""";
        var answer = await _client.SendAsync(SendGridCalls.Request(_sendGrid.Sign(body, _shop.Now)), Cancellation);
        Assert.Equal(new MailReportReceipt(0, 1, false), await answer.Content.ReadFromJsonAsync<MailReportReceipt>(Cancellation));
        Assert.Equal(0, _shop.Bus.Count);
    }

    [Fact]
    public async Task Post_TheSameCallAgain_IsNotTakenAgain()
    {
        var call = _sendGrid.Sign(Batch("delivered"), _shop.Now);
        await _client.SendAsync(SendGridCalls.Request(call), Cancellation);
        await _shop.RunAsync(60.2);
        var again = await _client.SendAsync(SendGridCalls.Request(call), Cancellation);
        Assert.Equal(new MailReportReceipt(0, 0, true), await again.Content.ReadFromJsonAsync<MailReportReceipt>(Cancellation));
        Assert.Equal(0, _shop.Bus.Count);
        Assert.Contains(_logs.Lines, l => l.Contains("came again", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("body")]
    [InlineData("signature")]
    [InlineData("timestamp")]
    [InlineData("old")]
    [InlineData("key")]
    [InlineData("empty")]
    [InlineData("unsigned")]
    public async Task Post_TamperedWith_IsRefusedAndLogged_AndNothingIsKept(string what)
    {
        using var other = new SendGridCalls();
        var call = _sendGrid.Sign(Batch("spamreport"), _shop.Now);
        var request = SendGridCalls.Request(what switch
        {
            "body" => call with { Body = [.. call.Body[..^2], (byte)' ', .. call.Body[^2..]] },
            "signature" => call with { Signature = "B" + call.Signature[1..] },
            "timestamp" => call with { Timestamp = $"{_shop.Now.ToUnixTimeSeconds() + 1}" },
            "old" => _sendGrid.Sign(Batch("spamreport"), _shop.Now.AddDays(-2)),
            "key" => other.Sign(Batch("spamreport"), _shop.Now),
            "empty" => call with { Body = [] },
            _ => call,
        });
        if (what == "unsigned")
        {
            request.Headers.Remove(Segue.Http.Webhooks.SendGrid.SendGridSignature.SignatureHeader);
        }

        var before = _shop.Rows.AllRows().Count();
        using var measured = Measured.Begin();
        var answer = await _client.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal((before, 0), (_shop.Rows.AllRows().Count(), _shop.Bus.Count));
        Assert.Equal("sendgrid", Assert.Single(measured.Of(Telemetry.WebhooksRefused, "source")).Tag);
        Assert.Contains("sendgrid", Assert.Single(_logs.Lines), StringComparison.Ordinal);
        Assert.DoesNotContain("example.com", _logs.Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_TenMegabytes_IsRefusedUnread()
    {
        var answer = await _client.SendAsync(SendGridCalls.Request(_sendGrid.Sign($"[\"{new string('x', 10 << 20)}\"]", _shop.Now)), Cancellation);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal(0, _shop.Bus.Count);
    }

    [Theory]
    [InlineData("text/plain", null)]
    [InlineData("application/json; charset=utf-16", null)]
    [InlineData("application/json", "gzip")]
    public async Task Post_InAnotherEncoding_IsRefused(string type, string? encoding)
    {
        var request = SendGridCalls.Request(_sendGrid.Sign(Batch("delivered"), _shop.Now));
        request.Content!.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(type);
        if (encoding is not null)
        {
            request.Content.Headers.ContentEncoding.Add(encoding);
        }

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await _client.SendAsync(request, Cancellation)).StatusCode);
    }

    [Fact]
    public async Task Post_SignedButNoEvents_IsABadRequest()
    {
        var answer = await _client.SendAsync(SendGridCalls.Request(_sendGrid.Sign("{}", _shop.Now)), Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Post_WhileTheBusIsDown_AsksForTheCallAgain_AndThenTakesIt()
    {
        var call = _sendGrid.Sign(Batch("delivered"), _shop.Now);
        _shop.Store.BeforeCommit = (_, _, _) => throw new Segue.Ports.PortUnavailableException("down");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await _client.SendAsync(SendGridCalls.Request(call), Cancellation)).StatusCode);
        _shop.Store.BeforeCommit = null;
        var again = await _client.SendAsync(SendGridCalls.Request(call), Cancellation);
        Assert.False((await again.Content.ReadFromJsonAsync<MailReportReceipt>(Cancellation))!.Replayed);
        await _shop.RunAsync(60.2);
        Assert.Single(_shop.Facts(Segue.Measurement.FactKinds.Delivered));
    }

    private string Batch(params string[] events)
    {
        var send = Assert.Single(_shop.Sends("a"));
        return JsonSerializer.Serialize(events.Select(e => new Dictionary<string, object>
        {
            ["email"] = "a@example.com", ["timestamp"] = _shop.Now.ToUnixTimeSeconds(), ["event"] = e, ["sg_event_id"] = $"{e}-1", ["useragent"] = "Mozilla/5.0",
            [MailReferences.Argument] = _shop.Engine.MailReferences.Of("a", send.Id),
        }));
    }

    private sealed class KeptLogs : ILoggerProvider, ILogger
    {
        public List<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => categoryName.StartsWith("Segue", StringComparison.Ordinal) ? this : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
