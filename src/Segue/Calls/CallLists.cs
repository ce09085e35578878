using Segue.Customers;
using Segue.Messaging;
using Segue.Ports;
using Segue.Storage;

namespace Segue.Calls;

/// <summary>The agents' lists: today's calls in order, and what came of them.</summary>
public sealed class CallLists
{
    /// <summary>The most calls of one queue that a list shows.</summary>
    public const int Longest = 500;

    private readonly ITableStore _store;
    private readonly IMessageBus _bus;
    private readonly SealedLinks _names;
    private readonly TimeProvider _clock;

    internal CallLists(ITableStore store, IMessageBus bus, DerivedNames names, TimeProvider clock)
    {
        _store = store;
        _bus = bus;
        _names = new(names, "call");
        _clock = clock;
    }

    /// <summary>The next calls of a queue, the first to be made first.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="capacity">How many a day it can make; those that ended by an outcome today count. Null for no bound.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<CallList> ReadAsync(string queue, int? capacity, CancellationToken cancellation = default)
    {
        var now = _clock.GetUtcNow();
        var made = 0;
        await foreach (var row in _store.ReadAllAsync(
            Tables.Calls, CallRows.Ended(queue, DateOnly.FromDateTime(now.UtcDateTime)), KeyRange.All, cancellation))
        {
            made += RowJson.Unpack(row, SegueJson.Default.CallChange).End?.Outcome is null ? 0 : 1;
        }

        var (waiting, calls) = (0, new List<OpenCall>());
        var room = capacity is { } most ? Math.Max(0, most - made) : Longest;
        await foreach (var row in _store.ReadAllAsync(Tables.Calls, CallRows.Open(queue), KeyRange.All, cancellation))
        {
            var call = RowJson.Unpack(row, SegueJson.Default.CallChange).Call;
            waiting++;
            if (call.DueAt > now && calls.Count < Math.Min(room, Longest) && await ContactAsync(call, cancellation) is { } profile)
            {
                calls.Add(new(_names.Seal(call.Token, call.CustomerId), call, profile.Contact.Name, profile.Contact.Phone, profile.Standing?.Segment));
            }
        }

        return new(queue, capacity, made, waiting, calls);
    }

    /// <summary>Takes what came of a call.</summary>
    /// <param name="id">The call, as the list names it.</param>
    /// <param name="outcome">One of its outcomes.</param>
    /// <param name="by">Who made it, or null.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="PortUnavailableException">Nothing was lost: the same answer may be given again.</exception>
    public async Task<CallAnswer> AnswerAsync(string id, string outcome, string? by, CancellationToken cancellation = default)
    {
        if (_names.Open(id) is not [var token, .. var parts] || parts.Length == 0)
        {
            return CallAnswer.NoSuchCall;
        }

        var customer = string.Join('\n', parts);
        var call = await WaitingAsync(customer, token, cancellation);
        if (call is null)
        {
            return CallAnswer.Over;
        }

        if (!call.Outcomes.Contains(outcome))
        {
            return CallAnswer.NoSuchOutcome(call.Outcomes);
        }

        var message = new CallAnswered { CustomerId = customer, Token = token, Outcome = outcome, At = _clock.GetUtcNow(), By = by };
        await _bus.SendAsync(Queues.Customers, [message.ToBus($"call~{token}~{outcome}")], cancellation);
        return CallAnswer.Taken;
    }

    /// <summary>The call that a run of the customer waits for by a token; null where none does any more.</summary>
    private async Task<CallTask?> WaitingAsync(string customer, string token, CancellationToken cancellation)
    {
        await foreach (var row in _store.ReadAllAsync(
            Tables.Customers, CustomerRows.Partition(customer), KeyRange.Prefix(CustomerRows.Enrolments), cancellation))
        {
            if (RowJson.Unpack(row, SegueJson.Default.Enrolment).Call is { } call && call.Token == token)
            {
                return call;
            }
        }

        return null;
    }

    private async Task<CustomerProfile?> ContactAsync(CallTask call, CancellationToken cancellation) =>
        await _store.GetAsync(Tables.Customers, CustomerRows.Partition(call.CustomerId), CustomerRows.Profile, cancellation) is { } row
            ? RowJson.Unpack(row, SegueJson.Default.CustomerProfile) : null;
}

/// <summary>What one queue has to do.</summary>
/// <param name="Queue">The queue.</param>
/// <param name="Capacity">How many calls a day it can make, or null.</param>
/// <param name="MadeToday">Calls that got an outcome since midnight UTC.</param>
/// <param name="Waiting">Calls on the list, those over the day's capacity included.</param>
/// <param name="Calls">The next to be made, within the capacity.</param>
public sealed record CallList(string Queue, int? Capacity, int MadeToday, int Waiting, IReadOnlyList<OpenCall> Calls);

/// <summary>A call on the list.</summary>
/// <param name="Id">Names it when its outcome is told: opaque.</param>
/// <param name="Call">The call.</param>
/// <param name="Name">The customer's name, or null.</param>
/// <param name="Phone">Their number, or null where they have withdrawn it.</param>
/// <param name="Segment">Their segment.</param>
public sealed record OpenCall(string Id, CallTask Call, string? Name, string? Phone, string? Segment);

/// <summary>What came of telling an outcome.</summary>
/// <param name="Kind">How it went.</param>
/// <param name="Expected">The outcomes that there are, where the one told is none.</param>
public sealed record CallAnswer(CallAnswerKind Kind, IReadOnlyList<string>? Expected = null)
{
    /// <summary>On its way to the journey.</summary>
    public static CallAnswer Taken { get; } = new(CallAnswerKind.Taken);

    /// <summary>The id is none of ours.</summary>
    public static CallAnswer NoSuchCall { get; } = new(CallAnswerKind.NoSuchCall);

    /// <summary>The journey does not wait for it any more: it was told before, has expired, or the customer has left.</summary>
    public static CallAnswer Over { get; } = new(CallAnswerKind.Over);

    /// <summary>The step has no such outcome.</summary>
    public static CallAnswer NoSuchOutcome(IReadOnlyList<string> expected) => new(CallAnswerKind.NoSuchOutcome, expected);
}

/// <summary>See <see cref="CallAnswer"/>.</summary>
public enum CallAnswerKind
{
    /// <summary>See <see cref="CallAnswer.Taken"/>.</summary>
    Taken,

    /// <summary>See <see cref="CallAnswer.NoSuchCall"/>.</summary>
    NoSuchCall,

    /// <summary>See <see cref="CallAnswer.Over"/>.</summary>
    Over,

    /// <summary>See <see cref="CallAnswer.NoSuchOutcome"/>.</summary>
    NoSuchOutcome,
}
