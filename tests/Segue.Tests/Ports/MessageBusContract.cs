using Segue.Messaging;
using Segue.Ports;

namespace Segue.Tests.Ports;

/// <summary>What every message bus must do that is received from in this process too: locks, deliveries, dead letters.</summary>
public abstract class MessageBusContract : MessageSendingContract
{
    /// <summary>How long a received message stays locked.</summary>
    protected abstract TimeSpan Lock { get; }

    protected abstract Task<bool> CompleteAsync(Held message);

    protected abstract Task<bool> AbandonAsync(Held message);

    protected abstract Task<bool> DeadLetterAsync(Held message, string reason);

    protected abstract Task<IReadOnlyList<(string Id, string Reason)>> DeadLettersAsync(string queue = Queue);

    [Fact]
    public async Task Receive_AtMost_GivesNoMoreAndLeavesTheRest()
    {
        await SendAsync([.. Enumerable.Range(0, 5).Select(i => new BusMessage($"{i}", ""))]);

        var first = await ReceiveAsync(2);
        var second = await ReceiveAsync(100);

        Assert.Equal(2, first.Count);
        Assert.Equal("0,1,2,3,4", string.Join(',', first.Concat(second).Select(m => m.Id).Order()));
    }

    [Fact]
    public async Task Complete_Held_RemovesForGood()
    {
        await SendAsync(new BusMessage("1", "a"));
        var message = Assert.Single(await ReceiveAsync());

        Assert.True(await CompleteAsync(message));
        Assert.False(await CompleteAsync(message));
        await PassAsync(2 * Lock);
        Assert.Equal("", await ReceiveIdsAsync());
    }

    [Fact]
    public async Task Lock_NotCompletedInTime_DeliversAgain()
    {
        await SendAsync(new BusMessage("1", "a"));
        Assert.Equal(1, Assert.Single(await ReceiveAsync()).Deliveries);
        Assert.Empty(await ReceiveAsync());

        await PassAsync(Lock);

        Assert.Equal(2, Assert.Single(await ReceiveAsync()).Deliveries);
    }

    [Fact]
    public async Task Lock_LostToAnother_LetsTheFirstHolderDoNothing()
    {
        await SendAsync(new BusMessage("1", "a"));
        var first = Assert.Single(await ReceiveAsync());
        await PassAsync(Lock);
        var second = Assert.Single(await ReceiveAsync());

        Assert.False(await CompleteAsync(first));
        Assert.False(await AbandonAsync(first));
        Assert.False(await DeadLetterAsync(first, "late"));

        Assert.Empty(await ReceiveAsync());
        Assert.Empty(await DeadLettersAsync());
        Assert.True(await CompleteAsync(second));
    }

    [Fact]
    public async Task Abandon_Held_DeliversAgainAtOnce()
    {
        await SendAsync(new BusMessage("1", "a"));
        var first = Assert.Single(await ReceiveAsync());

        Assert.True(await AbandonAsync(first));
        Assert.False(await CompleteAsync(first));

        Assert.Equal(2, Assert.Single(await ReceiveAsync()).Deliveries);
    }

    [Fact]
    public async Task Abandon_TenTimes_MakesADeadLetterThatSaysSo()
    {
        await SendAsync(new BusMessage("1", "a"), new BusMessage("2", "b"));
        for (var delivery = 1; delivery <= 10; delivery++)
        {
            var message = Assert.Single(await ReceiveAsync(), m => m.Id == "1");
            Assert.Equal(delivery, message.Deliveries);
            Assert.True(await AbandonAsync(message));
        }

        Assert.Equal("", await ReceiveIdsAsync());
        var letter = Assert.Single(await DeadLettersAsync());
        Assert.Equal("1", letter.Id);
        Assert.NotEmpty(letter.Reason);
    }

    [Fact]
    public async Task Lock_LostTenTimes_MakesADeadLetter()
    {
        await SendAsync(new BusMessage("1", "a"));
        for (var delivery = 1; delivery <= 10; delivery++)
        {
            Assert.Equal(delivery, Assert.Single(await ReceiveAsync()).Deliveries);
            await PassAsync(Lock);
        }

        Assert.Empty(await ReceiveAsync());
        Assert.Equal("1", Assert.Single(await DeadLettersAsync()).Id);
    }

    [Fact]
    public async Task DeadLetter_Held_SetsAsideWithTheReason()
    {
        await SendAsync(new BusMessage("1", "a"));
        Assert.True(await DeadLetterAsync(Assert.Single(await ReceiveAsync()), "no such journey"));

        await PassAsync(2 * Lock);
        Assert.Empty(await ReceiveAsync());
        Assert.Equal([("1", "no such journey")], await DeadLettersAsync());
        Assert.Empty(await DeadLettersAsync(Queues.Emails));
    }

    [Fact]
    public async Task Receive_ManyProducersAndConsumers_GetsEachMessageOnce()
    {
        const int producers = 4;
        const int each = 50;
        var got = new System.Collections.Concurrent.ConcurrentBag<string>();
        var producing = Task.WhenAll(Enumerable.Range(0, producers).Select(producer => Task.Run(async () =>
        {
            for (var i = 0; i < each; i++)
            {
                await SendAsync(new BusMessage($"{producer}-{i}", ""));
            }
        })));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (got.Count < producers * each)
            {
                foreach (var message in await ReceiveAsync(10))
                {
                    got.Add(message.Id);
                    Assert.True(await CompleteAsync(message));
                }
            }
        })));
        await producing;

        Assert.Equal(producers * each, got.Count);
        Assert.Equal(producers * each, got.Distinct().Count());
        Assert.Equal("", await ReceiveIdsAsync());
    }
}
