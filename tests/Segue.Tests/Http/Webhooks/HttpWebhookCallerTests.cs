using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Configuration;
using Segue.Http.Webhooks.Outgoing;
using Segue.Webhooks;

namespace Segue.Tests.Http.Webhooks;

/// <summary>What goes over the wire, and what each answer of a receiver, or none, comes to.</summary>
public sealed class HttpWebhookCallerTests : IDisposable
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Body = """{"type":"segue.step"}""";
    private readonly HttpWebhookCaller _caller = Caller(Secret);
    private readonly TcpListener _receiver = new(IPAddress.Loopback, 0);

    public HttpWebhookCallerTests() => _receiver.Start();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Uri Url => new($"http://localhost:{((IPEndPoint)_receiver.LocalEndpoint).Port}/hook?x=1");

    [Fact]
    public async Task Call_Taken_IsSignedOverWhatTheReceiverGets()
    {
        var receiving = ReceiveAsync("HTTP/1.1 204 No Content\r\n\r\n");
        Assert.IsType<WebhookAnswer.Taken>(await CallAsync());
        var got = await receiving;
        Assert.StartsWith("POST /hook?x=1 HTTP/1.1", got, StringComparison.Ordinal);
        Assert.EndsWith(Body, got, StringComparison.Ordinal);
        Assert.Contains("Content-Type: application/json; charset=utf-8", got, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("wh_1", Header(got, "webhook-id"));
        var at = DateTimeOffset.FromUnixTimeSeconds(long.Parse(Header(got, "webhook-timestamp"), System.Globalization.CultureInfo.InvariantCulture));
        Assert.True(WebhookSignature.TryParse(Secret, out var signature));
        Assert.Equal(signature.Of("wh_1", at, Body), Header(got, "webhook-signature"));
    }

    [Theory]
    [InlineData("200 OK", "Taken", null)]
    [InlineData("302 Found", "Refused", "answered 302: redirects are not followed")]
    [InlineData("400 Bad Request", "Refused", "answered 400")]
    [InlineData("410 Gone", "Refused", "answered 410")]
    [InlineData("404 Not Found", "TryAgain", "answered 404")]
    [InlineData("401 Unauthorized", "TryAgain", "answered 401")]
    [InlineData("429 Too Many Requests", "TryAgain", "answered 429")]
    [InlineData("503 Service Unavailable", "TryAgain", "answered 503")]
    public async Task Call_Answer_IsTakenByItsStatusAlone(string status, string kind, string? reason)
    {
        var receiving = ReceiveAsync($"HTTP/1.1 {status}\r\nRetry-After: 120\r\nLocation: http://169.254.169.254/\r\nContent-Length: 9\r\n\r\nsend more");
        var answer = await CallAsync();
        await receiving;
        Assert.Equal((kind, reason), (answer.GetType().Name, (answer as WebhookAnswer.Refused)?.Reason ?? (answer as WebhookAnswer.TryAgain)?.Reason));
        Assert.Equal(kind == "TryAgain" ? TimeSpan.FromMinutes(2) : null, (answer as WebhookAnswer.TryAgain)?.After);
    }

    [Theory]
    [InlineData("200 OK", 9, "send more")]
    [InlineData("200 OK", 4096, "whole")]
    [InlineData("200 OK", 4097, null)]
    [InlineData("503 Service Unavailable", 9, null)]
    public async Task Ask_Answer_IsReadWhereItWasTakenAndIsShort(string status, int length, string? text)
    {
        var written = length == 9 ? "send more" : new string('x', length);
        var receiving = ReceiveAsync($"HTTP/1.1 {status}\r\nContent-Length: {length}\r\n\r\n{written}");
        var (answer, read) = await _caller.AskAsync(new("wh_1", Url, Body, TimeSpan.FromSeconds(10), true), Cancellation);
        await receiving;
        Assert.Equal(status == "200 OK", answer is WebhookAnswer.Taken);
        Assert.Equal(text == "whole" ? written : text, read);
    }

    [Fact]
    public async Task Call_PrivateHostThatTheSettingsDoNotName_IsNeverConnectedTo()
    {
        Assert.Equal(new WebhookAnswer.Refused("the host has no address on the public internet"), await CallAsync(mayBePrivate: false));
        Assert.False(_receiver.Pending());
    }

    [Fact]
    public async Task Call_NobodyListens_IsTriedAgain()
    {
        var url = Url;
        _receiver.Stop();
        Assert.StartsWith("no connection", Assert.IsType<WebhookAnswer.TryAgain>(await CallAsync(url: url)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_NoAnswerInTime_IsTriedAgain() => Assert.Equal(
        new WebhookAnswer.TryAgain("no answer in time"), await CallAsync(timeout: TimeSpan.FromMilliseconds(50)));

    [Theory]
    [InlineData(null)]
    [InlineData("secret")]
    public async Task Call_NoSecret_IsNotMade(string? secret)
    {
        using var caller = Caller(secret);
        var answer = await caller.CallAsync(new("wh_1", Url, Body, TimeSpan.FromSeconds(9), true), Cancellation);
        Assert.Contains("Webhooks:SigningSecret", Assert.IsType<WebhookAnswer.TryAgain>(answer).Reason, StringComparison.Ordinal);
        Assert.False(_receiver.Pending());
    }

    public void Dispose()
    {
        _caller.Dispose();
        _receiver.Dispose();
    }

    private static HttpWebhookCaller Caller(string? secret) =>
        new(new ConfigurationBuilder().AddInMemoryCollection([new("Webhooks:SigningSecret", secret)]).Build(), TimeProvider.System);

    private static string Header(string request, string name) => request.Split("\r\n")
        .First(l => l.StartsWith(name + ": ", StringComparison.OrdinalIgnoreCase))[(name.Length + 2)..];

    private Task<WebhookAnswer> CallAsync(bool mayBePrivate = true, Uri? url = null, TimeSpan? timeout = null) =>
        _caller.CallAsync(new("wh_1", url ?? Url, Body, timeout ?? TimeSpan.FromSeconds(30), mayBePrivate), Cancellation);

    private async Task<string> ReceiveAsync(string answer)
    {
        using var client = await _receiver.AcceptTcpClientAsync(Cancellation);
        await using var stream = client.GetStream();
        var (text, buffer) = ("", new byte[4096]);
        while (!text.EndsWith(Body, StringComparison.Ordinal))
        {
            text += Encoding.UTF8.GetString(buffer, 0, await stream.ReadAsync(buffer, Cancellation));
        }

        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer), Cancellation);
        return text;
    }
}
