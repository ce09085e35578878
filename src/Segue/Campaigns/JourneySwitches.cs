using Segue.Journeys;
using Segue.Messaging;
using Segue.Ports;
using Segue.Segmentation;
using Segue.Storage;

namespace Segue.Campaigns;

/// <summary>Switches journeys on, off, into a pause and out of it: partition <c>switch</c> of Settings.</summary>
public sealed class JourneySwitches(ITableStore store, ICampaigns campaigns, TimeProvider clock)
{
    private const string Partition = "switch";
    /// <summary>Who switches where nobody has: the file's own status.</summary>
    internal const string ByFile = "file";

    /// <summary>Lets people in from now on.</summary>
    /// <param name="journey">The journey.</param>
    /// <param name="by">Who approved it.</param>
    /// <param name="bus">Carries the work of letting existing members in, where the journey says so.</param>
    /// <param name="cancellation">Gives up the call.</param>
    public async Task<JourneySwitch> GoLiveAsync(Journey journey, string by, IMessageBus bus, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(journey);
        ArgumentNullException.ThrowIfNull(bus);
        var now = clock.GetUtcNow();
        var changed = await ChangeAsync(journey.Id, old => old is { State: SwitchState.Live } ? old
            : old is { State: SwitchState.Paused } ? throw new JourneySwitchException($"Journey '{journey.Id}' is paused: resume it.")
            : new() { Journey = journey.Id, State = SwitchState.Live, LiveSince = now, By = by, Pauses = old?.Pauses ?? [] }, cancellation);
        await LetExistingInAsync(journey, changed.LiveSince, bus, cancellation);
        return changed;
    }

    private async Task LetExistingInAsync(Journey journey, DateTimeOffset liveSince, IMessageBus bus, CancellationToken cancellation)
    {
        if (journey.Enter.IncludeExisting)
        {
            var settled = clock.GetUtcNow() + CalibrationRunner.Settling;
            await bus.SendAsync(
                Queues.ShardWork,
                [.. Enumerable.Range(0, Shards.Count).Select(shard => ShardMessages.Of(
                    new EnterExistingOfShard { Shard = shard, Journey = journey.Id, Group = journey.Enter.Group, LiveSince = liveSince }, settled))],
                cancellation);
        }
    }

    /// <summary>Keeps everyone where they are.</summary>
    /// <exception cref="JourneySwitchException">It is not live.</exception>
    public Task<JourneySwitch> PauseAsync(string journey, string by, CancellationToken cancellation = default) =>
        ChangeAsync(journey, old => old switch
        {
            { State: SwitchState.Paused } => old,
            { State: SwitchState.Live } => old with { State = SwitchState.Paused, By = by, Pauses = [.. old.Pauses, new(clock.GetUtcNow(), null)] },
            _ => throw new JourneySwitchException($"Journey '{journey}' is not live, so it can't be paused."),
        }, cancellation);

    /// <summary>Ends the pause: every moment due has moved by its length. Told again, it wakes whoever is still kept.</summary>
    /// <exception cref="JourneySwitchException">It was never paused, or is not live.</exception>
    public async Task<JourneySwitch> ResumeAsync(string journey, string by, IMessageBus bus, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(bus);
        JourneySwitch Resumed(JourneySwitch? old) => old switch
        {
            { State: SwitchState.Paused, Pauses: [.., var open] } =>
                old with { State = SwitchState.Live, By = by, Pauses = [.. old.Pauses.SkipLast(1), open with { Until = clock.GetUtcNow() }] },
            { State: SwitchState.Live, Pauses: [_, ..] } => old,
            _ => throw new JourneySwitchException($"Journey '{journey}' is not paused, so it can't be resumed."),
        };
        return await EndPauseAsync(journey, Resumed, bus, cancellation);
    }

    /// <summary>Lets nobody in any more; who is under way finishes. A pause ends with it. <see cref="GoLiveAsync"/> begins it anew.</summary>
    /// <exception cref="JourneySwitchException">It never ran.</exception>
    public async Task<JourneySwitch> ArchiveAsync(string journey, string by, IMessageBus bus, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(bus);
        JourneySwitch Archived(JourneySwitch? old) => old switch
        {
            { State: SwitchState.Off } => old with { By = by },
            { State: SwitchState.Live } => old with { State = SwitchState.Off, By = by },
            { State: SwitchState.Paused, Pauses: [.., var open] } => old with
            {
                State = SwitchState.Off, By = by, Pauses = [.. old.Pauses.SkipLast(1), open with { Until = clock.GetUtcNow() }],
            },
            _ => throw new JourneySwitchException($"Journey '{journey}' was never live, so there is nothing to archive."),
        };
        return await EndPauseAsync(journey, Archived, bus, cancellation);
    }

