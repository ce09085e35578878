using Segue.Ports;

namespace Segue.Simulation;

/// <summary>At one instant, who goes first.</summary>
internal enum Precedence
{
    /// <summary>A fact of history.</summary>
    Fact,

    /// <summary>What handling a fact put into the customers queue for the same instant.</summary>
    Consequence,

    /// <summary>Everything else: wake-ups, steps, e-mails.</summary>
    Other,
}

/// <summary>A message on its way through a <see cref="VirtualBus"/>.</summary>
internal sealed class VirtualMessage(string queue, BusMessage message, DateTimeOffset due, Precedence precedence)
{
    public string Queue { get; } = queue;

    public BusMessage Message { get; } = message;

    /// <summary>Not before this moment.</summary>
    public DateTimeOffset Due { get; } = due;

    public Precedence Precedence { get; } = precedence;

    /// <summary>How often it has been handed to a handler.</summary>
    public int Deliveries { get; set; }
}

/// <summary>A message that no handler could deal with.</summary>
/// <param name="Queue">Where it was.</param>
/// <param name="Message">The message.</param>
/// <param name="At">When it was given up.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record DeadLetter(string Queue, BusMessage Message, DateTimeOffset At, string Reason);
