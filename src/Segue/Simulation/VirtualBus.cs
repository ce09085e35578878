using Segue.Messaging;
using Segue.Ports;

namespace Segue.Simulation;

/// <summary>
/// Queues in memory on a virtual clock. <see cref="VirtualWorld"/> takes messages in order of their time; at one instant
/// what follows from facts goes first, then whoever was sent first.
/// </summary>
/// <param name="clock">Says what "at once" means.</param>
public sealed class VirtualBus(TimeProvider clock) : IMessageBus
{
    private readonly PriorityQueue<VirtualMessage, Turn> waiting = new(TurnOrder.Instance);
    private readonly List<DeadLetter> deadLetters = [];
    private long sequence;

    /// <summary>What no handler could deal with, in order of giving up.</summary>
    public IReadOnlyList<DeadLetter> DeadLetters => deadLetters;

    /// <summary>Messages waiting for their turn or their time.</summary>
    public int Count => waiting.Count;

    /// <summary>When the next message is due, or null when none waits.</summary>
    internal DateTimeOffset? NextDue => waiting.TryPeek(out var next, out _) ? next.Due : null;

    /// <summary>Whether what is sent now follows from a fact. Set by who delivers.</summary>
    internal bool FollowsFact { get; set; }

    /// <inheritdoc/>
    public Task SendAsync(string queue, IReadOnlyList<BusMessage> messages, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        MessageRules.Check(queue, messages);
        var now = clock.GetUtcNow();
        foreach (var message in messages)
        {
            var due = message.DeliverAt is { } at && at > now ? at : now;
            var follows = FollowsFact && due == now && queue == Queues.Customers;
            Put(new(queue, message, due, follows ? Precedence.Consequence : Precedence.Other));
        }

        return Task.CompletedTask;
    }

    /// <summary>Puts a message on its queue, behind all of its instant and precedence.</summary>
    internal void Put(VirtualMessage message) =>
        waiting.Enqueue(message, new(message.Due.UtcTicks, message.Precedence, ++sequence));

    /// <summary>Takes the next message; there must be one.</summary>
    internal VirtualMessage Take() => waiting.Dequeue();

    /// <summary>Puts a message aside for good.</summary>
    internal void Bury(VirtualMessage message, string reason) =>
        deadLetters.Add(new(message.Queue, message.Message, clock.GetUtcNow(), reason));

    private readonly record struct Turn(long Due, Precedence Precedence, long Sequence);

    private sealed class TurnOrder : IComparer<Turn>
    {
        public static readonly TurnOrder Instance = new();

        public int Compare(Turn x, Turn y) =>
            x.Due != y.Due ? x.Due.CompareTo(y.Due)
            : x.Precedence != y.Precedence ? ((int)x.Precedence).CompareTo((int)y.Precedence)
            : x.Sequence.CompareTo(y.Sequence);
    }
}
