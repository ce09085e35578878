using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Segue.Email;
using Segue.Functions.Tests.Support;
using Segue.Simulation;
using Segue.Tests.Ports;

namespace Segue.Functions.Tests.Email;

/// <summary>From an order to the mail's row: every answer of SendGrid, and every lack of one, leaves the mail in the state that the README's table says.</summary>
public sealed partial class SendGridStateTests : IAsyncLifetime
{
    private readonly ManualTime _clock = new();
    private MailingShop _shop = null!;

    public static TheoryData<string, SendStatus> Answers { get; } = new()
    {
        { "202 Accepted", SendStatus.Accepted },
        { "400 Bad Request", SendStatus.Rejected },
        { "401 Unauthorized", SendStatus.Rejected },
        { "413 Payload Too Large", SendStatus.Rejected },
        { "500 Internal Server Error", SendStatus.Unknown },
        { "503 Service Unavailable", SendStatus.Unknown },
        { "no answer", SendStatus.Unknown },
        { "a reset", SendStatus.Unknown },
        { "half an answer", SendStatus.Unknown },
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Send_Answer_LeavesTheMailInItsStateAndIsNeverAskedForTwice(string answer, SendStatus expected)
    {
        _shop.Server.Answer = (s, c) => AnswerAsync(answer, s, c);
        await _shop.OrderAsync("ann", Cancellation);
        await _shop.App.DrainAsync();

        Assert.Equal(expected, Assert.Single(await _shop.SendsAsync("ann", Cancellation)).Status);
        await LetADayPassAsync();
        var settled = Assert.Single(await _shop.SendsAsync("ann", Cancellation));
        Assert.Equal(expected, settled.Status);
        Assert.NotNull(settled.SettledAt);
        Assert.Single(_shop.Server.Requests);
    }

    [Fact]
    public async Task Send_RateLimit_IsPendingUntilItsResetAndThenAccepted()
    {
        var reset = _clock.GetUtcNow().AddSeconds(90);
        _shop.Server.Answer = (s, c) => MailServer.SayAsync(s, "429 Too Many Requests", $"X-RateLimit-Reset: {reset.ToUnixTimeSeconds()}\r\n", c);
        await _shop.OrderAsync("ann", Cancellation);
        await _shop.App.DrainAsync();
        var waiting = Assert.Single(await _shop.SendsAsync("ann", Cancellation));
        Assert.Equal((SendStatus.Pending, reset), (waiting.Status, waiting.NotBefore));

        _shop.Server.Answer = (s, c) => MailServer.SayAsync(s, "202 Accepted", "", c);
        _clock.Advance(TimeSpan.FromSeconds(89));
        await _shop.App.DrainAsync();
        Assert.Single(_shop.Server.Requests);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await _shop.App.DrainAsync();

        Assert.Equal(SendStatus.Accepted, Assert.Single(await _shop.SendsAsync("ann", Cancellation)).Status);
        Assert.Equal(2, _shop.Server.Requests.Count);
    }

    [Fact]
    public async Task Send_NobodyListens_IsPendingAndTriedAgain()
    {
        await _shop.Server.StopAsync();
        await _shop.OrderAsync("ann", Cancellation);
        await _shop.App.DrainAsync();
        var waiting = Assert.Single(await _shop.SendsAsync("ann", Cancellation));
        Assert.Equal(SendStatus.Pending, waiting.Status);
        Assert.True(waiting.NotBefore > _clock.GetUtcNow());
    }

    [Fact]
    public async Task Send_MessageDeliveredAgain_MailsOnce()
    {
        await _shop.OrderAsync("ann", Cancellation);
        var handled = await _shop.App.DrainAsync();
        foreach (var message in handled.SelectMany(queue => queue.Select(m => (queue.Key, Message: m))))
        {
            var function = Support.Triggers.All.First(t => t.Queue?.QueueName == message.Key);
            await _shop.App.RunAsync(function.Name, FunctionsShop.Received(message.Message), new RecordedActions());
        }

        await _shop.App.DrainAsync();
        Assert.Single(_shop.Server.Requests);
    }

    [Fact]
    public async Task Send_HostStopsWhileSendGridIsAsked_IsUnknownAndNotSentAgain()
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        _shop.Server.Answer = async (_, c) =>
        {
            await stopping.CancelAsync();
            await Task.Delay(Timeout.Infinite, c);
        };
        await _shop.OrderAsync("ann", Cancellation);
        var actions = new RecordedActions();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => DrainAsync(actions, stopping.Token));
        Assert.Empty(actions.Settled);
        Assert.Equal(SendStatus.Attempting, Assert.Single(await _shop.SendsAsync("ann", Cancellation)).Status);

        await LetADayPassAsync();
        Assert.Equal(SendStatus.Unknown, Assert.Single(await _shop.SendsAsync("ann", Cancellation)).Status);
        Assert.Single(_shop.Server.Requests);
    }

    [Fact]
    public async Task Send_Mail_TellsTheServiceNothingOfTheCustomerBesidesItsAddress()
    {
        await _shop.OrderAsync("ann-with-a-long-id", Cancellation);
        await _shop.App.DrainAsync();

        var (_, body) = Assert.Single(_shop.Server.Requests);
        var send = Assert.Single(await _shop.SendsAsync("ann-with-a-long-id", Cancellation));
        Assert.DoesNotContain("ann-with-a-long-id", body.Replace("ann-with-a-long-id@example.org", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain(send.Id, body, StringComparison.Ordinal);
        Assert.Matches(Arguments(), body);
    }

    public async ValueTask InitializeAsync() => _shop = await MailingShop.StartAsync(_clock, new InMemoryTableStore());

    public async ValueTask DisposeAsync() => await _shop.DisposeAsync();

    [GeneratedRegex("\"custom_args\":\\{\"segue\":\"[A-Za-z0-9_-]{20,}\"\\}")]
    private static partial Regex Arguments();

    private static async Task AnswerAsync(string answer, Socket socket, CancellationToken cancellation)
    {
        switch (answer)
        {
            case "no answer":
                await Task.Delay(Timeout.Infinite, cancellation);
                break;
            case "a reset":
                socket.LingerState = new(enable: true, 0);
                socket.Close();
                break;
            case "half an answer":
                await socket.SendAsync(Encoding.ASCII.GetBytes("HTTP/1.1 202 Accepted\r\nContent-Le"), cancellation);
                socket.Shutdown(SocketShutdown.Both);
                break;
            default:
                await MailServer.SayAsync(socket, answer, "", cancellation);
                break;
        }
    }

    /// <summary>A day and two ticks: by then what an unknown mail may still become is settled.</summary>
    private async Task LetADayPassAsync()
    {
        for (var hours = 0; hours <= 24; hours += 6)
        {
            _clock.Advance(TimeSpan.FromHours(6));
            await _shop.App.RunAsync("RecomputeSegments", new Microsoft.Azure.Functions.Worker.TimerInfo());
            await _shop.App.DrainAsync();
        }
    }

    /// <summary>As a host that may stop: the functions see its token.</summary>
    private async Task DrainAsync(RecordedActions sending, CancellationToken stopping)
    {
        for (var round = 0; round < 5; round++)
        {
            foreach (var trigger in Support.Triggers.All.Where(t => t.Queue is not null))
            {
                foreach (var message in _shop.App.Bus.Take(trigger.Queue!.QueueName!, 100))
                {
                    await _shop.App.RunAsync(trigger.Name, stopping, FunctionsShop.Received(message), trigger.Name == "SendEmail" ? sending : new RecordedActions());
                }
            }
        }
    }
}
