using Segue.Customers;

namespace Segue.Calls;

/// <summary>An agent tells what came of a call.</summary>
public sealed record CallAnswered : CustomerMessage
{
    /// <summary>The visit to the step that asked for the call.</summary>
    public required string Token { get; init; }

    /// <summary>The outcome.</summary>
    public required string Outcome { get; init; }

    /// <summary>When it was told.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who made the call, or null.</summary>
    public string? By { get; init; }
}
