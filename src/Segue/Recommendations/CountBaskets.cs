using Segue.Segmentation;

namespace Segue.Recommendations;

/// <summary>Count one shard's orders for a recommendation model that is being made.</summary>
public sealed record CountBaskets : ShardWork
{
    /// <summary>The model.</summary>
    public required string ModelId { get; init; }

    /// <summary>The moment it describes.</summary>
    public required DateTimeOffset At { get; init; }
}
