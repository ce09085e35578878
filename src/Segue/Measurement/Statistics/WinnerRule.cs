namespace Segue.Measurement.Statistics;

/// <summary>
/// Says which arm of a test has won, as often as one likes: an arm wins when its interval against each other leaves zero out below, and
/// these intervals hold at every moment at once (<see cref="ConfidenceSequence"/>), each with its part of the error.
/// </summary>
public static class WinnerRule
{
    /// <summary>The chance that a test whose arms are all alike is ever given a winner is at most this.</summary>
    public const double Error = 0.05;

    /// <summary>The arm that has won, or null while none has.</summary>
    /// <param name="arms">What each adds up to; all arms of the test, those with nobody too.</param>
    public static string? Of(IReadOnlyDictionary<string, ArmSums> arms)
    {
        ArgumentNullException.ThrowIfNull(arms);
        if (arms.Count < 2)
        {
            return null;
        }

        // Which arm is best is seen from the same data, so every pair counts.
        var pairs = arms.Count * (arms.Count - 1) / 2;
        var best = arms.OrderByDescending(a => a.Value.Mean).ThenBy(a => a.Key, StringComparer.Ordinal).First();
        var wins = arms.Where(a => a.Key != best.Key)
            .All(other => ConfidenceSequence.Between(best.Value, other.Value, 1 - (Error / pairs)) is { Lower: > 0 });
        return wins ? best.Key : null;
    }
}
