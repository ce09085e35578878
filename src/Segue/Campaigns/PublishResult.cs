using Segue.Files;

namespace Segue.Campaigns;

/// <summary>What publishing a folder did, or would do.</summary>
public sealed record PublishResult
{
    /// <summary>The folder's version; null where it is not valid.</summary>
    public string? Version { get; init; }

    /// <summary>What was in force before; null for nothing.</summary>
    public string? Previous { get; init; }

    /// <summary>Whether it is in force now: not where it is not valid, nor where it was only asked for.</summary>
    public bool InForce { get; init; }

    /// <summary>Why it is not valid; none where it is.</summary>
    public IReadOnlyList<FileError> Errors { get; init; } = [];

    /// <summary>What works but is probably not meant.</summary>
    public IReadOnlyList<FileError> Warnings { get; init; } = [];

    /// <summary>The files that are others than before, by path.</summary>
    public IReadOnlyList<FileChange> Changes { get; init; } = [];

    /// <summary>Journeys that begin to take people in by this.</summary>
    public IReadOnlyList<string> GoesLive { get; init; } = [];

    /// <summary>Journeys that take nobody in any more by this; who is under way finishes.</summary>
    public IReadOnlyList<string> Stops { get; init; } = [];
}

/// <summary>A file that is another than before.</summary>
/// <param name="File">Its path within the folder.</param>
/// <param name="What">added, changed or removed.</param>
/// <param name="Says">For a journey that has changed: how, a sentence each.</param>
public sealed record FileChange(string File, string What, IReadOnlyList<string> Says)
{
    /// <summary>The differences between two folders, by path.</summary>
    public static IReadOnlyList<FileChange> Between(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        return
        [
            .. from path in before.Keys.Union(after.Keys).Order(StringComparer.Ordinal)
               let was = before.GetValueOrDefault(path)
               let now = after.GetValueOrDefault(path)
               where was is null || now is null || ContentHash.Normalise(was) != ContentHash.Normalise(now)
               select was is null ? new FileChange(path, "added", [])
                   : now is null ? new FileChange(path, "removed", [])
                   : new FileChange(path, "changed", CampaignFiles.IsJourney(path) ? Journeys.Definitions.JourneyDiff.Of(was, now) : []),
        ];
    }
}
