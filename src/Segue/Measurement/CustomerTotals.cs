namespace Segue.Measurement;

/// <summary>What one customer adds to the figures of their segment and stage.</summary>
/// <param name="Segment">The primary segment.</param>
/// <param name="Stage">The lifecycle stage, as the segments file writes it.</param>
/// <param name="Orders">Counted orders.</param>
/// <param name="Spend">Net of returns.</param>
/// <param name="Reachable">Whether they may be mailed.</param>
/// <param name="LastOrderAt">When the last counted order was placed, or null.</param>
public sealed record CustomerTotals(
    string Segment, string Stage, int Orders, decimal Spend, bool Reachable, DateTimeOffset? LastOrderAt);
