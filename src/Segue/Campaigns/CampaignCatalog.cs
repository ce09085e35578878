using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Segue.Files;
using Segue.Journeys;
using Segue.Journeys.Definitions;
using Segue.Ports;
using Segue.Segmentation;
using Segue.Storage;

namespace Segue.Campaigns;

/// <summary>
/// The campaigns in force: a compiled folder, and from Settings the calibration, the switches and the definitions that
/// people are still under way on. Kept for a few seconds, so that a handler need not read them each time.
/// </summary>
public sealed class CampaignCatalog(
    ITableStore store, CampaignSet set, TimeProvider clock, ILogger<CampaignCatalog> logger) : ICampaigns
{
    /// <summary>How old what <see cref="CurrentAsync"/> says may be.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(5);

    private readonly CalibrationStore _calibrations = new(store);
    private readonly ConcurrentDictionary<(string, string), Journey?> _older = new();
    private Snapshot? _snapshot;

    private sealed record Snapshot(CampaignState State, long ReadAt);

    /// <inheritdoc/>
    public void Invalidate() => _snapshot = null;

    /// <inheritdoc/>
    public ValueTask<CampaignState> CurrentAsync(CancellationToken cancellation = default) =>
        _snapshot is { } s && clock.GetElapsedTime(s.ReadAt) < MaxAge ? new(s.State) : new(ReadAsync(cancellation));

    /// <inheritdoc/>
    public async ValueTask<Journey?> DefinitionAsync(string journey, string version, CancellationToken cancellation = default)
    {
        if (set.Journeys.TryGetValue(journey, out var current) && current.Version == version)
        {
            return current;
        }

        if (_older.TryGetValue((journey, version), out var older))
        {
            return older;
        }

        var row = await store.GetAsync(Tables.Settings, DefinitionsOf(journey), version, cancellation);
        older = row is null ? null : Parse(journey, version, RowJson.Unpack(row, SegueJson.Default.String));
        _older[(journey, version)] = older;
        return older;
    }

    /// <summary>
    /// Stores the folder's definitions and puts its own statuses in force: a journey whose file says <c>live</c> goes live
    /// unless it was switched otherwise, and one that went live by its file stops when the file says <c>draft</c>.
    /// </summary>
    public async Task PublishAsync(CancellationToken cancellation = default)
    {
        // What is there already is not written again: a command that changes nothing leaves every row as it was.
        foreach (var journey in set.Journeys.Values)
        {
            if (await store.GetAsync(Tables.Settings, DefinitionsOf(journey.Id), journey.Version, cancellation) is not null)
            {
                continue;
            }

            await store.CommitAsync(
                Tables.Settings,
                DefinitionsOf(journey.Id),
                [RowChange.Upsert(journey.Version, RowJson.Pack(journey.Source, SegueJson.Default.String))],
                cancellation);
        }

        await NoteVersionsAsync(cancellation);

        var switches = new JourneySwitches(store, this, clock);
        await switches.FollowFilesAsync(set.Journeys.Values, cancellation);
        var before = await store.GetAsync(Tables.Settings, Partition, Current, cancellation);
        var now = clock.GetUtcNow();
        var isNew = before is null || (string)before.Properties[SegmentsVersion] != set.SegmentsVersion;
        var properties = new Dictionary<string, object>
        {
            ["version"] = set.Version,
            [SegmentsVersion] = set.SegmentsVersion,
            [SegmentsSince] = isNew ? now : before!.Properties.GetValueOrDefault(SegmentsSince, now),
        };
        if (before is null || properties.Any(p => !p.Value.Equals(before.Properties.GetValueOrDefault(p.Key))))
        {
            await store.CommitAsync(Tables.Settings, Partition, [RowChange.Upsert(Current, properties)], cancellation);
        }

        await RecomputeSegments.BeginAsync(store, now, cancellation);
        Invalidate();
    }

    /// <summary>The text of a journey's definition in force, and of the one before it; null where there is none.</summary>
    public async Task<(string? Current, string? Previous)> TextsAsync(string journey, CancellationToken cancellation = default)
    {
        var noted = await store.GetAsync(Tables.Settings, Versions, journey, cancellation);
        return (await TextAsync(noted?.Properties["version"] as string), await TextAsync(noted?.Properties.GetValueOrDefault("previous") as string));

        async Task<string?> TextAsync(string? version) =>
            version is null || await store.GetAsync(Tables.Settings, DefinitionsOf(journey), version, cancellation) is not { } row
                ? null : RowJson.Unpack(row, SegueJson.Default.String);
    }

    /// <summary>Notes which version of each journey is in force and which was before it.</summary>
    private async Task NoteVersionsAsync(CancellationToken cancellation)
    {
        foreach (var journey in set.Journeys.Values)
        {
            var noted = await store.GetAsync(Tables.Settings, Versions, journey.Id, cancellation);
            var before = noted?.Properties["version"] as string;
            if (before == journey.Version)
            {
                continue;
            }

            var properties = new Dictionary<string, object> { ["version"] = journey.Version, ["since"] = clock.GetUtcNow() };
            if (before is not null)
            {
                properties["previous"] = before;
            }

            await store.CommitAsync(Tables.Settings, Versions, [RowChange.Upsert(journey.Id, properties)], cancellation);
        }
    }

    /// <summary>
    /// Whether the folder's segments or lifecycle bounds are others than those in force, so that all customers must be
    /// looked at once it is published.
    /// </summary>
    public async Task<bool> ChangesSegmentsAsync(CancellationToken cancellation = default)
    {
        var before = await store.GetAsync(Tables.Settings, Partition, Current, cancellation);
        return before is not null && (string)before.Properties[SegmentsVersion] != set.SegmentsVersion;
    }

    private const string Partition = "campaigns";
    private const string Versions = "versions";
    private const string Current = "0-current";
    private const string SegmentsVersion = "segmentsVersion";
    private const string SegmentsSince = "segmentsSince";

    private static string DefinitionsOf(string journey) => $"journey-{journey}";

    private async Task<CampaignState> ReadAsync(CancellationToken cancellation)
    {
        var readAt = clock.GetTimestamp();
        var calibration = await _calibrations.CurrentAsync(cancellation);
        var published = await store.GetAsync(Tables.Settings, Partition, Current, cancellation);
        var state = new CampaignState(set, calibration, await JourneySwitches.ReadAsync(store, cancellation))
        {
            Winners = await Measurement.Winners.ReadAsync(store, cancellation),
            SegmentsSince = published is not null && (string)published.Properties[SegmentsVersion] == set.SegmentsVersion
                ? published.Properties.GetValueOrDefault(SegmentsSince) as DateTimeOffset? : null,
        };
        _snapshot = new(state, readAt);
        return state;
    }

    private Journey? Parse(string journey, string version, string text)
    {
        var errors = new FileErrors();
        var parsed = JourneyFile.Parse($"journeys/{journey}.yaml@{version}", text, LenientReferences.Of(set.Evaluator), errors);
        if (parsed is null)
        {
            logger.DefinitionUnreadable(journey, version, string.Join(" ", errors.Errors));
        }

        return parsed;
    }
}
