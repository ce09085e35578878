using System.Globalization;
using Segue.Messaging;
using Segue.Ports;
using Segue.Simulation;

namespace Segue.Tests.Simulation;

/// <summary>Hands work to workers, lets their handlers take turns, and deals with how each of them ends.</summary>
internal sealed class Dispatcher
{
    /// <summary>Deliveries after which a message goes undisturbed and to the one clock that is right.</summary>
    private const int PatientDeliveries = 8;

    /// <summary>Deliveries after which a message is thought to go in circles.</summary>
    private const int TooManyDeliveries = 500;

    private static readonly FaultKind[] Delivering = [FaultKind.Duplicate, FaultKind.Delay, FaultKind.Reorder];

    private readonly FaultPlan plan;
    private readonly VirtualTimeProvider clock;
    private readonly Inbox inbox;
    private readonly int atOnce;
    private readonly PriorityQueue<Delivery, long> ready = new();
    private readonly List<Delivery> active = [];
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly List<DeadLetter> deadLetters = [];
    private readonly List<string> trace = [];
    private Worker[] workers = [];
    private long arrivals;
    private ulong? startKey;

    public Dispatcher(FaultPlan plan, VirtualTimeProvider clock, Inbox inbox, int atOnce)
    {
        (this.plan, this.clock, this.inbox, this.atOnce) = (plan, clock, inbox, atOnce);
        Turns = new(plan, Crash, LoseLock, (delivery, fault) => Note($"{delivery.Worker?.Name ?? "bus"}: {fault}"));
    }

    public Turnstile Turns { get; }

    public IReadOnlyList<DeadLetter> DeadLetters => deadLetters;

    public IReadOnlyList<string> Trace => trace;

    public ulong Fingerprint { get; private set; }

    /// <summary>Handlers started.</summary>
    public long Started { get; private set; }

    /// <summary>Whether no handler is in progress.</summary>
    public bool IsIdle => active.Count == 0;

    /// <summary>The handlers in progress, in words.</summary>
    public string InProgress => string.Join(", ", active.Select(delivery => $"{delivery.Name} on {delivery.Worker!.Name}"));

    /// <summary>Starts workers, each with its own clock.</summary>
    public void Employ(
        int count, Func<TimeProvider, (IReadOnlyList<QueueTrigger> Queues, IReadOnlyList<TimerTrigger> Timers)> start) =>
        workers = [.. Enumerable.Range(0, count).Select(number =>
            new Worker(number, new(clock, DrawSkew(number), () => inbox.Last), start))];

    /// <summary>Starts a handler or lets one go on; false when neither is possible.</summary>
    public bool Step()
    {
        var canStart = ready.Count > 0 && active.Count < atOnce;
        startKey = canStart ? startKey ?? Turnstile.Key(plan.Number(ready.Peek().Hash, 0)) : null;
        if (canStart && !(Turns.NextKey < startKey))
        {
            startKey = null;
            Start(ready.Dequeue());
        }
        else if (Turns.NextKey is { } call)
        {
            startKey = startKey is { } key ? Turnstile.Older(key) : null;
            Fingerprint = SeedHash.Of(Fingerprint, call, (ulong)clock.GetUtcNow().Ticks);
            Turns.Advance();
        }
        else
        {
            return false;
        }

        return true;
    }

    /// <summary>Work is due: makes it ready for a worker, unless a fault puts it off.</summary>
    public void Arrive(Work work)
    {
        var delivery = NewDelivery(work);
        var fault = Turns.Draw(delivery, 0, Turns.Coverage.At(work.Queue, "deliver"), Delivering);
        switch (fault.Kind)
        {
            case FaultKind.Delay:
                inbox.PutBack(work, Seconds(fault.Number));
                return;
            case FaultKind.Duplicate:
                ready.Enqueue(NewDelivery(work), ++arrivals);
                break;
        }

        // A reordered message lets up to 32 others pass.
        ready.Enqueue(delivery, ++arrivals + (fault.Kind == FaultKind.Reorder ? 1 + (long)(fault.Number % 32) : 0));
    }

