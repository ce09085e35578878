using Segue.Files;
using Segue.Journeys;
using Segue.Ports;

namespace Segue.Campaigns;

/// <summary>Puts whole campaigns folders in force while the product runs, and goes back to earlier ones.</summary>
/// <param name="engine">The product.</param>
/// <param name="catalog">Its campaigns.</param>
public sealed class CampaignPublisher(SegueEngine engine, CampaignCatalog catalog)
{
    private const int Tries = 5;

    /// <summary>How many of the latest are named where somebody asks for what was in force.</summary>
    public const int HistoryShown = 50;

    private readonly CampaignVersions _versions = new(engine.Ports.Store);

    /// <summary>Checks a folder as <c>validate</c> does, and puts it in force whole, or not at all.</summary>
    /// <param name="files">Texts by path within the folder, with <c>/</c>.</param>
    /// <param name="by">Who decided it.</param>
    /// <param name="expected">Refused unless this version is in force; null for whatever is.</param>
    /// <param name="dryRun">Says what it would do, and changes nothing.</param>
    /// <param name="cancellation">Gives up; either folder is in force then, whole, and asking again does the rest.</param>
    /// <exception cref="CampaignsMovedOnException">Another version is in force than was expected.</exception>
    public async Task<PublishResult> PublishAsync(
        IReadOnlyDictionary<string, string> files, string by, string? expected = null, bool dryRun = false, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(files);
        var errors = new FileErrors();
        var loaded = CampaignFolder.Check(files, errors);
        engine.Campaigns.Invalidate();
        var state = await engine.Campaigns.CurrentAsync(cancellation);
        var current = await _versions.CurrentAsync(cancellation);
        if (loaded is not null)
        {
            CheckLive(loaded, state, errors);
        }

        var result = new PublishResult { Previous = current?.Version, Errors = errors.Errors, Warnings = errors.Warnings };
        if (loaded is null || !errors.None)
        {
            return result;
        }

        if (expected is not null && current?.Version != expected)
        {
            throw new CampaignsMovedOnException(expected, current?.Version);
        }

        var next = catalog.Adapt?.Invoke(loaded) ?? loaded;
        var before = current is null ? null : await _versions.FilesAsync(current.Version, cancellation);
        result = result with
        {
            Version = next.Version,
            Changes = FileChange.Between(before ?? state.Set.Files, next.Files),
            GoesLive = Turning(next, state, SwitchState.Live),
            Stops = [.. Turning(next, state, SwitchState.Off).Concat(state.Entrances.Select(j => j.Id).Where(id => !next.Journeys.ContainsKey(id))).Order(StringComparer.Ordinal)],
        };
        if (!dryRun)
        {
            await PutInForceAsync(next, Terms(by) with { Expected = expected }, cancellation);
        }

        return result with { InForce = !dryRun };
    }

    /// <summary>Puts an earlier folder in force again.</summary>
    /// <param name="version">The folder's; null for the one that was in force before the present one.</param>
    /// <param name="by">Who decided it.</param>
    /// <param name="dryRun">Says what it would do, and changes nothing.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="CampaignVersionNotFoundException">There is no such version, or none before.</exception>
    public async Task<PublishResult> RevertAsync(string? version, string by, bool dryRun = false, CancellationToken cancellation = default)
    {
        var current = await _versions.CurrentAsync(cancellation);
        var to = version ?? (await _versions.HistoryAsync(HistoryShown, cancellation)).FirstOrDefault(p => p.Version != current?.Version)?.Version
            ?? throw new CampaignVersionNotFoundException("No other campaigns were in force before these.");
        var files = await _versions.FilesAsync(to, cancellation)
            ?? throw new CampaignVersionNotFoundException($"There are no campaigns of the version '{to}'.");
        return await PublishAsync(files, by, current?.Version, dryRun, cancellation);
    }

