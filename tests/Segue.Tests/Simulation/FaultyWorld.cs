using System.Globalization;
using Segue.Ports;
using Segue.Simulation;

namespace Segue.Tests.Simulation;

/// <summary>
/// The virtual world with several workers whose handlers interleave at every port call, and a seed that decides who goes
/// next and what goes wrong. One run is one thread, and the same seed is the same run.
/// </summary>
/// <remarks>
/// <para>Order is <see cref="VirtualWorld"/>'s between kinds: of one instant the facts and what they lead to in the customers
/// queue are finished first, then other messages, then ticks; everything due is finished before the next instant of history.
/// What a fault puts off is done within seconds, and if those would reach the next fact, just before it.</para>
/// <para>A worker's death takes all its handlers; their messages are delivered again. A tick that fails or dies runs
/// again: in Azure the next tick would do its work, but later than the next fact, and the runs could not be compared.</para>
/// </remarks>
internal sealed class FaultyWorld
{
    private readonly VirtualTimeProvider clock;
    private readonly Inbox inbox;
    private readonly Dispatcher dispatcher;
    private readonly TimerTicks timers;
    private readonly IEnumerator<HistoricFact> history;
    private HistoricFact? nextFact;

    /// <summary>A world at <paramref name="start"/>.</summary>
    /// <param name="plan">What goes wrong; a new one for each run.</param>
    /// <param name="start">The first moment.</param>
    /// <param name="engine">Makes each worker's functions, again after each of its crashes.</param>
    /// <param name="facts">What happens, sorted by time; read one ahead.</param>
    /// <param name="store">What all workers share; null for an empty one in memory.</param>
    /// <param name="senderAnswers">Whether the mail service can say what it has accepted.</param>
    /// <param name="workerCount">Workers.</param>
    /// <param name="handlersAtOnce">Handlers in progress at once, over all workers.</param>
    public FaultyWorld(
        FaultPlan plan,
        DateTimeOffset start,
        EngineFactory engine,
        IEnumerable<HistoricFact> facts,
        ITableStore? store = null,
        bool senderAnswers = false,
        int workerCount = 3,
        int handlersAtOnce = 6)
    {
        clock = new(start);
        inbox = new(clock.GetUtcNow);
        dispatcher = new(plan, clock, inbox, handlersAtOnce);
        Store = store ?? new InMemoryTableStore();
        Sender = new(clock, senderAnswers);
        var turns = dispatcher.Turns;
        var faultyStore = new FaultyTableStore(turns, Store);
        var bus = new FaultyBus(turns, (queue, message) => inbox.Accept(queue, message, turns.Current));
        var sender = new FaultySender(turns, Sender, HasRoom);
        dispatcher.Employ(workerCount, at => engine(faultyStore, bus, sender, at));
        timers = new(engine(faultyStore, bus, sender, clock).Timers, start);
        history = facts.GetEnumerator();
        MoveHistory();

        bool HasRoom() => inbox.Last - clock.GetUtcNow() > TimeSpan.FromSeconds(5) + (plan.Rates.MaxSkew * 2);
    }

    /// <summary>The true store, without faults.</summary>
    public ITableStore Store { get; }

    /// <summary>The mail service, which remembers what it accepted.</summary>
    public RecordingSender Sender { get; }

    /// <summary>The true time.</summary>
    public TimeProvider Clock => clock;

    /// <summary>What no handler could deal with.</summary>
    public IReadOnlyList<DeadLetter> DeadLetters => dispatcher.DeadLetters;

    /// <summary>Messages that are under way or wait for their time.</summary>
    public IEnumerable<(string Queue, BusMessage Message, DateTimeOffset Due)> Waiting => inbox.Waiting;

    /// <summary>What was injected, a line each with its moment and worker.</summary>
    public IReadOnlyList<string> Trace => dispatcher.Trace;

    /// <summary>What was called and what went wrong there.</summary>
    public FaultCoverage Coverage => dispatcher.Turns.Coverage;

    /// <summary>A hash over every step of the run: equal for equal runs.</summary>
    public ulong Fingerprint => dispatcher.Fingerprint;

    /// <summary>Deliveries of messages and ticks to handlers.</summary>
    public long Deliveries => dispatcher.Started;

    /// <summary>Runs all that is due before <paramref name="until"/> to its end.</summary>
    /// <exception cref="InvalidOperationException">
    /// A handler threw what no fault explains, awaits what never comes, or a message goes in circles.
    /// </exception>
    public void RunUntil(DateTimeOffset until)
    {
        // Without a synchronization context a handler's next step runs inside the call that gives it its turn.
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            while (NextInstant() is { } instant && instant < until)
            {
                RunInstant(instant, until);
            }
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null || other < one ? other : one;

    private DateTimeOffset? NextInstant() => Earlier(nextFact?.At, Earlier(inbox.NextDue(ofFacts: false), timers.Next));

    private void RunInstant(DateTimeOffset instant, DateTimeOffset until)
    {
        inbox.Last = DateTimeOffset.MaxValue;
        if (instant > clock.GetUtcNow())
        {
            clock.AdvanceTo(instant);
        }

        while (nextFact is { } fact && fact.At <= clock.GetUtcNow())
        {
            inbox.Put(new(fact.Queue, fact.Message, null, ofFact: true, new()), fact.At);
            MoveHistory();
        }

        inbox.Last = Earlier(nextFact?.At, until)!.Value.AddTicks(-1);
        RunPhase(ofFacts: true);
        if (inbox.NextDue(ofFacts: false) <= clock.GetUtcNow())
        {
            RunPhase(ofFacts: false);
        }
        else if (timers.Next <= clock.GetUtcNow())
        {
            while (timers.Next <= clock.GetUtcNow())
            {
                var (timer, at) = timers.Take();
                var name = at.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
                inbox.Put(new(timer.Name, new(name, ""), timer, ofFact: false, new()), at);
            }

            RunPhase(ofFacts: false);
        }
    }

    /// <summary>Runs either all that follows from the instant's facts, or all else that is due, to its end.</summary>
    private void RunPhase(bool ofFacts)
    {
        while (true)
        {
            while (inbox.NextDue(ofFacts) <= clock.GetUtcNow())
            {
                dispatcher.Arrive(inbox.Take(ofFacts));
            }

            if (!dispatcher.Step())
            {
                // What follows from facts is waited for; other messages have their own instants.
                var nextMessage = inbox.NextDue(ofFacts);
                if (dispatcher.IsIdle && (nextMessage is null || !ofFacts))
                {
                    return;
                }

                PassTime(nextMessage <= inbox.Last ? nextMessage : null);
            }

            dispatcher.Settle();
        }
    }

    /// <summary>Nothing can run: moves the clock to what comes next, but not to the next instant of history.</summary>
    private void PassTime(DateTimeOffset? nextMessage)
    {
        var nextTimer = dispatcher.IsIdle ? null : clock.NextTimer;
        if (nextMessage is { } due && !(nextTimer < due))
        {
            clock.AdvanceTo(due);
        }
        else if (nextTimer is not null)
        {
            clock.FireNext(inbox.Last);
        }
        else
        {
            throw new InvalidOperationException(
                $"Handlers await something that is neither a port nor the clock: {dispatcher.InProgress}.");
        }
    }

    private void MoveHistory()
    {
        var before = nextFact;
        nextFact = history.MoveNext() ? history.Current : null;
        if (nextFact is { } fact && fact.At < before?.At)
        {
            throw new InvalidOperationException($"History must be sorted by time: '{fact.Message.Id}' at {fact.At:O} is not.");
        }
    }
}
