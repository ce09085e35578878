using System.Collections.Concurrent;

namespace Segue.Local.Storage;

/// <summary>Wakes those in this process who wait for a queue's next message.</summary>
internal sealed class QueueSignals
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> waiting = new(StringComparer.Ordinal);

    /// <summary>
    /// Completes when the queue changes after this call. To miss nothing, ask for it first and then look into the queue.
    /// </summary>
    public Task Next(string queue) => waiting.GetOrAdd(queue, _ => New()).Task;

    /// <summary>The queue may have a message that it had not before.</summary>
    public void Raise(string queue)
    {
        if (waiting.TryRemove(queue, out var source))
        {
            source.SetResult();
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