    /// <summary>
    /// What a host does as it starts with a folder of its own: puts it in force, unless what is in force was published after this folder
    /// had been brought. So a publication outlives restarts, and the next deployment with other files takes its place.
    /// </summary>
    /// <param name="set">The host's folder, compiled.</param>
    /// <param name="once">
    /// A folder that any host has ever brought is not put in force again: where many instances start and stop, one of an older
    /// deployment must not bring its folder back.
    /// </param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>Whether the host's folder is in force.</returns>
    public async Task<bool> BringAsync(CampaignSet set, bool once, CancellationToken cancellation = default)
    {
        if (await PublishedSinceAsync(set, once, cancellation) is not { } version)
        {
            await PutInForceAsync(set, Terms(JourneySwitches.ByFile) with { Brought = true }, cancellation);
            return true;
        }

        // What can't be read here, a newer program can: it stays in force, and this host works by its own folder meanwhile.
        if (await catalog.CompileAsync(version, cancellation) is { } published)
        {
            // Done again, for whoever published it may have stopped on the way.
            await PutInForceAsync(published, Terms(JourneySwitches.ByFile), cancellation);
        }

        return false;
    }

    /// <summary>What is in force in place of a host's folder, as <see cref="BringAsync"/> has it; null where that counts.</summary>
    public async Task<CampaignSet?> InForceInsteadAsync(CampaignSet set, CancellationToken cancellation = default) =>
        await PublishedSinceAsync(set, once: false, cancellation) is { } version ? await catalog.CompileAsync(version, cancellation) : null;

    private async Task<string?> PublishedSinceAsync(CampaignSet set, bool once, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(set);
        return await _versions.CurrentAsync(cancellation) is { } current && current.Version != set.Version
            && (current.Brought == set.Version || (once && await _versions.WasBroughtAsync(set.Version, cancellation))) ? current.Version : null;
    }

    /// <summary>The folder in force, null for none, and what was in force, the latest first.</summary>
    public async Task<(PublishedVersion? Current, IReadOnlyList<PublishedVersion> History)> HistoryAsync(CancellationToken cancellation = default)
    {
        var current = await _versions.CurrentAsync(cancellation);
        return (current is null ? null : new(current.Version, current.At, current.By), await _versions.HistoryAsync(HistoryShown, cancellation));
    }

    /// <summary>A folder's files by path, or null where there is no such version.</summary>
    public Task<IReadOnlyDictionary<string, string>?> FilesAsync(string version, CancellationToken cancellation = default) =>
        _versions.FilesAsync(version, cancellation);

    private async Task PutInForceAsync(CampaignSet set, PublicationTerms terms, CancellationToken cancellation)
    {
        for (var left = Tries; ; left--)
        {
            try
            {
                await catalog.PublishAsync(set, terms, cancellation);
                return;
            }
            catch (TableConflictException) when (left > 1)
            {
                // Somebody else published at the same moment: what was expected is looked at again.
            }
        }
    }

    private PublicationTerms Terms(string by) => new(by) { Bus = engine.Ports.Bus, Reevaluate = engine.ReevaluateAllAsync };

    /// <summary>A journey that was switched on by hand must have what one that is live by its file must have.</summary>
    private static void CheckLive(CampaignSet set, CampaignState state, FileErrors errors)
    {
        foreach (var journey in set.Journeys.Values.OrderBy(j => j.Id, StringComparer.Ordinal))
        {
            if (journey.Status != JourneyStatus.Live && state.Switches.GetValueOrDefault(journey.Id) is { TakesIn: true, By: not JourneySwitches.ByFile }
                && MarketingCheck.LacksCodes(journey, set.Settings))
            {
                errors.Add(new FileError(CampaignFolder.SettingsFileName, 0, "codes",
                    $"'codes' is missing: the journey '{journey.Id}' is live and offers codes; say where they come from, here or in the offer."));
            }
        }
    }

    private static List<string> Turning(CampaignSet next, CampaignState state, SwitchState to) =>
    [
        .. next.Journeys.Values
            .Where(j => JourneySwitches.StateBy(j, state.Switches.GetValueOrDefault(j.Id)) is var s && s == to
                && s != (state.Switches.GetValueOrDefault(j.Id)?.State ?? SwitchState.Off))
            .Select(j => j.Id).Order(StringComparer.Ordinal),
    ];
}

/// <summary>There are no campaigns of a version; the message says which.</summary>
public sealed class CampaignVersionNotFoundException(string message) : Exception(message);
