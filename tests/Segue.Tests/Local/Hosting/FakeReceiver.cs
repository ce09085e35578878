using System.Collections.Concurrent;
using System.Threading.Channels;
using Segue.Local.Hosting;
using Segue.Local.Storage;

namespace Segue.Tests.Local.Hosting;

/// <summary>A queue in memory that notes all that is done to its messages.</summary>
internal sealed class FakeReceiver(ManualClock clock) : IQueueReceiver
{
    public static readonly TimeSpan LockFor = TimeSpan.FromSeconds(60);

    private readonly Channel<ReceivedMessage> _messages = Channel.CreateUnbounded<ReceivedMessage>();

    public ConcurrentQueue<string> Log { get; } = new();

    /// <summary>Thrown, one by one, by the next calls of ReceiveAsync.</summary>
    public ConcurrentQueue<Exception> ReceiveFaults { get; } = new();

    public bool LosesLocks { get; set; }

    public TimeSpan? AbandonedFor { get; private set; }

    public string? Error { get; private set; }

    public bool Passing { get; private set; }

    public void Put(string id, int delivery = 1, long number = 1) => _messages.Writer.TryWrite(
        new("customers", id, $"body of {id}", delivery, clock.GetUtcNow() + LockFor, number));

    public async Task<ReceivedMessage> ReceiveAsync(string queue, CancellationToken cancellation)
    {
        Assert.Equal("customers", queue);
        return ReceiveFaults.TryDequeue(out var fault) ? throw fault : await _messages.Reader.ReadAsync(cancellation);
    }

    public Task<ReceivedMessage?> RenewAsync(ReceivedMessage message, CancellationToken cancellation)
    {
        Log.Enqueue($"renew {message.Id} at {clock.GetUtcNow():HH:mm:ss}");
        return Task.FromResult(LosesLocks ? null : message with { LockedUntil = clock.GetUtcNow() + LockFor });
    }

    public Task CompleteAsync(ReceivedMessage message, CancellationToken cancellation) => Note($"complete {message.Id}");

    public Task AbandonAsync(ReceivedMessage message, TimeSpan delay, string error, bool passing, CancellationToken cancellation)
    {
        (Error, Passing) = (error, passing);
        AbandonedFor = delay;
        return Note($"abandon {message.Id}");
    }

    public Task DeadLetterAsync(ReceivedMessage message, string reason, CancellationToken cancellation) =>
        Note($"dead-letter {message.Id}: {reason}");

    private Task Note(string what)
    {
        Log.Enqueue(what);
        return Task.CompletedTask;
    }
}
