using Segue.Ports;

namespace Segue.Simulation;

/// <summary>Something that happened outside, and the message by which it arrives.</summary>
/// <param name="At">When it arrives; the message's own time of delivery is not looked at.</param>
/// <param name="Queue">One of <see cref="Segue.Messaging.Queues"/>, mostly the customers' one.</param>
/// <param name="Message">The message.</param>
public readonly record struct HistoricFact(DateTimeOffset At, string Queue, BusMessage Message);
