using Segue.Ports;
using Segue.Segmentation;
using Segue.Storage;

namespace Segue.Campaigns;

/// <summary>How a folder is to be put in force.</summary>
/// <param name="By">Who does it.</param>
internal sealed record PublicationTerms(string By)
{
    /// <summary>A host brings it as it starts.</summary>
    public bool Brought { get; init; }

    /// <summary>Refused unless this version is in force; null for whatever is.</summary>
    public string? Expected { get; init; }

    /// <summary>Carries the work of letting existing members in; null where nobody is there yet.</summary>
    public IMessageBus? Bus { get; init; }

    /// <summary>Orders that everybody is looked at again; null where somebody else sees to that.</summary>
    public Func<CancellationToken, Task>? Reevaluate { get; init; }
}

/// <summary>
/// Puts a compiled folder in force, in steps of which each may be the last that a process takes: then the old folder or the new is in
/// force, whole, and doing it again does the rest. What stops mail comes before the new folder, and what begins it after.
/// </summary>
internal sealed class CampaignPublication(ITableStore store, ICampaigns campaigns, TimeProvider clock)
{
    private const string Version = "version";
    private const string Versions = "versions";

    private readonly CampaignVersions _versions = new(store);

    /// <summary>The partition of a journey's definitions, by version.</summary>
    public static string DefinitionsOf(string journey) => $"journey-{journey}";

    /// <summary>Puts a folder in force.</summary>
    /// <exception cref="CampaignsMovedOnException">Another version is in force than was expected.</exception>
    /// <exception cref="TableConflictException">Something else was put in force at the same moment.</exception>
    public async Task PutInForceAsync(CampaignSet set, PublicationTerms terms, CancellationToken cancellation)
    {
        var before = await _versions.CurrentAsync(cancellation);
        if (terms.Expected is { } expected && before?.Version != expected)
        {
            throw new CampaignsMovedOnException(expected, before?.Version);
        }

        await _versions.KeepAsync(set, cancellation);
        await KeepDefinitionsAsync(set, cancellation);
        var segmentsAreNew = before?.SegmentsVersion != set.SegmentsVersion;
        if (before is not null && segmentsAreNew && terms.Reevaluate is { } reevaluate)
        {
            // Before it is in force, and done once that has settled: a process that ends in between leaves nothing in force that
            // nobody applies.
            await reevaluate(cancellation);
        }

        var switches = new JourneySwitches(store, campaigns, clock);
        await switches.FollowFilesAsync(set.Journeys.Values, SwitchState.Off, terms.Bus, cancellation);
        var now = clock.GetUtcNow();
        var isNew = before?.Version != set.Version;
        await _versions.PointAsync(
            before,
            new()
            {
                Version = set.Version,
                SegmentsVersion = set.SegmentsVersion,
                SegmentsSince = segmentsAreNew ? now : before!.SegmentsSince == default ? now : before.SegmentsSince,
                At = isNew ? now : before!.At,
                By = isNew ? terms.By : before!.By,
                Brought = terms.Brought ? set.Version : before?.Brought,
            },
            cancellation);
        await NoteVersionsAsync(set, cancellation);
        await switches.FollowFilesAsync(set.Journeys.Values, SwitchState.Live, terms.Bus, cancellation);
        await RecomputeSegments.BeginAsync(store, now, cancellation);
    }

    /// <summary>The version of a journey that is in force, and the one before it.</summary>
    public async Task<(string? Current, string? Previous)> NotedAsync(string journey, CancellationToken cancellation)
    {
        var noted = await store.GetAsync(Tables.Settings, Versions, journey, cancellation);
        return (noted?.Properties[Version] as string, noted?.Properties.GetValueOrDefault("previous") as string);
    }

    /// <summary>What is there already is not written again: a command that changes nothing leaves every row as it was.</summary>
    private async Task KeepDefinitionsAsync(CampaignSet set, CancellationToken cancellation)
    {
        foreach (var journey in set.Journeys.Values)
        {
            if (await store.GetAsync(Tables.Settings, DefinitionsOf(journey.Id), journey.Version, cancellation) is null)
            {
                await store.CommitAsync(
                    Tables.Settings,
                    DefinitionsOf(journey.Id),
                    [RowChange.Upsert(journey.Version, RowJson.Pack(journey.Source, SegueJson.Default.String))],
                    cancellation);
            }
        }
    }

    /// <summary>Notes which version of each journey is in force and which was before it.</summary>
    private async Task NoteVersionsAsync(CampaignSet set, CancellationToken cancellation)
    {
        foreach (var journey in set.Journeys.Values)
        {
            var (before, _) = await NotedAsync(journey.Id, cancellation);
            if (before == journey.Version)
            {
                continue;
            }

            var properties = new Dictionary<string, object> { [Version] = journey.Version, ["since"] = clock.GetUtcNow() };
            if (before is not null)
            {
                properties["previous"] = before;
            }

            await store.CommitAsync(Tables.Settings, Versions, [RowChange.Upsert(journey.Id, properties)], cancellation);
        }
    }
}

/// <summary>Another folder is in force than whoever publishes has seen.</summary>
public sealed class CampaignsMovedOnException(string expected, string? found) : Exception(
    $"The campaigns in force are {found ?? "none"}, not {expected}: somebody has published meanwhile. Look at what they changed, then publish again.")
{
    /// <summary>The version in force, or null.</summary>
    public string? Found { get; } = found;
}
