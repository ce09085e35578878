using System.Diagnostics;
using System.Globalization;
using NCrontab;
using Segue.Messaging;
using Segue.Ports;
using Segue.Simulation;

namespace Segue.Tests.Simulation;

public sealed class VirtualWorldTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly List<string> seen = [];
    private readonly VirtualTimeProvider clock = new(Start);
    private readonly VirtualBus bus;

    public VirtualWorldTests() => bus = new(clock);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunUntilAsync_FactsAndMessages_AreDeliveredInOrderOfTime()
    {
        await using var world = World(
            [Fact(10, "first"), Fact(30, "second")],
            (_, body) => body == "first" ? bus.SendAsync(Queues.Emails, [new("mail", "mail", Start.AddSeconds(20))]) : Task.CompletedTask);

        await world.RunUntilAsync(Start.AddSeconds(60), cancellation: Token);

        Assert.Equal(["10 customers first", "20 emails mail", "30 customers second"], seen);
        Assert.Equal(Start.AddSeconds(60), clock.GetUtcNow());
    }

    [Fact]
    public async Task RunUntilAsync_OneInstant_FactsThenConsequencesThenMessagesThenTimersThenTheRest()
    {
        await bus.SendAsync(Queues.Customers, [new("wake-up", "wake-up", Start.AddSeconds(10))], Token);
        await using var world = World(
            [Fact(10, "one"), Fact(10, "two")],
            (queue, body) => body switch
            {
                "one" => Both(bus.SendAsync(Queues.Emails, [new("mail", "mail")]), bus.SendAsync(Queues.Customers, [new("a", "a")])),
                "a" => bus.SendAsync(Queues.Customers, [new("b", "b")]),
                _ => Task.CompletedTask,
            },
            timers: new TimerTrigger("Tick", "10 0 12 * * *", token =>
                Both(See("tick"), bus.SendAsync(Queues.Customers, [new("due", "due")], token))));

        await world.RunUntilAsync(Start.AddSeconds(11), cancellation: Token);

        Assert.Equal(
            [
                "10 customers one", "10 customers two", "10 customers a", "10 customers b",
                "10 customers wake-up", "10 emails mail", "10 tick", "10 customers due",
            ],
            seen);
    }

    [Fact]
    public async Task RunUntilAsync_EndIsExclusive_AndTheNextRunGoesOnThere()
    {
        await using var world = World([Fact(0, "start"), Fact(10, "end")], timers: new TimerTrigger("Tick", "*/10 * * * * *", _ => See("tick")));

        await world.RunUntilAsync(Start.AddSeconds(10), cancellation: Token);
        Assert.Equal(["0 customers start", "0 tick"], seen);

        await world.RunUntilAsync(Start.AddSeconds(20), cancellation: Token);
        Assert.Equal(["0 customers start", "0 tick", "10 customers end", "10 tick"], seen);
    }

    [Fact]
    public async Task RunUntilAsync_SeveralTimers_RunEachOnItsOwnSchedule()
    {
        await using var world = World(
            [],
            timers:
            [
                new("Quarter", "0 */15 * * * *", _ => Task.CompletedTask),
                new("Weekly", "0 30 3 * * 1", _ => See("weekly")),
            ]);

        await world.RunUntilAsync(Start.AddDays(14), cancellation: Token);

        Assert.Equal(14 * 96, world.Statistics.Timers["Quarter"]);
        Assert.Equal(2, world.Statistics.Timers["Weekly"]);
        Assert.Equal((14 * 96) + 2, world.Statistics.TimersRun);
    }

    [Fact]
    public async Task RunUntilAsync_StartBetweenTwoSeconds_FirstTickIsNotBeforeIt()
    {
        var halfPast = new VirtualTimeProvider(Start.AddMilliseconds(500));
        var ticks = new List<DateTimeOffset>();
        await using var world = new VirtualWorld(
            halfPast, new(halfPast), [], [new("Tick", "* * * * * *", _ => Add(ticks, halfPast.GetUtcNow()))], Array.Empty<HistoricFact>());

        await world.RunUntilAsync(Start.AddSeconds(3), cancellation: Token);

        Assert.Equal([Start.AddSeconds(1), Start.AddSeconds(2)], ticks);
    }

    [Fact]
    public void Constructor_ScheduleOfFiveFields_Throws() =>
        Assert.Throws<CrontabException>(() => World([], timers: new TimerTrigger("Tick", "*/15 * * * *", _ => Task.CompletedTask)));

    [Fact]
    public void Constructor_TwoFunctionsForOneQueue_Throws() =>
        Assert.Throws<ArgumentException>(() => new VirtualWorld(
            clock, bus, [Trigger(Queues.Emails), Trigger(Queues.Emails)], [], Array.Empty<HistoricFact>()));

    [Fact]
    public async Task RunUntilAsync_QueueThatNobodyTakes_SaysWhich()
    {
        await using var world = new VirtualWorld(clock, bus, [], [], [Fact(1, "lost")]);

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => world.RunUntilAsync(Start.AddDays(1), cancellation: Token));

        Assert.Contains("'customers'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunUntilAsync_HistoryNotSorted_NamesTheFact()
    {
        await using var world = World([Fact(10, "b"), Fact(9, "a")]);

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => world.RunUntilAsync(Start.AddDays(1), cancellation: Token));

        Assert.Contains("'a'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunUntilAsync_LongHistory_IsReadOneAhead()
    {
        var read = 0;
        await using var world = World(Endless());

        await world.RunUntilAsync(Start.AddSeconds(100), cancellation: Token);

        Assert.Equal(100, world.Statistics.Facts);
        Assert.Equal(101, read);

        IEnumerable<HistoricFact> Endless()
        {
            while (true)
            {
                yield return Fact(read++, "fact");
            }
        }
    }

    [Fact]
    public async Task RunUntilAsync_PermanentException_IsADeadLetterEvenWhenStrict()
    {
        await using var world = World(
            [Fact(5, "bad"), Fact(6, "good")],
            (_, body) => body == "bad" ? throw new PermanentException("not JSON") : Task.CompletedTask,
            strict: true);

        await world.RunUntilAsync(Start.AddDays(1), cancellation: Token);

        var letter = Assert.Single(bus.DeadLetters);
        Assert.Equal(("bad", Start.AddSeconds(5), "not JSON"), (letter.Message.Id, letter.At, letter.Reason));
        Assert.Equal(1, world.Statistics.DeadLetters);
        Assert.Equal(["5 customers bad", "6 customers good"], seen);
    }

    [Fact]
    public async Task RunUntilAsync_HandlerThrowsTwice_IsRedeliveredAtTheSameInstant()
    {
        var failures = 2;
        await using var world = World([Fact(5, "x")], (_, _) => failures-- > 0 ? throw new PortUnavailableException("busy") : Task.CompletedTask);

        await world.RunUntilAsync(Start.AddDays(1), cancellation: Token);

        Assert.Equal(["5 customers x", "5 customers x", "5 customers x"], seen);
        Assert.Equal((2L, 1L, 3L), (world.Statistics.Redeliveries, world.Statistics.Facts, world.Statistics.MessagesDelivered));
        Assert.Empty(bus.DeadLetters);
    }

    [Fact]
    public async Task RunUntilAsync_HandlerAlwaysThrows_IsADeadLetterAfterTheLastDelivery()
    {
        await using var world = World([Fact(5, "x")], (_, _) => throw new PortUnavailableException("busy"));

        await world.RunUntilAsync(Start.AddDays(1), cancellation: Token);

        Assert.Equal(VirtualWorld.MaxDeliveries, seen.Count);
        Assert.Contains("busy", Assert.Single(bus.DeadLetters).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunUntilAsync_StrictAndHandlerThrows_ThrowsThat()
    {
        await using var world = World([Fact(5, "x")], (_, _) => throw new PortUnavailableException("busy"), strict: true);

        await Assert.ThrowsAsync<PortUnavailableException>(() => world.RunUntilAsync(Start.AddDays(1), cancellation: Token));
    }

    [Fact]
    public async Task RunUntilAsync_TimerThrows_NextTickIsTheNextTry()
    {
        var runs = 0;
        await using var world = World(
            [],
            timers: new TimerTrigger(
                "Tick", "0 * * * * *", _ => runs++ == 0 ? throw new PortUnavailableException("busy") : Task.CompletedTask));

        await world.RunUntilAsync(Start.AddMinutes(2), cancellation: Token);

        Assert.Equal((2L, 1L), (world.Statistics.TimersRun, world.Statistics.TimersFailed));
    }

    [Fact]
    public async Task RunUntilAsync_HandlerWaitsOnTheClock_MovesItAndGoesOnInOrder()
    {
        await using var world = World([Fact(5, "slow"), Fact(7, "next"), Fact(30, "far")], async (_, body) =>
        {
            if (body == "slow")
            {
                await Task.Delay(TimeSpan.FromSeconds(4), clock);
                await Task.Delay(TimeSpan.FromSeconds(6), clock);
                await See("slow done");
            }
        });

        await world.RunUntilAsync(Start.AddMinutes(1), cancellation: Token);

        Assert.Equal(["5 customers slow", "15 slow done", "15 customers next", "30 customers far"], seen);
    }

    [Fact]
    public async Task RunUntilAsync_HandlerAwaitsSomethingReal_WaitsForIt()
    {
        await using var world = World([Fact(5, "x")], async (_, _) =>
        {
            await Task.Run(() => { });
            await Task.Delay(TimeSpan.FromSeconds(1), clock);
            await See("done");
        });

        await world.RunUntilAsync(Start.AddMinutes(1), cancellation: Token);

        Assert.Equal(["5 customers x", "6 done"], seen);
    }

    [Fact]
    public async Task RunUntilAsync_Cancelled_StopsAfterTheMessageInHand()
    {
        using var source = new CancellationTokenSource();
        await using var world = World([Fact(5, "x"), Fact(6, "y")], (_, _) => source.CancelAsync());

        await Assert.ThrowsAsync<OperationCanceledException>(() => world.RunUntilAsync(Start.AddDays(1), null, source.Token));

        Assert.Equal(["5 customers x"], seen);
    }

    [Fact]
    public async Task RunUntilAsync_Progress_EndsWithTheTotals()
    {
        var reports = new Reports();
        await using var world = World(Enumerable.Range(0, 2500).Select(i => Fact(i, "x")));

        await world.RunUntilAsync(Start.AddDays(1), reports, Token);

        Assert.Equal([1000, 2000, 2500], reports.Seen.Select(report => report.Facts));
        Assert.Equal(new(Start.AddDays(1), 2500, 2500, 0), reports.Seen[^1]);
    }

    [Fact]
    public async Task RunUntilAsync_HalfAMillionMessages_TakesSeconds()
    {
        // Each fact leads to a wake-up a day later: 250,000 of either, with a timer every 15 minutes.
        var handled = 0;
        var watch = Stopwatch.StartNew();
        await using var world = new VirtualWorld(
            clock,
            bus,
            [
                new("Facts", Queues.Customers, (body, token) =>
                    bus.SendAsync(Queues.JourneySteps, [new("wake", body, clock.GetUtcNow().AddDays(1))], token)),
                new("Steps", Queues.JourneySteps, (_, _) => Task.FromResult(handled++)),
            ],
            [new("Tick", "0 */15 * * * *", _ => Task.CompletedTask)],
            Enumerable.Range(0, 250_000).Select(i => Fact(i * 180, "fact")));

        await world.RunUntilAsync(Start.AddDays(600), cancellation: Token);

        Assert.Equal((250_000, 500_000L, 57_600L), (handled, world.Statistics.MessagesDelivered, world.Statistics.TimersRun));
        // Loose, for busy machines: it only tells seconds from minutes.
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), $"It took {watch.Elapsed}.");
    }

    private static HistoricFact Fact(double second, string name) => new(Start.AddSeconds(second), Queues.Customers, new(name, name));

    private static Task Both(Task one, Task other) => Task.WhenAll(one, other);

    private static Task Add<T>(List<T> list, T item)
    {
        list.Add(item);
        return Task.CompletedTask;
    }

    private static QueueTrigger Trigger(string queue) => new("Any", queue, (_, _) => Task.CompletedTask);

    private VirtualWorld World(
        IEnumerable<HistoricFact> facts,
        Func<string, string, Task>? handle = null,
        bool strict = false,
        params TimerTrigger[] timers)
    {
        var triggers = Queues.All.Select(queue => new QueueTrigger(queue, queue, (body, _) => Handle(queue, body)));
        return new(clock, bus, [.. triggers], timers, facts, strict);

        async Task Handle(string queue, string body)
        {
            await See($"{queue} {body}");
            if (handle is not null)
            {
                await handle(queue, body);
            }
        }
    }

    private Task See(string what) =>
        Add(seen, string.Create(CultureInfo.InvariantCulture, $"{(clock.GetUtcNow() - Start).TotalSeconds} {what}"));

    private sealed class Reports : IProgress<SimulationProgress>
    {
        public List<SimulationProgress> Seen { get; } = [];

        public void Report(SimulationProgress value) => Seen.Add(value);
    }
}
