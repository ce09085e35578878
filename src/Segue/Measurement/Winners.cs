using Microsoft.Extensions.Logging;
using Segue.Campaigns;
using Segue.Journeys;
using Segue.Journeys.Definitions;
using Segue.Measurement.Reports;
using Segue.Measurement.Statistics;
using Segue.Ports;
using Segue.Storage;

namespace Segue.Measurement;

/// <summary>
/// Gives tests that ask for one their winner, after each roll-up of the reports: every customer who comes to the test from then on takes
/// its steps. Not before a whole window of the goal has passed since the first entry, and not where the split is not what was asked for.
/// </summary>
internal sealed class Winners(ITableStore store, ICampaigns campaigns, TimeProvider clock, ILogger<Winners> logger)
{
    /// <summary>The partition of Settings: a row for each experiment that has a winner.</summary>
    private const string Partition = "winners";

    private const string Arm = "arm";

    /// <summary>The winners, by experiment.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> ReadAsync(ITableStore store, CancellationToken cancellation)
    {
        var winners = new Dictionary<string, string>(StringComparer.Ordinal);
        await foreach (var row in store.ReadAllAsync(Tables.Settings, Partition, KeyRange.All, cancellation))
        {
            winners.Add((string)row.Properties["experiment"], (string)row.Properties[Arm]);
        }

        return winners;
    }

    /// <summary>Looks at every test that is running.</summary>
    public async Task LookAsync(CancellationToken cancellation)
    {
        var state = await campaigns.CurrentAsync(cancellation);
        foreach (var journey in state.Entrances)
        {
            foreach (var test in journey.Steps.Values.OfType<TestStep>().Where(t => t.Winner is not null))
            {
                var experiment = test.ExperimentOf(journey.Id);
                if (!state.Winners.ContainsKey(experiment)
                    && await new ReportStore(store).JourneyAsync(journey.Id, cancellation) is { } row
                    && WinnerOf(journey, test, row.Arms, clock.GetUtcNow()) is { } winner)
                {
                    await store.CommitAsync(
                        Tables.Settings,
                        Partition,
                        [RowChange.Upsert(Messaging.MessageIds.Of(experiment), new Dictionary<string, object>
                        {
                            ["experiment"] = experiment, [Arm] = winner, ["at"] = clock.GetUtcNow(),
                        })],
                        cancellation);
                    campaigns.Invalidate();
                    logger.Won(journey.Id, test.Name, winner);
                }
            }
        }
    }

    /// <summary>The variant that has won, or null.</summary>
    internal static string? WinnerOf(Journey journey, TestStep test, IReadOnlyDictionary<string, ArmCounts> all, DateTimeOffset now)
    {
        var experiment = test.ExperimentOf(journey.Id);
        var arms = test.Variants.Where(v => v.Weight > 0).ToDictionary(v => v.Name, _ => new ArmCounts());
        foreach (var (key, counts) in all)
        {
            var parts = key.Split(DayCounts.Separator);
            if (parts[0] == experiment && arms.TryGetValue(parts[1], out var arm))
            {
                arm.Add(counts);
            }
        }

        var since = arms.Values.Min(a => a.Since);
        var weights = test.Variants.Where(v => v.Weight > 0).Select(v => (double)v.Weight).ToList();
        return since is null || journey.Goal is null || since.Value.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc) + journey.Goal.Within.Elapsed() > now.UtcDateTime
            || SampleRatio.Of([.. arms.Values.Select(a => a.Customers)], [.. weights.Select(w => w / weights.Sum())])?.IsSuspicious == true
            ? null
            : WinnerRule.Of(arms.ToDictionary(a => a.Key, a => test.Winner == TestMetric.Revenue ? a.Value.OfRevenue() : a.Value.OfConversions()));
    }
}
