using Segue.Messaging;
using Segue.Ports;
using Segue.Simulation;

namespace Segue.Tests.Simulation;

public sealed class FaultyWorldTests
{
    private static readonly DateTimeOffset Start = ToyWorld.Start;
    private readonly ToyWorld toy = new();

    [Fact]
    public void RunUntil_CrashAfterACall_LosesTheHandlerAndItsMemoryAndDeliversAgain()
    {
        var instances = 0;
        var rates = new FaultPlan(3, FaultRates.None.With(FaultKind.CrashAfter, 1));
        var world = new FaultyWorld(
            rates,
            Start,
            (store, bus, sender, clock) =>
            {
                var memory = ++instances;
                return (
                    [
                        new("Any", Queues.Customers, async (_, token) =>
                        {
                            toy.Seen.Add((clock.GetUtcNow(), $"begins in {memory}"));
                            await store.GetAsync("Any", "p", "k", token);
                            toy.Seen.Add((clock.GetUtcNow(), "ends"));
                        }),
                    ],
                    []);
            },
            [ToyWorld.Fact(0, "x")],
            workerCount: 1);

        world.RunUntil(Start.AddMinutes(1));

        // The first instance only names the timers; then each crash makes a new one, as often as faults may strike.
        Assert.Equal(["begins in 2", "begins in 3", "begins in 4", "begins in 5", "begins in 6", "ends"], toy.Seen.Select(item => item.What));
        Assert.Equal(4, world.Trace.Count);
        Assert.Equal(5, world.Deliveries);
    }

    [Fact]
    public void RunUntil_LostLock_TwoHandlersWorkOnOneMessage()
    {
        var inProgress = 0;
        var most = 0;
        var plan = new FaultPlan(3, FaultRates.None.With(FaultKind.LostLock, 1));
        var world = toy.World(plan, [ToyWorld.Fact(0, "x")], async (ports, _, _) =>
        {
            most = Math.Max(most, ++inProgress);
            await ports.Store.GetAsync("Any", "p", "k");
            inProgress--;
        });

        world.RunUntil(Start.AddMinutes(1));

        Assert.True(most > 1);
        Assert.Equal(0, inProgress);
        Assert.Equal(5, world.Deliveries);
    }

    [Fact]
    public void RunUntil_PermanentException_IsADeadLetter()
    {
        var world = toy.World(FaultPlan.Undisturbed(), [ToyWorld.Fact(0, "x")], (_, _, _) => throw new PermanentException("not JSON"));

        world.RunUntil(Start.AddMinutes(1));

        Assert.Equal(("x", "not JSON"), (Assert.Single(world.DeadLetters).Message.Id, world.DeadLetters[0].Reason));
    }

    [Fact]
    public void RunUntil_AlwaysUnavailable_IsADeadLetterAfterTheLastDelivery()
    {
        var world = toy.World(FaultPlan.Undisturbed(), [ToyWorld.Fact(0, "x")], (_, _, _) => throw new PortUnavailableException("busy"));

        world.RunUntil(Start.AddMinutes(1));

        Assert.Single(world.DeadLetters);
        Assert.Equal(VirtualWorld.MaxDeliveries, world.Deliveries);
    }

    [Fact]
    public void RunUntil_HandlerThrowsWhatNoFaultExplains_SaysWhichDelivery()
    {
        var world = toy.World(FaultPlan.Undisturbed(), [ToyWorld.Fact(0, "x")], (_, _, _) => throw new FormatException("bug"));

        var error = Assert.Throws<InvalidOperationException>(() => world.RunUntil(Start.AddMinutes(1)));

        Assert.Contains("customers/x #1", error.Message, StringComparison.Ordinal);
        Assert.IsType<FormatException>(error.InnerException);
    }

    [Fact]
    public void RunUntil_HandlerAwaitsWhatNeverComes_SaysWhich()
    {
        var world = toy.World(FaultPlan.Undisturbed(), [ToyWorld.Fact(0, "x")], (_, _, _) => new TaskCompletionSource().Task);

        var error = Assert.Throws<InvalidOperationException>(() => world.RunUntil(Start.AddMinutes(1)));

        Assert.Contains("customers/x #1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RunUntil_MessageInCircles_IsNoticed()
    {
        var world = toy.World(
            FaultPlan.Undisturbed(), [ToyWorld.Fact(0, "x")], (ports, queue, body) => ports.Bus.SendAsync(queue, [new(body, body)]));

        var error = Assert.Throws<InvalidOperationException>(() => world.RunUntil(Start.AddMinutes(1)));

        Assert.Contains("customers/x", error.Message, StringComparison.Ordinal);
    }
}
