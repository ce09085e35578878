using Segue.Campaigns;
using Segue.Messaging;
using Segue.Ports;
using Segue.Segmentation;
using Segue.Storage;

namespace Segue.Journeys;

/// <summary>
/// StartRecurring: has the members of a journey with a calendar enter at its moments. What was started is written down after
/// it was; to start it twice changes nothing, for who has entered since does not enter again.
/// </summary>
internal sealed class Recurring(ITableStore store, IMessageBus bus, ICampaigns campaigns, TimeProvider clock)
{
    /// <summary>What is older than this when it could be started is left out: a digest of last week is no news.</summary>
    public static readonly TimeSpan StillNews = TimeSpan.FromHours(24);

    private const string Partition = "recurring";
    private const string StartedUntil = "until";

    /// <summary>One tick: starts what falls before the next, each to the second.</summary>
    public async Task TickAsync(CancellationToken cancellation)
    {
        var state = await campaigns.CurrentAsync(cancellation);
        foreach (var journey in state.Entrances)
        {
            if (journey.Enter.Schedule is { } schedule && state.Switches[journey.Id] is { State: SwitchState.Live } live)
            {
                await StartAsync(journey, schedule, live, state.Set.Settings.Zone, cancellation);
            }
        }
    }

    private async Task StartAsync(
        Journey journey, JourneySchedule schedule, JourneySwitch live, string shopZone, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var row = await store.GetAsync(Tables.Settings, Partition, journey.Id, cancellation);
        var known = row?.Properties.GetValueOrDefault(StartedUntil) as DateTimeOffset?;
        var resumed = live.Pauses is [.., { Until: { } until }] ? until : live.LiveSince;
        var from = new[] { known, live.LiveSince.AddTicks(-1), resumed.AddTicks(-1), now - StillNews }.Max()!.Value;
        DateTimeOffset? started = null;
        for (var at = schedule.NextAfter(from, shopZone); at < Ticks.CoveredFrom(now); at = schedule.NextAfter(at, shopZone))
        {
            await bus.SendAsync(
                Queues.ShardWork,
                [.. Enumerable.Range(0, Shards.Count).Select(shard => ShardMessages.Of(
                    new EnterScheduledOfShard { Shard = shard, Journey = journey.Id, Group = schedule.Group, At = at }, at > now ? at : null))],
                cancellation);
            started = at;
        }

        if (started is { } last)
        {
            await store.CommitAsync(
                Tables.Settings, Partition, [RowChange.Upsert(journey.Id, new Dictionary<string, object> { [StartedUntil] = last })], cancellation);
        }
    }
}
