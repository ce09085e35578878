using Segue.Messaging;
using Segue.Ports;

namespace Segue.Tests.Simulation;

/// <summary>A message or a timer's tick that is to be handled, until it is.</summary>
internal sealed class Work(string queue, BusMessage message, TimerTrigger? timer, bool ofFact, Patience patience)
{
    public string Queue => queue;

    public BusMessage Message => message;

    /// <summary>The timer, if it is a tick.</summary>
    public TimerTrigger? Timer => timer;

    /// <summary>A fact of history, or what one led to in the customers queue: goes before everything else of its instant.</summary>
    public bool OfFact => ofFact;

    /// <summary>Shared by the message, its duplicates and what handlers put back of it.</summary>
    public Patience Patience => patience;

    public string Name { get; } = $"{queue}/{message.Id}";
}

/// <summary>What one message has gone through.</summary>
internal sealed class Patience
{
    public int Faults { get; set; }

    public int Deliveries { get; set; }

    /// <summary>Handlers that threw: the count that leads to the dead letters.</summary>
    public int Failures { get; set; }
}

/// <summary>One delivery of some work to a worker.</summary>
internal sealed class Delivery(Work work, int number, bool clean)
{
    public Work Work => work;

    /// <summary>Its own name: no other delivery in the run has it.</summary>
    public string Name => $"{work.Name} #{number}";

    public ulong Hash { get; } = SeedHash.Of(SeedHash.Of(work.Name), (ulong)number);

    /// <summary>Nothing may go wrong any more, so that faults end.</summary>
    public bool Clean => clean;

    public Worker? Worker { get; set; }

    public Task Task { get; set; } = Task.CompletedTask;

    public int Calls { get; set; }

    /// <summary>The worker died under it: it never goes on.</summary>
    public bool Abandoned { get; set; }

    /// <summary>Another delivery has taken over: how this one ends does not matter to the bus.</summary>
    public bool LockLost { get; set; }

    /// <summary>A fault or a rival's commit came in its way, which explains why it puts itself back.</summary>
    public bool Disturbed { get; set; }
}
