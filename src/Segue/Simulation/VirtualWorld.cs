using Segue.Messaging;

namespace Segue.Simulation;

/// <summary>
/// Runs functions over a history on a virtual clock: always the same run for the same inputs, as fast as the functions are.
/// </summary>
/// <remarks>
/// At one instant the facts go first and what they lead to in the customers queue, then all other messages, then timers,
/// then whatever these sent for the same instant; only then does time move. Handlers run one at a time. One that waits
/// on the clock makes the clock move; whatever else it awaits should complete synchronously, or runs need not repeat.
/// </remarks>
public sealed class VirtualWorld : IAsyncDisposable
{
    /// <summary>Deliveries of a message whose handler throws before it is given up, as on Service Bus.</summary>
    public const int MaxDeliveries = 10;

    /// <summary>Messages and ticks between two reports of progress.</summary>
    private const int ReportEvery = 1000;

    private readonly VirtualTimeProvider clock;
    private readonly VirtualBus bus;
    private readonly Dictionary<string, MessageHandler> handlers;
    private readonly TimerTicks timers;
    private readonly History history;
    private readonly bool strict;

    /// <summary>A world at the clock's present moment.</summary>
    /// <param name="clock">The clock that the functions' ports and handlers use.</param>
    /// <param name="bus">The bus that the functions send to.</param>
    /// <param name="queues">At most one function a queue.</param>
    /// <param name="timers">Timer functions.</param>
    /// <param name="facts">What happens, sorted by time; read lazily. What lies before the clock arrives at once.</param>
    /// <param name="strict">Throw what a handler throws, other than <see cref="PermanentException"/>, out of the run.</param>
    /// <exception cref="ArgumentException">Two functions take one queue.</exception>
    public VirtualWorld(
        VirtualTimeProvider clock,
        VirtualBus bus,
        IReadOnlyList<QueueTrigger> queues,
        IReadOnlyList<TimerTrigger> timers,
        IAsyncEnumerable<HistoricFact> facts,
        bool strict = false)
    {
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentNullException.ThrowIfNull(facts);
        this.clock = clock;
        this.bus = bus;
        this.strict = strict;
        handlers = queues.ToDictionary(trigger => trigger.Queue, trigger => trigger.Handle, StringComparer.Ordinal);
        this.timers = new(timers, clock.GetUtcNow());
        history = new(facts);
    }

    /// <inheritdoc cref="VirtualWorld(VirtualTimeProvider, VirtualBus, IReadOnlyList{QueueTrigger}, IReadOnlyList{TimerTrigger}, IAsyncEnumerable{HistoricFact}, bool)"/>
    public VirtualWorld(
        VirtualTimeProvider clock,
        VirtualBus bus,
        IReadOnlyList<QueueTrigger> queues,
        IReadOnlyList<TimerTrigger> timers,
        IEnumerable<HistoricFact> facts,
        bool strict = false)
        : this(clock, bus, queues, timers, facts.ToAsyncEnumerable(), strict)
    {
    }

    /// <summary>What was done so far.</summary>
    public SimulationStatistics Statistics { get; } = new();

    /// <summary>
    /// Runs all that is due before <paramref name="until"/> and leaves the clock there. May be called again for a later
    /// moment, but not while a run is under way.
    /// </summary>
    /// <param name="until">The end, exclusive.</param>
    /// <param name="progress">Told now and then, and at the end.</param>
    /// <param name="cancellation">Ends the run between two messages.</param>
    /// <exception cref="InvalidOperationException">The history is not sorted, or nobody takes a queue.</exception>
    public async Task RunUntilAsync(
        DateTimeOffset until, IProgress<SimulationProgress>? progress = null, CancellationToken cancellation = default)
    {
        // Without a synchronization context a handler goes on inside the call that completes what it waits for,
        // so that its next wait is known when the clock's call returns.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        await history.BeginAsync();
        for (var step = 1L; NextInstant() is { } instant && instant < until; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (instant > clock.GetUtcNow())
            {
                clock.AdvanceTo(instant);
            }

            await StepAsync(instant, cancellation);
            if (step % ReportEvery == 0)
            {
                Report(progress);
            }
        }

        if (until > clock.GetUtcNow())
        {
            clock.AdvanceTo(until);
        }

        Report(progress);
    }

    /// <summary>Lets go of the history.</summary>
    public ValueTask DisposeAsync() => history.DisposeAsync();

    private DateTimeOffset? NextInstant() => Earlier(history.NextAt, Earlier(bus.NextDue, timers.Next));

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null || other < one ? other : one;

    private async ValueTask StepAsync(DateTimeOffset instant, CancellationToken cancellation)
    {
        if (history.NextAt == instant)
        {
            var fact = await history.TakeAsync();
            Statistics.Facts++;
            await DeliverAsync(new(fact.Queue, fact.Message, instant, Precedence.Fact), cancellation);
        }
        else if (bus.NextDue == instant)
        {
            await DeliverAsync(bus.Take(), cancellation);
        }
        else
        {
            await TickAsync(timers.Take().Trigger, cancellation);
        }
    }

    private async ValueTask DeliverAsync(VirtualMessage message, CancellationToken cancellation)
    {
        if (!handlers.TryGetValue(message.Queue, out var handle))
        {
            throw new InvalidOperationException(
                $"Message '{message.Message.Id}' waits in queue '{message.Queue}', which no function takes.");
        }

        message.Deliveries++;
        Statistics.CountMessage(message.Queue);
        bus.FollowsFact = message.Precedence < Precedence.Other;
        try
        {
            await FinishAsync(handle(message.Message.Body, cancellation));
        }
        catch (PermanentException permanent)
        {
            Bury(message, permanent.Message);
        }
        catch (Exception error) when (!strict && !cancellation.IsCancellationRequested)
        {
            if (message.Deliveries < MaxDeliveries)
            {
                Statistics.Redeliveries++;
                bus.Put(message);
            }
            else
            {
                Bury(message, $"Delivered {MaxDeliveries} times, at last: {error.GetType().Name}: {error.Message}");
            }
        }
        finally
        {
            bus.FollowsFact = false;
        }
    }

    private async ValueTask TickAsync(TimerTrigger trigger, CancellationToken cancellation)
    {
        Statistics.CountTimer(trigger.Name);
        try
        {
            await FinishAsync(trigger.Handle(cancellation));
        }
        catch (Exception) when (!strict && !cancellation.IsCancellationRequested)
        {
            // As in Functions: the next tick is the next try.
            Statistics.TimersFailed++;
        }
    }

    private ValueTask FinishAsync(Task handling) =>
        handling.IsCompletedSuccessfully ? ValueTask.CompletedTask : WaitAsync(handling);

    private async ValueTask WaitAsync(Task handling)
    {
        while (!handling.IsCompleted)
        {
            if (!clock.FireNext(DateTimeOffset.MaxValue))
            {
                await Task.WhenAny(handling, clock.TimerStartedAsync());
            }
        }

        await handling;
    }

    private void Bury(VirtualMessage message, string reason)
    {
        Statistics.DeadLetters++;
        bus.Bury(message, reason);
    }

    private void Report(IProgress<SimulationProgress>? progress) => progress?.Report(
        new(clock.GetUtcNow(), Statistics.Facts, Statistics.MessagesDelivered, Statistics.TimersRun));
}
