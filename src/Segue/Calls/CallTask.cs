namespace Segue.Calls;

/// <summary>A call that a person is asked to make: what the agents' list shows of it, and what ties it to the run that waits.</summary>
public sealed record CallTask
{
    /// <summary>The agents' queue.</summary>
    public required string Queue { get; init; }

    /// <summary>The customer. What the agent needs of them is read when the list is, so that nothing personal rests here.</summary>
    public required string CustomerId { get; init; }

    /// <summary>The journey that asks for it.</summary>
    public required string Journey { get; init; }

    /// <summary>Its step.</summary>
    public required string Step { get; init; }

    /// <summary>The visit to that step: an answer to another visit is none to this.</summary>
    public required string Token { get; init; }

    /// <summary>1 goes first, 9 last.</summary>
    public required int Priority { get; init; }

    /// <summary>The customer's net spend at the step, in the shop's currency: of equal priority the higher goes first.</summary>
    public required decimal Value { get; init; }

    /// <summary>What the call is about.</summary>
    public required string Reason { get; init; }

    /// <summary>The outcomes to choose from.</summary>
    public required IReadOnlyList<string> Outcomes { get; init; }

    /// <summary>When it came onto the list.</summary>
    public required DateTimeOffset AddedAt { get; init; }

    /// <summary>When it leaves the list by itself.</summary>
    public required DateTimeOffset DueAt { get; init; }
}

/// <summary>How a call ended.</summary>
/// <param name="Outcome">The outcome; null where it left the list by itself: expired, or the run ended.</param>
/// <param name="At">When.</param>
/// <param name="By">Who made it, or null.</param>
public sealed record CallEnd(string? Outcome, DateTimeOffset At, string? By);

/// <summary>A change to the agents' list, written through the outbox.</summary>
/// <param name="Call">The call.</param>
/// <param name="End">How it ended; null puts it on the list.</param>
public sealed record CallChange(CallTask Call, CallEnd? End);