    /// <summary>
    /// Changes the switch and has whom pauses keep woken once that has settled. The order to wake goes out before, too: a process that
    /// stops in between has ended no pause without waking anybody. Where it comes while the pause still lasts, it does nothing.
    /// </summary>
    private async Task<JourneySwitch> EndPauseAsync(
        string journey, Func<JourneySwitch?, JourneySwitch> change, IMessageBus bus, CancellationToken cancellation)
    {
        if (change(await FindAsync(store, journey, cancellation)).Pauses.Count == 0)
        {
            return await ChangeAsync(journey, change, cancellation);
        }

        await WakeAsync();
        var changed = await ChangeAsync(journey, change, cancellation);
        await WakeAsync();
        return changed;

        Task WakeAsync() => bus.SendAsync(
            Queues.ShardWork, [ShardMessages.Of(new ResumePaused { Shard = 0, Journey = journey }, clock.GetUtcNow() + CalibrationRunner.Settling)], cancellation);
    }

    /// <summary>A journey's switch as it is now; null where it has none.</summary>
    internal static async Task<JourneySwitch?> FindAsync(ITableStore store, string journey, CancellationToken cancellation) =>
        await store.GetAsync(Tables.Settings, Partition, journey, cancellation) is { } row ? RowJson.Unpack(row, SegueJson.Default.JourneySwitch) : null;

    /// <summary>All switches, by journey.</summary>
    internal static async Task<IReadOnlyDictionary<string, JourneySwitch>> ReadAsync(
        ITableStore store, CancellationToken cancellation, ReadRows<JourneySwitch>? before = null)
    {
        var switches = new Dictionary<string, JourneySwitch>(StringComparer.Ordinal);
        await foreach (var row in store.ReadAllAsync(Tables.Settings, Partition, KeyRange.All, cancellation))
        {
            switches.Add(row.Key, before?.Of(row, row.Key) ?? RowJson.Unpack(row, SegueJson.Default.JourneySwitch));
        }

        return switches;
    }

    /// <summary>Does what the files' own statuses say, where nobody has switched the journey by hand.</summary>
    /// <param name="journeys">The definitions of the files.</param>
    /// <param name="to">Only those that turn to this state.</param>
    /// <param name="bus">Carries the work of letting existing members in; null where nobody is there yet.</param>
    /// <param name="cancellation">Gives up the call; what is left is done by the next.</param>
    internal async Task FollowFilesAsync(IEnumerable<Journey> journeys, SwitchState to, IMessageBus? bus, CancellationToken cancellation)
    {
        var known = await ReadAsync(store, cancellation);
        foreach (var journey in journeys)
        {
            var state = StateBy(journey, known.GetValueOrDefault(journey.Id));
            if (state != to || state == (known.GetValueOrDefault(journey.Id)?.State ?? SwitchState.Off))
            {
                continue;
            }

            var now = clock.GetUtcNow();
            if (to == SwitchState.Live && bus is not null)
            {
                // Ordered before it is live, and done once that has settled: whoever is told in vain does nothing.
                await LetExistingInAsync(journey, now, bus, cancellation);
            }

            await ChangeAsync(journey.Id, current => new()
            {
                Journey = journey.Id,
                State = state,
                LiveSince = state == SwitchState.Live ? now : current!.LiveSince,
                By = ByFile,
                Pauses = current?.Pauses ?? [],
            }, cancellation);
        }
    }

    /// <summary>A journey's state once its file is in force: the file decides until a person does.</summary>
    /// <param name="journey">The definition in the file.</param>
    /// <param name="known">Its switch, or null where it has none yet.</param>
    public static SwitchState StateBy(Journey journey, JourneySwitch? known) => (known?.State, journey.Status) switch
    {
        (null or SwitchState.Off, JourneyStatus.Live) when known is null or { By: ByFile } => SwitchState.Live,
        (SwitchState.Live, JourneyStatus.Draft) when known!.By == ByFile => SwitchState.Off,
        _ => known?.State ?? SwitchState.Off,
    };

    private async Task<JourneySwitch> ChangeAsync(
        string journey, Func<JourneySwitch?, JourneySwitch> change, CancellationToken cancellation)
    {
        while (true)
        {
            var row = await store.GetAsync(Tables.Settings, Partition, journey, cancellation);
            var changed = change(row is null ? null : RowJson.Unpack(row, SegueJson.Default.JourneySwitch));
            var properties = RowJson.Pack(changed, SegueJson.Default.JourneySwitch);
            try
            {
                await store.CommitAsync(
                    Tables.Settings,
                    Partition,
                    [row is null ? RowChange.Insert(journey, properties) : RowChange.Replace(journey, properties, row.ETag)],
                    cancellation);
                campaigns.Invalidate();
                return changed;
            }
            catch (TableConflictException)
            {
                // Somebody else switched it in between: look again.
            }
        }
    }
}

/// <summary>The journey is not in a state in which it can be switched so.</summary>
public sealed class JourneySwitchException(string message) : Exception(message);
