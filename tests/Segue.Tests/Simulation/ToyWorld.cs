using Segue.Messaging;
using Segue.Ports;
using Segue.Simulation;

namespace Segue.Tests.Simulation;

/// <summary>A world whose functions are a test's own lambdas, and which remembers what these saw.</summary>
internal sealed class ToyWorld
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>What happened, with the true time.</summary>
    public List<(DateTimeOffset At, string What)> Seen { get; } = [];

    public static HistoricFact Fact(double second, string name) => new(Start.AddSeconds(second), Queues.Customers, new(name, name));

    /// <summary>One handler for all queues and one for a timer every minute.</summary>
    public FaultyWorld World(
        FaultPlan plan,
        IEnumerable<HistoricFact> facts,
        Func<WorkerPorts, string, string, Task> handle,
        Func<WorkerPorts, Task>? tick = null)
    {
        Seen.Clear();
        FaultyWorld? world = null;
        return world = new(plan, Start, Engine, facts);

        (IReadOnlyList<QueueTrigger>, IReadOnlyList<TimerTrigger>) Engine(
            ITableStore store, IMessageBus bus, IEmailSender sender, TimeProvider clock)
        {
            var ports = new WorkerPorts(store, bus, sender, clock, () => world!.Clock.GetUtcNow());
            return (
                [.. Queues.All.Select(queue => new QueueTrigger(queue, queue, (body, _) => handle(ports, queue, body)))],
                tick is null ? [] : [new TimerTrigger("Tick", "0 * * * * *", _ => tick(ports))]);
        }
    }

    public void See(WorkerPorts ports, string what) => Seen.Add((ports.TrueTime(), what));
}

/// <summary>What one worker's functions have to work with.</summary>
internal sealed record WorkerPorts(
    ITableStore Store, IMessageBus Bus, IEmailSender Sender, TimeProvider Clock, Func<DateTimeOffset> TrueTime);
