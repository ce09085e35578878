namespace Segue.Local.Hosting;

/// <summary>How a queue is worked.</summary>
public sealed record QueuePumpOptions
{
    /// <summary>Handlers at a time, per queue; 1 or more.</summary>
    public int Concurrency { get; init; } = 4;

    /// <summary>How long handlers under way may go on once the process was asked to stop.</summary>
    public TimeSpan DrainFor { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The wait before a failed message's second delivery; it doubles with each further one.</summary>
    public TimeSpan FirstBackoff { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait between two deliveries.</summary>
    public TimeSpan LongestBackoff { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The wait after the bus itself failed.</summary>
    public TimeSpan ReceiveBackoff { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// The wait before the delivery after <paramref name="deliveries"/>: exponential, with the upper half drawn so that
    /// what failed together does not come back together.
    /// </summary>
    /// <param name="deliveries">How often the message has been delivered, 1 or more.</param>
    /// <param name="draw">From 0 (inclusive) to 1 (exclusive).</param>
    public TimeSpan Backoff(int deliveries, double draw)
    {
        var full = FirstBackoff.TotalSeconds * Math.Pow(2, Math.Min(deliveries - 1, 30));
        var capped = Math.Min(full, LongestBackoff.TotalSeconds);
        return TimeSpan.FromSeconds(capped * (0.5 + (draw / 2)));
    }
}
