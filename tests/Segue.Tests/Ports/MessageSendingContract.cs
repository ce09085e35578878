using Segue.Messaging;
using Segue.Ports;

namespace Segue.Tests.Ports;

/// <summary>
/// What every message bus must do with what it is given to send. A test class that inherits this gives the bus and, since the
/// port only sends, the means to receive. What a queue gives is compared as a set: order is promised by none.
/// </summary>
public abstract class MessageSendingContract : IAsyncLifetime
{
    protected const string Queue = Queues.Customers;

    /// <summary>A message as its receiver holds it.</summary>
    protected sealed record Held(string Id, string Body, int Deliveries, object Token);

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract IMessageBus Bus { get; }

    protected abstract DateTimeOffset Now { get; }

    public abstract ValueTask InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract ValueTask CloseAsync();

    /// <summary>What can be received now, at most so many; each is locked.</summary>
    protected abstract Task<IReadOnlyList<Held>> ReceiveAsync(int atMost = 100, string queue = Queue);

    /// <summary>Lets time go by.</summary>
    protected abstract Task PassAsync(TimeSpan time);

    protected Task SendAsync(params BusMessage[] messages) => Bus.SendAsync(Queue, messages, Cancellation);

    protected async Task<string> ReceiveIdsAsync(string queue = Queue) =>
        string.Join(',', (await ReceiveAsync(100, queue)).Select(message => message.Id).Order(StringComparer.Ordinal));

    [Fact]
    public async Task Send_Messages_AreReceivedAsTheyWere()
    {
        await SendAsync(new BusMessage("1", """{"name":"größe 😀"}"""), new BusMessage("2", ""));

        var received = (await ReceiveAsync()).OrderBy(message => message.Id).ToList();

        Assert.Equal([("1", """{"name":"größe 😀"}""", 1), ("2", "", 1)], received.Select(m => (m.Id, m.Body, m.Deliveries)));
        Assert.Equal("", await ReceiveIdsAsync());
    }

    [Fact]
    public async Task Send_NoMessages_SendsNone()
    {
        await SendAsync();
        Assert.Equal("", await ReceiveIdsAsync());
    }

    [Fact]
    public async Task Send_SameIdTwice_DeliversBoth()
    {
        await SendAsync(new BusMessage("1", "a"));
        await SendAsync(new BusMessage("1", "b"), new BusMessage("1", "c"));
        Assert.Equal("1,1,1", await ReceiveIdsAsync());
    }

    [Fact]
    public async Task Send_ToOneQueue_IsNotInAnother()
    {
        await SendAsync(new BusMessage("1", "a"));
        await Bus.SendAsync(Queues.Emails, [new BusMessage("2", "b")], Cancellation);

        Assert.Equal("1", await ReceiveIdsAsync());
        Assert.Equal("2", await ReceiveIdsAsync(Queues.Emails));
        Assert.Equal("", await ReceiveIdsAsync(Queues.JourneySteps));
    }

    [Fact]
    public async Task Send_ForLater_IsNotDeliveredBeforeItsTime()
    {
        await SendAsync(
            new BusMessage("later", "a", Now.AddSeconds(10)),
            new BusMessage("past", "b", Now.AddDays(-1)),
            new BusMessage("now", "c"));
        Assert.Equal("now,past", await ReceiveIdsAsync());

        await PassAsync(TimeSpan.FromSeconds(9));
        Assert.DoesNotContain("later", await ReceiveIdsAsync(), StringComparison.Ordinal);

        await PassAsync(TimeSpan.FromSeconds(1));
        Assert.Equal("later", await ReceiveIdsAsync());
    }

    [Fact]
    public async Task Send_MomentWithAnOffset_IsTheSameMoment()
    {
        await SendAsync(new BusMessage("1", "a", Now.AddSeconds(5).ToOffset(TimeSpan.FromHours(-8))));
        Assert.Equal("", await ReceiveIdsAsync());
        await PassAsync(TimeSpan.FromSeconds(5));
        Assert.Equal("1", await ReceiveIdsAsync());
    }

    [Fact]
    public async Task Send_LargestBody_IsTakenAndOneMoreByteIsNotNorAnythingWithIt()
    {
        var largest = new string('x', BusMessage.MaxBodyBytes - 2) + "é";
        await SendAsync(new BusMessage("1", largest));
        Assert.Equal(largest, Assert.Single(await ReceiveAsync()).Body);

        await Assert.ThrowsAsync<MessageTooLargeException>(
            () => SendAsync(new BusMessage("2", "small"), new BusMessage("3", largest + "x")));
        Assert.Equal("", await ReceiveIdsAsync());
    }

    [Fact]
    public async Task Send_MoreThanOneRequestHolds_SendsThemAll()
    {
        var body = new string('x', 100 * 1024);
        await SendAsync([.. Enumerable.Range(0, 20).Select(i => new BusMessage($"{i:00}", body))]);
        Assert.Equal(string.Join(',', Enumerable.Range(0, 20).Select(i => $"{i:00}")), await ReceiveIdsAsync());
    }

    [Fact]
    public async Task Send_LongestId_IsTakenAndOneMoreCharacterIsNot()
    {
        var id = new string('i', 128);
        await SendAsync(new BusMessage(id, "a"));
        Assert.Equal(id, await ReceiveIdsAsync());
        await Assert.ThrowsAsync<ArgumentException>(() => SendAsync(new BusMessage(id + "i", "a")));
    }
}
