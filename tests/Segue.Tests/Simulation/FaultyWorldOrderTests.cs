using System.Globalization;
using Segue.Messaging;
using Segue.Ports;

namespace Segue.Tests.Simulation;

public sealed class FaultyWorldOrderTests
{
    private static readonly DateTimeOffset Start = ToyWorld.Start;
    private readonly ToyWorld toy = new();

    [Fact]
    public void RunUntil_AnyFaults_FactsOfAnInstantGoBeforeItsWakeUpsAndAllBeforeTheNextInstant() => FaultSeeds.Hold(
        200,
        plan =>
        {
            // Facts every two seconds: hardly any room. Each leads to a consequence at once and to a wake-up at the next
            // fact's instant.
            var facts = Enumerable.Range(0, 20).Select(i => ToyWorld.Fact(i * 2, $"fact {i}"));
            var world = toy.World(plan, facts, async (ports, queue, body) =>
            {
                await ports.Store.GetAsync("Any", "p", "k");
                toy.See(ports, $"{queue} {body}");
                var number = body.Split(' ')[1];
                if (body.StartsWith("fact", StringComparison.Ordinal))
                {
                    await ports.Bus.SendAsync(Queues.Customers, [new($"consequence {number}", $"consequence {number}")]);
                    var next = Start.AddSeconds((2 * int.Parse(number, CultureInfo.InvariantCulture)) + 2);
                    await ports.Bus.SendAsync(Queues.Customers, [new($"wake-up {number}", $"wake-up {number}", next)]);
                }
            });
            world.RunUntil(Start.AddSeconds(40));
            world.RunUntil(Start.AddSeconds(42));

            Assert.Equal(60, toy.Seen.Select(item => item.What).Distinct().Count());
            for (var i = 1; i < toy.Seen.Count; i++)
            {
                Assert.True(Rank(toy.Seen[i - 1].What) <= Rank(toy.Seen[i].What), $"{toy.Seen[i].What} after {toy.Seen[i - 1].What}");
            }

            foreach (var (at, what) in toy.Seen)
            {
                var instant = Start.AddSeconds(2 * (Rank(what) / 2));
                Assert.InRange(at, instant, instant.AddSeconds(2).AddTicks(-1));
            }
        },
        FaultRates.Default.Times(3));

    [Fact]
    public void RunUntil_FaultThenPutBackFarLater_IsDeliveredBeforeTheNextFact()
    {
        // Every read fails, so the handler puts the message back for a minute later; the next fact comes in ten seconds.
        var rates = FaultRates.None.With(FaultKind.FailBefore, 1);
        var world = toy.World(new(1, rates), [ToyWorld.Fact(0, "one"), ToyWorld.Fact(10, "two")], async (ports, queue, body) =>
        {
            try
            {
                await ports.Store.GetAsync("Any", "p", "k");
                toy.See(ports, body);
            }
            catch (PortUnavailableException)
            {
                await ports.Bus.SendAsync(queue, [new(body, body, Start.AddSeconds(60))]);
            }
        });

        world.RunUntil(Start.AddSeconds(100));

        Assert.Equal(["one", "two"], toy.Seen.Select(item => item.What));
        Assert.True(toy.Seen[0].At < Start.AddSeconds(10));
        Assert.NotEmpty(world.Trace);
    }

    [Fact]
    public void RunUntil_PutBackWithoutAnyFault_WaitsForItsMoment()
    {
        var world = toy.World(FaultPlan.Undisturbed(), [ToyWorld.Fact(0, "one"), ToyWorld.Fact(10, "two")], async (ports, queue, body) =>
        {
            if (body == "one" && ports.Clock.GetUtcNow() < Start.AddSeconds(60))
            {
                await ports.Bus.SendAsync(queue, [new(body, body, Start.AddSeconds(60))]);
            }
            else
            {
                toy.See(ports, body);
            }
        });

        world.RunUntil(Start.AddSeconds(100));

        Assert.Equal([(Start.AddSeconds(10), "two"), (Start.AddSeconds(60), "one")], toy.Seen);
    }

