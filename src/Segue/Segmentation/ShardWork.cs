using System.Text.Json.Serialization;
using Segue.Products;
using Segue.Recommendations;

namespace Segue.Segmentation;

/// <summary>A message of the queue <c>shard-work</c>: one shard of something that concerns all customers.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ScanShard), "scan")]
[JsonDerivedType(typeof(CompareShard), "compare")]
[JsonDerivedType(typeof(ApplyToShard), "apply")]
[JsonDerivedType(typeof(EnterExistingOfShard), "enter-existing")]
[JsonDerivedType(typeof(EnterScheduledOfShard), "enter-scheduled")]
[JsonDerivedType(typeof(ResumePaused), "resume")]
[JsonDerivedType(typeof(CountBaskets), "count-baskets")]
[JsonDerivedType(typeof(PutProduct), "product")]
[JsonDerivedType(typeof(ReleaseProduct), "release")]
[JsonDerivedType(typeof(TellInterested), "tell-interested")]
public abstract record ShardWork
{
    /// <summary>The shard.</summary>
    public required int Shard { get; init; }

    /// <summary>How often it was put back because a service was not available.</summary>
    public int Retries { get; init; }
}

/// <summary>Add one shard's summaries to a calibration that is being made.</summary>
public sealed record ScanShard : ShardWork
{
    /// <summary>The calibration.</summary>
    public required string CalibrationId { get; init; }

    /// <summary>The moment it describes.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>See <see cref="Calibration.Initial"/>.</summary>
    public required bool Initial { get; init; }

    /// <summary>See <see cref="Calibration.AsOf"/>.</summary>
    public DateTimeOffset? AsOf { get; init; }
}

/// <summary>Count whom a calibration that was made would move in one shard.</summary>
public sealed record CompareShard : ShardWork
{
    /// <summary>The calibration.</summary>
    public required string CalibrationId { get; init; }

    /// <summary>The one in force when it was made.</summary>
    public required string Against { get; init; }
}

/// <summary>Wake every customer of the shard whose answer what is now in force has changed.</summary>
public sealed record ApplyToShard : ShardWork;

/// <summary>Have the shard's members of a group enter a journey that takes in existing ones.</summary>
public sealed record EnterExistingOfShard : ShardWork
{
    /// <summary>The journey.</summary>
    public required string Journey { get; init; }

    /// <summary>Its segment or tag.</summary>
    public required string Group { get; init; }

    /// <summary>When it went live.</summary>
    public required DateTimeOffset LiveSince { get; init; }
}

/// <summary>Have the shard's members of a group enter a journey, at a moment of its calendar.</summary>
public sealed record EnterScheduledOfShard : ShardWork
{
    /// <summary>The journey.</summary>
    public required string Journey { get; init; }

    /// <summary>The segment or tag; null for everyone.</summary>
    public string? Group { get; init; }

    /// <summary>The moment.</summary>
    public required DateTimeOffset At { get; init; }
}

/// <summary>Wake everyone whom a pause has kept.</summary>
public sealed record ResumePaused : ShardWork
{
    /// <summary>The journey.</summary>
    public required string Journey { get; init; }
}
