using Segue.Messaging;
using Segue.Ports;

namespace Segue.Tests.Simulation;

/// <summary>
/// What waits for its time, facts and what they lead to apart from the rest; and the rule that no fault carries a message
/// past the next instant of history.
/// </summary>
internal sealed class Inbox(Func<DateTimeOffset> now)
{
    /// <summary>Farther off than this a handler does not try again, it waits for something.</summary>
    private static readonly TimeSpan PutBackWindow = TimeSpan.FromMinutes(10);

    private readonly PriorityQueue<Work, (DateTimeOffset Due, long)> facts = new();
    private readonly PriorityQueue<Work, (DateTimeOffset Due, long)> others = new();
    private long sequence;

    /// <summary>The last moment at which what is due now must be done: just before the next instant of history.</summary>
    public DateTimeOffset Last { get; set; } = DateTimeOffset.MaxValue;

    /// <summary>When the next of these is due, or null.</summary>
    public DateTimeOffset? NextDue(bool ofFacts) =>
        (ofFacts ? facts : others).TryPeek(out _, out var turn) ? turn.Due : null;

    /// <summary>What waits, in no particular order, with when it is due.</summary>
    public IEnumerable<(string Queue, BusMessage Message, DateTimeOffset Due)> Waiting =>
        facts.UnorderedItems.Concat(others.UnorderedItems).Select(w => (w.Element.Queue, w.Element.Message, w.Priority.Due));

    public Work Take(bool ofFacts) => (ofFacts ? facts : others).Dequeue();

    /// <summary>Keeps work until it is due.</summary>
    public void Put(Work work, DateTimeOffset due) => (work.OfFact ? facts : others).Enqueue(work, (due, ++sequence));

    /// <summary>Keeps work for some time later, as far as there is room.</summary>
    public void PutBack(Work work, TimeSpan delay)
    {
        var due = now() + delay;
        Put(work, due > Last ? Last : due);
    }

    /// <summary>Takes a message from a handler.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="message">The message.</param>
    /// <param name="sender">Which delivery sent it; null for a test's own messages.</param>
    public void Accept(string queue, BusMessage message, Delivery? sender)
    {
        var moment = now();
        var due = message.DeliverAt is { } at && at > moment ? at : moment;
        var patience = new Patience();
        var ofFact = sender?.Work.OfFact == true && queue == Queues.Customers && due == moment;
        if (sender is not null && IsPutBack(queue, message, sender.Work) && due - moment <= PutBackWindow)
        {
            // A put-back is the message itself once more. If a fault made it necessary, it may not outlast the instant.
            patience = sender.Work.Patience;
            due = sender.Disturbed && due > Last ? Last : due;
            ofFact = sender.Work.OfFact && (sender.Disturbed || due == moment);
        }

        Put(new(queue, message, null, ofFact, patience), due);
    }

    private static bool IsPutBack(string queue, BusMessage message, Work work) =>
        queue == work.Queue && (message.Id == work.Message.Id || message.Body == work.Message.Body);
}
