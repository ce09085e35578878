using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Segue.Functions.Tests.Support;
using Segue.Ports;
using Segue.Tests.Ports;

namespace Segue.Functions.Tests.Email;

/// <summary>Every way a mail service can answer, or not, ends in the state that keeps the promise of never two copies.</summary>
public sealed class SendGridAnswerTests : IAsyncLifetime
{
    private static readonly RenderedEmail Email = new(
        "send-1", "shop@example.com", "The Shop", null, "customer@example.org", null, "Subject", "<p>Hello</p>", "Hello", null, []);

    private readonly ManualTime _clock = new();
    private SendGridFixture _fixture = null!;

    private MailServer Server => _fixture.Server;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("202 Accepted")]
    [InlineData("200 OK")]
    public async Task Send_Taken_IsAcceptedWithTheServicesName(string status)
    {
        Server.Answer = (s, c) => MailServer.SayAsync(s, status, "X-Message-Id: m-1\r\n", c);
        Assert.Equal(new SendAnswer.Accepted("m-1"), await SendAsync());
    }

    [Theory]
    [InlineData("400 Bad Request")]
    [InlineData("401 Unauthorized")]
    [InlineData("403 Forbidden")]
    [InlineData("404 Not Found")]
    [InlineData("413 Payload Too Large")]
    [InlineData("422 Unprocessable Entity")]
    public async Task Send_RefusedForGood_IsRejectedWithoutAWordOfTheMail(string status)
    {
        Server.Answer = (s, c) => MailServer.SayAsync(s, status, "", c, """{"errors":[{"message":"customer@example.org is not valid"}]}""");
        var answer = Assert.IsType<SendAnswer.Rejected>(await SendAsync());
        Assert.Contains(status[..3], answer.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("customer", answer.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(90, 90)]
    [InlineData(-5, 1)]
    [InlineData(90_000, 3600)]
    public async Task Send_RateLimit_IsTriedAfterItsReset(int resetIn, int expected)
    {
        var reset = _clock.GetUtcNow().AddSeconds(resetIn).ToUnixTimeSeconds();
        Server.Answer = (s, c) => MailServer.SayAsync(s, "429 Too Many Requests", $"X-RateLimit-Remaining: 0\r\nX-RateLimit-Reset: {reset}\r\n", c);
        Assert.Equal(TimeSpan.FromSeconds(expected), Assert.IsType<SendAnswer.TryAfter>(await SendAsync()).Delay);
    }

    [Theory]
    [InlineData("Retry-After: 30\r\n", 30)]
    [InlineData("X-RateLimit-Reset: soon\r\n", 60)]
    [InlineData("", 60)]
    public async Task Send_RateLimitWithoutReset_IsTriedAfterAsOtherwiseSaid(string headers, int expected)
    {
        Server.Answer = (s, c) => MailServer.SayAsync(s, "429 Too Many Requests", headers, c);
        Assert.Equal(TimeSpan.FromSeconds(expected), Assert.IsType<SendAnswer.TryAfter>(await SendAsync()).Delay);
    }

    [Theory]
    [InlineData("500 Internal Server Error")]
    [InlineData("502 Bad Gateway")]
    [InlineData("503 Service Unavailable")]
    [InlineData("504 Gateway Timeout")]
    [InlineData("408 Request Timeout")]
    [InlineData("302 Found")]
    public async Task Send_AmbiguousAnswer_IsUnknownAndNotTriedAgain(string status)
    {
        Server.Answer = (s, c) => MailServer.SayAsync(s, status, "Location: /elsewhere\r\nRetry-After: 0\r\n", c);
        Assert.IsType<SendAnswer.Unknown>(await SendAsync());
        Assert.Single(Server.Requests);
    }

    [Fact]
    public async Task Send_NoAnswerInTime_IsUnknown()
    {
        Server.Answer = (_, c) => Task.Delay(Timeout.Infinite, c);
        Assert.IsType<SendAnswer.Unknown>(await SendAsync());
        Assert.Single(Server.Requests);
    }

    [Fact]
    public async Task Send_ConnectionReset_IsUnknownAndNotTriedAgain()
    {
        Server.Answer = Reset;
        Assert.IsType<SendAnswer.Unknown>(await SendAsync());
        Assert.Single(Server.Requests);
    }

    [Fact]
    public async Task Send_ResetOfAConnectionInUse_IsUnknownAndNotTriedAgain()
    {
        // The connection is warm: here HTTP clients like to try again on their own.
        Assert.IsType<SendAnswer.Accepted>(await SendAsync());
        Server.Answer = Reset;
        Assert.IsType<SendAnswer.Unknown>(await SendAsync());
        Assert.Equal(2, Server.Requests.Count);

        Server.Answer = (s, _) =>
        {
            s.Close();
            return Task.CompletedTask;
        };
        Assert.IsType<SendAnswer.Unknown>(await SendAsync());
        Assert.Equal(3, Server.Requests.Count);
    }

    [Theory]
    [InlineData("HTTP/1.1 202 Acc")]
    [InlineData("HTTP/1.1 202 Accepted\r\nX-Message-Id: m-1\r\nContent-Length: 10\r\n\r\nhalf")]
    [InlineData("HTTP/1.1 500 Oops\r\nContent-Length: 10\r\n\r\nhalf")]
    [InlineData("")]
    [InlineData("nonsense\r\n\r\n")]
    public async Task Send_HalfSentAnswer_IsUnknownAndNotTriedAgain(string sent)
    {
        Server.Answer = async (s, c) =>
        {
            await s.SendAsync(Encoding.ASCII.GetBytes(sent), c);
            s.Shutdown(SocketShutdown.Both);
        };
        Assert.IsType<SendAnswer.Unknown>(await SendAsync());
        Assert.Single(Server.Requests);
    }

    [Fact]
    public async Task Send_NobodyListens_IsTriedAgain()
    {
        await Server.StopAsync();
        Assert.True(Assert.IsType<SendAnswer.TryAfter>(await SendAsync()).Delay > TimeSpan.Zero);
    }

    [Fact]
    public async Task Send_NoSuchHost_IsTriedAgain()
    {
        await using var lost = new SendGridFixture(_clock, ("SendGrid:Host", "http://no-such-host.invalid"), ("SendGrid:Timeout", "00:00:30"));
        Assert.IsType<SendAnswer.TryAfter>(await lost.Sender.SendAsync(Email, Cancellation));
    }

    [Fact]
    public async Task Send_GivenUpByItsCaller_IsNoAnswer()
    {
        using var giveUp = new CancellationTokenSource();
        Server.Answer = async (_, c) =>
        {
            await giveUp.CancelAsync();
            await Task.Delay(Timeout.Infinite, c);
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _fixture.Sender.SendAsync(Email, giveUp.Token));
    }

    [Fact]
    public async Task WasAccepted_AnyId_IsNotKnown() =>
        Assert.Null(await _fixture.Sender.WasAcceptedAsync(string.Create(CultureInfo.InvariantCulture, $"send-{1}"), Cancellation));

    public ValueTask InitializeAsync()
    {
        _fixture = new(_clock);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync() => await _fixture.DisposeAsync();

    private static Task Reset(Socket socket, CancellationToken cancellation)
    {
        socket.LingerState = new(enable: true, 0);
        socket.Close();
        return Task.CompletedTask;
    }

    private Task<SendAnswer> SendAsync() => _fixture.Sender.SendAsync(Email, Cancellation);
}
