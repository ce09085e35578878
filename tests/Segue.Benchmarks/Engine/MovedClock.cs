namespace Segue.Benchmarks.Engine;

/// <summary>The computer's clock, set forward: what lies hours ahead is due now, and nothing else about time changes.</summary>
internal sealed class MovedClock : TimeProvider
{
    /// <summary>How far it is set forward.</summary>
    public TimeSpan By { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + By;
}