    [Fact]
    public void RunUntil_TooEarlyByAClockThatIsBehind_IsDoneInTheEnd()
    {
        FaultSeeds.Hold(100, plan =>
        {
            var world = toy.World(
                plan,
                [ToyWorld.Fact(0, "go")],
                async (ports, queue, body) =>
                {
                    if (ports.Clock.GetUtcNow() < Start.AddSeconds(60))
                    {
                        await ports.Bus.SendAsync(queue, [new("go", "go", Start.AddSeconds(60))]);
                    }
                    else
                    {
                        toy.See(ports, body);
                    }
                });
            world.RunUntil(Start.AddHours(1));

            Assert.NotEmpty(toy.Seen);
            Assert.All(toy.Seen, item => Assert.InRange(item.At, Start.AddSeconds(57), Start.AddSeconds(75)));
        });
    }

    [Fact]
    public void RunUntil_SkewedClocks_AreWrongByLittleButNeverShowTheNextInstant()
    {
        var shown = new List<TimeSpan>();
        var facts = Enumerable.Range(0, 30).Select(i => ToyWorld.Fact(i * 2, $"fact {i}"));
        FaultSeeds.Hold(50, plan => toy.World(plan, facts, (ports, _, body) =>
        {
            var instant = Start.AddSeconds(2 * int.Parse(body.Split(' ')[1], CultureInfo.InvariantCulture));
            Assert.True(ports.Clock.GetUtcNow() < instant.AddSeconds(2));
            shown.Add(ports.Clock.GetUtcNow() - instant);
            return Task.CompletedTask;
        }).RunUntil(Start.AddSeconds(60)));

        Assert.Contains(shown, wrong => wrong < TimeSpan.FromSeconds(-2));
        Assert.Contains(shown, wrong => wrong > TimeSpan.FromSeconds(1));
        Assert.All(shown, wrong => Assert.True(wrong >= TimeSpan.FromSeconds(-3)));
    }

    [Fact]
    public void RunUntil_ManyMessagesAtOnce_InterleaveAtPortCalls()
    {
        var orders = new HashSet<string>();
        for (var seed = 0UL; seed < 20; seed++)
        {
            toy.World(FaultPlan.Undisturbed(seed), [ToyWorld.Fact(0, "a"), ToyWorld.Fact(0, "b")], async (ports, _, body) =>
            {
                for (var i = 0; i < 3; i++)
                {
                    await ports.Store.GetAsync("Any", "p", "k");
                    toy.See(ports, body);
                }
            }).RunUntil(Start.AddMinutes(1));
            orders.Add(string.Concat(toy.Seen.Select(item => item.What)));
        }

        Assert.True(orders.Count > 5, string.Join(", ", orders));
    }

    [Fact]
    public void RunUntil_TimersUnderFaults_EachTickIsDoneBeforeTheNextFact() => FaultSeeds.Hold(
        50,
        plan =>
        {
            var world = toy.World(
                plan,
                Enumerable.Range(0, 60).Select(i => ToyWorld.Fact((i * 60) + 2, $"fact {i}")),
                (_, _, _) => Task.CompletedTask,
                async ports =>
                {
                    await ports.Store.GetAsync("Any", "p", "k");
                    toy.See(ports, "tick");
                });
            world.RunUntil(Start.AddHours(1));

            var minutes = toy.Seen.GroupBy(item => (int)(item.At - Start).TotalMinutes).ToList();
            Assert.Equal(Enumerable.Range(0, 60), minutes.Select(minute => minute.Key));
            Assert.All(toy.Seen, item => Assert.InRange(item.At.Second, 0, 1));
        },
        FaultRates.Default.Times(4));

    /// <summary>Fact 3 and its consequence, then the wake-up that fact 2 set for the same instant.</summary>
    private static int Rank(string what)
    {
        var number = int.Parse(what.Split(' ')[^1], CultureInfo.InvariantCulture);
        return what.Contains("wake-up", StringComparison.Ordinal) ? (2 * (number + 1)) + 1 : 2 * number;
    }
}
