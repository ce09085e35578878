using System.Runtime.InteropServices;

namespace Segue.Simulation;

/// <summary>What a <see cref="VirtualWorld"/> has done so far.</summary>
public sealed class SimulationStatistics
{
    private readonly Dictionary<string, long> messages = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> timers = new(StringComparer.Ordinal);

    /// <summary>Facts of history delivered, redeliveries not counted.</summary>
    public long Facts { get; internal set; }

    /// <summary>Messages delivered by queue, facts and redeliveries included.</summary>
    public IReadOnlyDictionary<string, long> Messages => messages;

    /// <summary>Ticks run by timer trigger.</summary>
    public IReadOnlyDictionary<string, long> Timers => timers;

    /// <summary>All of <see cref="Messages"/>.</summary>
    public long MessagesDelivered { get; private set; }

    /// <summary>All of <see cref="Timers"/>.</summary>
    public long TimersRun { get; private set; }

    /// <summary>Ticks whose handler threw.</summary>
    public long TimersFailed { get; internal set; }

    /// <summary>Messages delivered again because their handler threw.</summary>
    public long Redeliveries { get; internal set; }

    /// <summary>Messages given up.</summary>
    public long DeadLetters { get; internal set; }

    internal void CountMessage(string queue)
    {
        MessagesDelivered++;
        CollectionsMarshal.GetValueRefOrAddDefault(messages, queue, out _)++;
    }

    internal void CountTimer(string name)
    {
        TimersRun++;
        CollectionsMarshal.GetValueRefOrAddDefault(timers, name, out _)++;
    }
}

/// <summary>How far a simulation has come.</summary>
/// <param name="Now">The virtual moment.</param>
/// <param name="Facts">Facts delivered.</param>
/// <param name="Messages">Messages delivered, facts included.</param>
/// <param name="Timers">Timer ticks run.</param>
public readonly record struct SimulationProgress(DateTimeOffset Now, long Facts, long Messages, long Timers);
