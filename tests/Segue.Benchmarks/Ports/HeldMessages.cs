using Segue.Ports;

namespace Segue.Benchmarks.Ports;

/// <summary>A bus that delivers nothing by itself: whoever wants a message takes it.</summary>
internal sealed class HeldMessages : IMessageBus
{
    private readonly List<(string Queue, BusMessage Message)> _waiting = [];

    public Task SendAsync(string queue, IReadOnlyList<BusMessage> messages, CancellationToken cancellation = default)
    {
        _waiting.AddRange(messages.Select(m => (queue, m)));
        return Task.CompletedTask;
    }

    /// <summary>Takes the first message of any queue that is due; null where none is.</summary>
    public (string Queue, BusMessage Message)? TakeDue(DateTimeOffset now)
    {
        var at = _waiting.FindIndex(m => !(m.Message.DeliverAt > now));
        if (at < 0)
        {
            return null;
        }

        var taken = _waiting[at];
        _waiting.RemoveAt(at);
        return taken;
    }
}
