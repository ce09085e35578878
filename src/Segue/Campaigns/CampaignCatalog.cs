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
    private readonly CampaignVersions _versions = new(store);
    private readonly ReadRows<JourneySwitch> _switches = new(SegueJson.Default.JourneySwitch);
    private readonly ConcurrentDictionary<(string, string), Journey?> _older = new();
    private volatile CampaignSet _set = set;
    private volatile string? _unreadable;
    private Snapshot? _snapshot;

    private sealed record Snapshot(CampaignState State, long ReadAt);

    /// <summary>Whether it takes up what another process publishes; else it stays with the folder that it was given.</summary>
    public bool Follows { get; init; }

    /// <summary>What this host changes of a folder that it takes up; null for nothing.</summary>
    public Func<CampaignSet, CampaignSet>? Adapt { get; init; }

    /// <summary>The folder that it works by.</summary>
    public CampaignSet Set => _set;

    /// <inheritdoc/>
    public void Invalidate() => _snapshot = null;

    /// <inheritdoc/>
    public ValueTask<CampaignState> CurrentAsync(CancellationToken cancellation = default) =>
        _snapshot is { } s && clock.GetElapsedTime(s.ReadAt) < MaxAge ? new(s.State) : new(ReadAsync(cancellation));

    /// <inheritdoc/>
    public async ValueTask<Journey?> DefinitionAsync(string journey, string version, CancellationToken cancellation = default)
    {
        if (_set.Journeys.TryGetValue(journey, out var current) && current.Version == version)
        {
            return current;
        }

        if (_older.TryGetValue((journey, version), out var older))
        {
            return older;
        }

        var row = await store.GetAsync(Tables.Settings, CampaignPublication.DefinitionsOf(journey), version, cancellation);
        older = row is null ? null : Parse(journey, version, RowJson.Unpack(row, SegueJson.Default.String));
        _older[(journey, version)] = older;
        return older;
    }

    /// <summary>
    /// Stores the folder's definitions and puts its own statuses in force: a journey whose file says <c>live</c> goes live
    /// unless it was switched otherwise, and one that went live by its file stops when the file says <c>draft</c>.
    /// </summary>
    public Task PublishAsync(CancellationToken cancellation = default) =>
        PublishAsync(_set, new(JourneySwitches.ByFile) { Brought = true }, cancellation);

    /// <summary>Puts another folder in force, and works by it from now on.</summary>
    internal async Task PublishAsync(CampaignSet next, PublicationTerms terms, CancellationToken cancellation)
    {
        await new CampaignPublication(store, this, clock).PutInForceAsync(next, terms, cancellation);
        WorkBy(next);
        Invalidate();
    }

    /// <summary>The text of a journey's definition in force, and of the one before it; null where there is none.</summary>
    public async Task<(string? Current, string? Previous)> TextsAsync(string journey, CancellationToken cancellation = default)
    {
        var (current, previous) = await new CampaignPublication(store, this, clock).NotedAsync(journey, cancellation);
        return (await TextAsync(current), await TextAsync(previous));

        async Task<string?> TextAsync(string? version) =>
            version is null || await store.GetAsync(Tables.Settings, CampaignPublication.DefinitionsOf(journey), version, cancellation) is not { } row
                ? null : RowJson.Unpack(row, SegueJson.Default.String);
    }

    /// <summary>
    /// Whether the folder's segments or lifecycle bounds are others than those in force, so that all customers must be
    /// looked at once it is published.
    /// </summary>
    public async Task<bool> ChangesSegmentsAsync(CancellationToken cancellation = default) =>
        await _versions.CurrentAsync(cancellation) is { } before && before.SegmentsVersion != _set.SegmentsVersion;

    /// <summary>A folder that was published, compiled as this host compiles it; null where there is none, or it can't be read here.</summary>
    /// <param name="version">The folder's.</param>
    /// <param name="cancellation">Gives up the call.</param>
    internal async Task<CampaignSet?> CompileAsync(string version, CancellationToken cancellation)
    {
        if (await _versions.FilesAsync(version, cancellation) is not { } files)
        {
            return null;
        }

        var errors = new FileErrors();
        if (CampaignFolder.Load(files, errors) is { } loaded)
        {
            return Adapt?.Invoke(loaded) ?? loaded;
        }

        logger.FolderUnreadable(version, string.Join(" ", errors.Errors));
        return null;
    }

    private async Task<CampaignState> ReadAsync(CancellationToken cancellation)
    {
        var readAt = clock.GetTimestamp();
        var calibration = await _calibrations.CurrentAsync(cancellation);
        var published = await _versions.CurrentAsync(cancellation);
        if (Follows && published is not null && published.Version != _set.Version && published.Version != _unreadable)
        {
            await FollowAsync(published.Version, cancellation);
        }

        var current = _set;
        var state = new CampaignState(current, calibration, await JourneySwitches.ReadAsync(store, cancellation, _switches))
        {
            Winners = await Measurement.Winners.ReadAsync(store, cancellation),
            SegmentsSince = published is not null && published.SegmentsVersion == current.SegmentsVersion && published.SegmentsSince != default
                ? published.SegmentsSince : null,
        };
        _snapshot = new(state, readAt);
        return state;
    }

    /// <summary>Another process has published. What it put in force and this one can't read, a newer version of the program can: this one goes on by what it has.</summary>
    private async Task FollowAsync(string version, CancellationToken cancellation)
    {
        if (await CompileAsync(version, cancellation) is { } next)
        {
            WorkBy(next);
            logger.FolderTakenUp(version, next.Journeys.Count);
        }
        else
        {
            _unreadable = version;
        }
    }

    private void WorkBy(CampaignSet next)
    {
        if (!ReferenceEquals(_set, next))
        {
            _set = next;

            // They were read against the segments and tags that there were.
            _older.Clear();
        }
    }

    private Journey? Parse(string journey, string version, string text)
    {
        var errors = new FileErrors();
        var parsed = JourneyFile.Parse($"journeys/{journey}.yaml@{version}", text, LenientReferences.Of(_set.Evaluator), errors);
        if (parsed is null)
        {
            logger.DefinitionUnreadable(journey, version, string.Join(" ", errors.Errors));
        }

        return parsed;
    }
}
