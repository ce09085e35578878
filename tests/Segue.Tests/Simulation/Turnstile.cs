using Segue.Ports;

namespace Segue.Tests.Simulation;

/// <summary>
/// Where every port call waits for its turn and meets its fault. Handlers run on the driver's thread only: a turn runs
/// one of them from its port call to its next one.
/// </summary>
internal sealed class Turnstile(
    FaultPlan plan, Action<Delivery> crash, Action<Delivery> loseLock, Action<Delivery, InjectedFault> trace)
{
    /// <summary>Keys from here on wait until nothing else can run.</summary>
    private const ulong Last = 1UL << 63;

    private readonly AsyncLocal<Delivery?> current = new();
    private readonly List<Call> waiting = [];
    private readonly int thread = Environment.CurrentManagedThreadId;

    public FaultCoverage Coverage { get; } = new();

    /// <summary>The delivery on whose behalf code runs now; null in a test's own code.</summary>
    public Delivery? Current => current.Value;

    /// <summary>Set when a handler left the driver's thread: such a run does not repeat.</summary>
    public string? Strayed { get; private set; }

    /// <summary>The key of the call that goes next, or null when none waits.</summary>
    public ulong? NextKey => waiting.Count == 0 ? null : waiting[NextIndex()].Key;

    /// <summary>A key by which things take turns, lowest first.</summary>
    public static ulong Key(ulong drawn) => drawn >> 1;

    /// <summary>The key of something that let another go first: without it one high key would hold a handler up to the end.</summary>
    public static ulong Older(ulong key) => key < Last ? key >> 1 : key;

    /// <summary>Starts a handler and runs it to its first port call.</summary>
    public Task Start(Delivery delivery, Func<Task> handle)
    {
        current.Value = delivery;
        try
        {
            return handle();
        }
        catch (Exception e)
        {
            return Task.FromException(e);
        }
        finally
        {
            current.Value = null;
        }
    }

    /// <summary>Gives the next call its turn.</summary>
    public void Advance()
    {
        var index = NextIndex();
        var call = waiting[index];
        waiting.RemoveAt(index);
        foreach (var other in waiting)
        {
            other.Key = Older(other.Key);
        }

        call.Turn.SetResult();
    }

    /// <summary>Forgets the calls of handlers that are gone.</summary>
    public void DropAbandoned() => waiting.RemoveAll(call => call.Delivery.Abandoned);

    /// <summary>A port call: waits, meets its fault, does what it does.</summary>
    /// <param name="target">Table, queue or service.</param>
    /// <param name="operation">What it does to it.</param>
    /// <param name="kinds">What can go wrong.</param>
    /// <param name="act">Does it, and itself sees to the kinds that are its own.</param>
    public async Task<T> CallAsync<T>(string target, string operation, FaultKind[] kinds, Func<Fault, Task<T>> act)
    {
        if (current.Value is not { } delivery)
        {
            return await act(default);
        }

        if (Environment.CurrentManagedThreadId != thread)
        {
            Strayed ??= $"{delivery.Name} calls {target}/{operation} on another thread: "
                + "it awaited something that is neither a port nor the clock.";
            await NeverAsync();
        }

        if (delivery.Abandoned)
        {
            await NeverAsync();
        }

        var point = Coverage.At(target, operation);
        var number = ++delivery.Calls;
        var fault = Draw(delivery, number, point, kinds);
        var key = Key(plan.Number(delivery.Hash, (ulong)number));
        var call = new Call(delivery, fault.Kind is FaultKind.Slow or FaultKind.LostLock ? key | Last : key);
        if (fault.Kind == FaultKind.LostLock)
        {
            loseLock(delivery);
        }

        waiting.Add(call);
        await call.Turn.Task;
        return await ActAsync(delivery, $"{point.Name}: {fault.Kind}", fault, act);
    }

    private async Task<T> ActAsync<T>(Delivery delivery, string what, Fault fault, Func<Fault, Task<T>> act)
    {
        switch (fault.Kind)
        {
            case FaultKind.FailBefore:
                throw Unavailable(what, fault);
            case FaultKind.CrashBefore:
                crash(delivery);
                await NeverAsync();
                break;
        }

        T answer;
        try
        {
            answer = await act(fault);
        }
        catch (TableConflictException)
        {
            delivery.Disturbed = true;
            throw;
        }

        switch (fault.Kind)
        {
            case FaultKind.DoneButThrows or FaultKind.PartlyDone:
                throw Unavailable(what, fault);
            case FaultKind.CrashAfter:
                crash(delivery);
                await NeverAsync();
                break;
        }

        return answer;
    }

    /// <summary>What goes wrong, counted; a clean delivery has nothing go wrong.</summary>
    public Fault Draw(Delivery delivery, int call, FaultPoint point, FaultKind[] kinds)
    {
        var patience = delivery.Work.Patience;
        var fault = delivery.Clean || patience.Faults >= plan.Rates.MaxFaults
            ? null
            : plan.Draw(delivery.Hash, () => delivery.Name, call, point.Name, kinds);
        if (fault is null)
        {
            point.Count(FaultKind.None);
            return default;
        }

        point.Count(fault.Kind);
        trace(delivery, fault);
        if (fault.Kind is not (FaultKind.Slow or FaultKind.Reorder or FaultKind.ShortPage))
        {
            patience.Faults++;
            delivery.Disturbed = true;
        }

        return new(fault.Kind, plan.Number(delivery.Hash, 1000 + (ulong)call));
    }

    private static PortUnavailableException Unavailable(string what, Fault fault) =>
        new(what) { RetryAfter = fault.Number % 4 == 0 ? TimeSpan.FromSeconds(1) : null };

    private static Task NeverAsync() => new TaskCompletionSource().Task;

    private int NextIndex()
    {
        var next = 0;
        for (var i = 1; i < waiting.Count; i++)
        {
            if (waiting[i].Key < waiting[next].Key)
            {
                next = i;
            }
        }

        return next;
    }

    /// <summary>A call that waits. Its turn's continuations run at once, on the driver's thread.</summary>
    private sealed class Call(Delivery delivery, ulong key)
    {
        public Delivery Delivery => delivery;

        public ulong Key { get; set; } = key;

        public TaskCompletionSource Turn { get; } = new();
    }
}

/// <summary>What goes wrong at one call, with a number to draw its details from.</summary>
internal readonly record struct Fault(FaultKind Kind, ulong Number);
