using Segue.Local.Storage;
using Segue.Ports;

namespace Segue.Tests.Ports;

public sealed class SqliteMessageBusTests : MessageBusContract
{
    private readonly TemporaryFolder folder = new();
    private readonly ManualTime time = new();
    private SqliteDatabase database = null!;
    private SqliteMessageBus bus = null!;
    private SqliteMessageReceiver receiver = null!;
    private SqliteDeadLetters deadLetters = null!;

    protected override TimeSpan Lock => TimeSpan.FromMinutes(1);

    protected override IMessageBus Bus => bus;

    protected override DateTimeOffset Now => time.GetUtcNow();

    public override ValueTask InitializeAsync()
    {
        database = SqliteDatabase.Open(folder.Path);
        bus = new(database, time);
        receiver = new(database, time);
        deadLetters = new(database, time);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Renew_Held_KeepsItFromOthers()
    {
        await SendAsync(new BusMessage("1", "a"));
        var message = Assert.Single(await receiver.ReceiveAsync(Queue, 1, Lock));
        time.Advance(Lock / 2);
        Assert.True(await receiver.RenewAsync(message, Lock));

        time.Advance(Lock * 0.75);
        Assert.Empty(await ReceiveAsync());
        Assert.True(await receiver.CompleteAsync(message));
        Assert.False(await receiver.RenewAsync(message, Lock));
    }

    [Fact]
    public async Task Open_AfterAReceiverWasKilled_DoesNotWaitForItsLocks()
    {
        await SendAsync(new BusMessage("1", "a"));
        Assert.Single(await receiver.ReceiveAsync(Queue, 1, Lock));

        database.Dispose();
        await InitializeAsync();

        var again = Assert.Single(await receiver.ReceiveAsync(Queue, 1, Lock));
        Assert.Equal(("1", 2), (again.Id, again.Deliveries));
        Assert.True(await receiver.CompleteAsync(again));
    }

    [Fact]
    public async Task Lock_ExpiredButTakenByNobody_StillCompletes()
    {
        await SendAsync(new BusMessage("1", "a"));
        var message = Assert.Single(await receiver.ReceiveAsync(Queue, 1, Lock));
        Assert.Equal(Now + Lock, message.LockedUntil);
        time.Advance(2 * Lock);
        Assert.True(await receiver.CompleteAsync(message));
        Assert.Empty(await ReceiveAsync());
    }

    [Fact]
    public async Task Abandon_WithADelay_ComesBackAfterIt()
    {
        await SendAsync(new BusMessage("1", "a"));
        var message = Assert.Single(await receiver.ReceiveAsync(Queue, 1, Lock));
        Assert.True(await receiver.AbandonAsync(message, TimeSpan.FromSeconds(30)));

        time.Advance(TimeSpan.FromSeconds(29));
        Assert.Empty(await ReceiveAsync());
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Single(await ReceiveAsync());
    }

    [Fact]
    public async Task Abandon_LastTime_NamesTheLastError()
    {
        await SendAsync(new BusMessage("1", "a"));
        for (var i = 1; i <= SqliteMessageReceiver.MaxDeliveries; i++)
        {
            var message = Assert.Single(await receiver.ReceiveAsync(Queue, 1, Lock));
            await receiver.AbandonAsync(message, error: i < 10 ? $"error {i}" : null);
        }

        Assert.Equal("Delivered 10 times and never completed: error 9", Assert.Single(deadLetters.List()).Reason);
    }

    [Fact]
    public async Task Abandon_AnyNumberOfTimesForWhatPasses_NeverMakesADeadLetter()
    {
        await SendAsync(new BusMessage("1", "a"));
        HashSet<(long, int)> receipts = [];
        for (var i = 1; i <= 3 * SqliteMessageReceiver.MaxDeliveries; i++)
        {
            var message = Assert.Single(await receiver.ReceiveAsync(Queue, 1, Lock));
            Assert.True(receipts.Add((message.Number, message.Deliveries)));
            Assert.True(await receiver.AbandonAsync(message, error: "the disk is full", passing: true));
            Assert.False(await receiver.CompleteAsync(message));
        }

        Assert.Equal(new(Ready: 1, Scheduled: 0, Locked: 0, DeadLetters: 0), receiver.Count(Queue));
        Assert.Equal(("1", "a"), (await ReceiveAsync()).Select(m => (m.Id, m.Body)).Single());
    }

    [Fact]
    public async Task Receive_SomeWaitingLonger_GivesThoseFirst()
    {
        await SendAsync(new BusMessage("2", ""), new BusMessage("3", ""));
        await SendAsync(new BusMessage("1", "", Now.AddMinutes(-5)));
        Assert.Equal(["1", "2"], (await receiver.ReceiveAsync(Queue, 2, Lock)).Select(m => m.Id));
    }

    [Fact]
    public async Task Count_EachState_IsCounted()
    {
        await SendAsync([.. Enumerable.Range(0, 6).Select(i => new BusMessage($"{i}", ""))]);
        await SendAsync(new BusMessage("later", "", Now.AddHours(1)));
        var held = await receiver.ReceiveAsync(Queue, 4, Lock);
        await receiver.DeadLetterAsync(held[0], "bad");
        await receiver.CompleteAsync(held[1]);

        Assert.Equal(new(Ready: 2, Scheduled: 1, Locked: 2, DeadLetters: 1), receiver.Count(Queue));
        Assert.Equal(new(0, 0, 0, 0), receiver.Count("emails"));
    }

    [Fact]
    public async Task DeadLetters_ReplayedOrDropped_AreGoneFromThere()
    {
        await SendAsync(new BusMessage("1", "a"), new BusMessage("2", "b"), new BusMessage("3", "c"));
        foreach (var message in await receiver.ReceiveAsync(Queue, 3, Lock))
        {
            await receiver.DeadLetterAsync(message, $"reason {message.Id}");
        }

        var letters = deadLetters.List(Queue);
        Assert.Equal([("1", "a", "reason 1", 1, Now), ("2", "b", "reason 2", 1, Now), ("3", "c", "reason 3", 1, Now)],
            letters.Select(l => (l.Id, l.Body, l.Reason, l.Deliveries, l.DiedAt)));
        Assert.Equal(["3"], deadLetters.List(after: letters[1].Number).Select(l => l.Id));

        Assert.True(await deadLetters.ReplayAsync(letters[0].Number));
        Assert.True(await deadLetters.DropAsync(letters[1].Number));
        Assert.False(await deadLetters.ReplayAsync(letters[0].Number));
        Assert.False(await deadLetters.DropAsync(letters[1].Number));

        Assert.Equal(["3"], deadLetters.List().Select(l => l.Id));
        var replayed = Assert.Single(await ReceiveAsync());
        Assert.Equal(("1", "a", 1), (replayed.Id, replayed.Body, replayed.Deliveries));
    }

    [Fact]
    public async Task Lock_OfAMessageReplayedSince_IsLost()
    {
        await SendAsync(new BusMessage("1", "a"));
        var old = Assert.Single(await receiver.ReceiveAsync(Queue, 1, Lock));
        await receiver.DeadLetterAsync(old, "bad");
        await deadLetters.ReplayAsync(deadLetters.List()[0].Number);
        Assert.Single(await receiver.ReceiveAsync(Queue, 1, Lock));

        Assert.False(await receiver.CompleteAsync(old));
    }

    [Fact]
    public async Task Wait_MessageThere_ReturnsAtOnce()
    {
        await SendAsync(new BusMessage("1", "a"));
        Assert.True(receiver.WaitAsync(Queue, Cancellation).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Wait_MessageSentLater_ReturnsThen()
    {
        var waiting = receiver.WaitAsync(Queue, Cancellation);
        await Bus.SendAsync("emails", [new BusMessage("1", "a")], Cancellation);
        Assert.False(waiting.IsCompleted);

        await SendAsync(new BusMessage("2", "b"));
        await waiting.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
    }

    [Fact]
    public async Task Wait_MessageScheduled_ReturnsAtItsTime()
    {
        await SendAsync(new BusMessage("1", "a", Now.AddSeconds(20.5)));
        var waiting = receiver.WaitAsync(Queue, Cancellation);
        Assert.Equal(1, time.Waiting);
        time.Advance(TimeSpan.FromSeconds(20));
        Assert.False(waiting.IsCompleted);

        time.Advance(TimeSpan.FromSeconds(0.5));
        await waiting.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        Assert.Equal("1", await ReceiveIdsAsync());
        Assert.Equal(0, time.Waiting);
    }

    [Fact]
    public async Task Wait_LockedMessage_ReturnsWhenTheLockEnds()
    {
        await SendAsync(new BusMessage("1", "a"));
        await receiver.ReceiveAsync(Queue, 1, TimeSpan.FromSeconds(30));
        var waiting = receiver.WaitAsync(Queue, Cancellation);
        Assert.False(waiting.IsCompleted);

        time.Advance(TimeSpan.FromSeconds(30));
        await waiting.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
    }

    [Fact]
    public async Task Wait_Cancelled_Ends()
    {
        using var stop = new CancellationTokenSource();
        var waiting = receiver.WaitAsync(Queue, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task Open_Again_HasTheMessages()
    {
        await SendAsync(new BusMessage("1", "a"), new BusMessage("2", "b", Now.AddHours(1)));
        var held = Assert.Single(await receiver.ReceiveAsync(Queue, 1, Lock));
        database.Dispose();
        await InitializeAsync();

        Assert.Equal(new(1, 1, 0, 0), receiver.Count(Queue));
        Assert.False(await receiver.CompleteAsync(held));
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal("1,2", await ReceiveIdsAsync());
    }

    protected override ValueTask CloseAsync()
    {
        database.Dispose();
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    protected override async Task<IReadOnlyList<Held>> ReceiveAsync(int atMost = 100, string queue = Queue) =>
        [.. (await receiver.ReceiveAsync(queue, atMost, Lock)).Select(m => new Held(m.Id, m.Body, m.Deliveries, m))];

    protected override Task<bool> CompleteAsync(Held message) => receiver.CompleteAsync((ReceivedMessage)message.Token);

    protected override Task<bool> AbandonAsync(Held message) => receiver.AbandonAsync((ReceivedMessage)message.Token);

    protected override Task<bool> DeadLetterAsync(Held message, string reason) =>
        receiver.DeadLetterAsync((ReceivedMessage)message.Token, reason);

    protected override Task<IReadOnlyList<(string Id, string Reason)>> DeadLettersAsync(string queue = Queue) =>
        Task.FromResult<IReadOnlyList<(string, string)>>([.. deadLetters.List(queue).Select(l => (l.Id, l.Reason))]);

    protected override Task PassAsync(TimeSpan time)
    {
        this.time.Advance(time);
        return Task.CompletedTask;
    }
}
