using Segue.Customers;
using Segue.Messaging;

namespace Segue.Journeys;

/// <summary>
/// Lets so many runs pass in each period, in the order in which they came; the others wait for the first period that has room.
/// Those held out take no place and pass at once.
/// </summary>
/// <param name="Id">See <see cref="JourneyStep"/>.</param>
/// <param name="Next">See <see cref="JourneyStep"/>.</param>
/// <param name="Count">How many, 1 or more.</param>
/// <param name="Per">The period: whole days of the shop's calendar, or exact time.</param>
public sealed record LimitStep(string Id, string? Next, int Count, Duration Per) : JourneyStep(Id, Next)
{
    /// <summary>How long a run waits for the answer before it asks again.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    internal override Enrolment Take(StepTaking taking)
    {
        var (work, run) = (taking.Work, taking.Run);

        // A pause moves whoever waits, but not the periods: what was granted before it holds no longer.
        var token = $"{taking.Token}~{run.PausesSeen}";
        var slot = run.Slot?.Token == token ? run.Slot : null;
        if (run.HeldOut || slot is { GrantedAt: not null })
        {
            return run with { Step = Next, Slot = null, LastSend = null, WaitsAfter = null, WaitLength = null };
        }

        var asked = new LimitAsked
        {
            CustomerId = work.CustomerId,
            Limit = $"{run.Journey}~{Id}",
            Token = token,
            Count = Count,
            Per = Per,
            Zone = work.Campaigns.Set.Settings.Zone,
            At = slot?.AskedAt ?? taking.At,
        };
        work.Add(Queues.Customers, asked.ToBus($"limit~{token}"));
        return run with { Slot = new(token, asked.At, null), DueAt = taking.At + Patience, WaitsFrom = taking.At };
    }

    /// <summary>The run that has been granted a place: it goes on at the place's moment.</summary>
    internal static void Grant(CustomerWork work, LimitGranted granted)
    {
        if (work.Enrolments.FirstOrDefault(e => e.Slot is { GrantedAt: null } slot && slot.Token == granted.Token) is { } run)
        {
            var placed = run with { Slot = run.Slot! with { GrantedAt = granted.At }, DueAt = granted.At };
            Runs.Wait(work, PauseClock.Apply(placed, work.Campaigns.PausesOf(run.Journey)));
        }
    }
}

/// <summary>A place that a run has asked a limit for.</summary>
/// <param name="Token">Names the asking.</param>
/// <param name="AskedAt">When it came to the step.</param>
/// <param name="GrantedAt">When it may go on; null while that is open.</param>
public sealed record LimitSlot(string Token, DateTimeOffset AskedAt, DateTimeOffset? GrantedAt);

/// <summary>A run asks a limit for a place.</summary>
public sealed record LimitAsked : CustomerMessage
{
    /// <summary>The limit: journey and step.</summary>
    public required string Limit { get; init; }

    /// <summary>Names the asking; asked again under it, the answer is the same.</summary>
    public required string Token { get; init; }

    /// <summary>How many places a period has.</summary>
    public required int Count { get; init; }

    /// <summary>The period.</summary>
    public required Duration Per { get; init; }

    /// <summary>The zone in which days are counted.</summary>
    public required string Zone { get; init; }

    /// <summary>When the run came to the step.</summary>
    public required DateTimeOffset At { get; init; }
}

/// <summary>A run has its place.</summary>
public sealed record LimitGranted : CustomerMessage
{
    /// <summary>The asking.</summary>
    public required string Token { get; init; }

    /// <summary>When the run may go on.</summary>
    public required DateTimeOffset At { get; init; }
}