    private Delivery NewDelivery(Work work)
    {
        var number = numbers[work.Name] = numbers.GetValueOrDefault(work.Name) + 1;
        var clean = ++work.Patience.Deliveries > PatientDeliveries;
        return work.Patience.Deliveries <= TooManyDeliveries
            ? new(work, number, clean)
            : throw new InvalidOperationException($"{work.Name} was delivered {TooManyDeliveries} times and is not done.");
    }

    private void Start(Delivery delivery)
    {
        var worker = delivery.Clean ? workers[0] : workers[plan.Number(delivery.Hash, 1) % (ulong)workers.Length];
        if (delivery.Work.Timer is not null && worker.Clock.Skew < TimeSpan.Zero)
        {
            // A timer ticks by its worker's own clock: one that is behind does not tick yet.
            worker = workers[0];
        }

        Started++;
        Fingerprint = SeedHash.Of(Fingerprint, delivery.Hash, (ulong)clock.GetUtcNow().Ticks);
        delivery.Worker = worker;
        active.Add(delivery);
        delivery.Task = Turns.Start(delivery, () => worker.Handle(delivery.Work));
    }

    /// <summary>Deals with the handlers that have ended.</summary>
    public void Settle()
    {
        if (Turns.Strayed is { } strayed)
        {
            throw new InvalidOperationException(strayed);
        }

        for (var i = active.Count - 1; i >= 0; i--)
        {
            if (active[i].Task.IsCompleted)
            {
                var ended = active[i];
                active.RemoveAt(i);
                End(ended);
            }
        }
    }

    private void End(Delivery delivery)
    {
        var error = delivery.Task.IsCanceled ? new OperationCanceledException() : delivery.Task.Exception?.InnerException;
        if (error is not (null or PermanentException or PortUnavailableException or TableConflictException))
        {
            throw new InvalidOperationException($"{delivery.Name} on {delivery.Worker!.Name} threw: {error.Message}", error);
        }

        if (error is null || delivery.LockLost)
        {
            return;
        }

        var work = delivery.Work;
        if (error is PermanentException || ++work.Patience.Failures >= VirtualWorld.MaxDeliveries)
        {
            deadLetters.Add(new(work.Queue, work.Message, clock.GetUtcNow(), error.Message));
        }
        else
        {
            inbox.PutBack(work, Seconds(plan.Number(delivery.Hash, 2)));
        }
    }

    private void Crash(Delivery cause)
    {
        cause.Worker!.Crash();
        foreach (var delivery in active.Where(delivery => delivery.Worker == cause.Worker).ToList())
        {
            delivery.Abandoned = true;
            active.Remove(delivery);
            if (!delivery.LockLost)
            {
                inbox.PutBack(delivery.Work, Seconds(plan.Number(delivery.Hash, 2)));
            }
        }

        Turns.DropAbandoned();
    }

    private void LoseLock(Delivery delivery)
    {
        if (!delivery.LockLost)
        {
            delivery.LockLost = true;
            inbox.PutBack(delivery.Work, TimeSpan.Zero);
        }
    }

    private TimeSpan DrawSkew(int number)
    {
        // The first worker's clock is right: where a message goes that has had its share of trouble.
        var name = $"worker {number}";
        var hash = SeedHash.Of(name);
        var fault = number == 0 ? null : plan.Draw(hash, () => name, 0, "clock", [FaultKind.ClockSkew]);
        if (fault is null)
        {
            return TimeSpan.Zero;
        }

        Turns.Coverage.At("clock", "read").Count(FaultKind.ClockSkew);
        var skew = plan.Rates.MaxSkew * ((SeedHash.Unit(plan.Number(hash, 1)) * 2) - 1);
        Note(string.Create(CultureInfo.InvariantCulture, $"{name}: clock wrong by {skew.TotalSeconds:F3} s"));
        return skew;
    }

    private static TimeSpan Seconds(ulong number) => TimeSpan.FromSeconds(number % 6);

    private void Note(string what) => trace.Add($"{clock.GetUtcNow():O} {what}");
}
