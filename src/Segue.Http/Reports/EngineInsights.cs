using System.Globalization;
using Segue.Campaigns;
using Segue.Campaigns.GuardRails;
using Segue.Customers;
using Segue.Http.Journeys;
using Segue.Journeys;
using Segue.Measurement.Reports;
using Segue.Segmentation;
using Segue.Segmentation.Clusters;
using Segue.Simulation;
using Segue.Storage;

namespace Segue.Http.Reports;

/// <summary>Insights from the store, through the ports alone.</summary>
/// <param name="engine">The product.</param>
public sealed class EngineInsights(SegueEngine engine) : IShopInsights
{
    private const int PeopleShown = 25;

    private readonly ReportStore _rows = new(engine.Ports.Store);

    /// <inheritdoc/>
    public async Task<(string Currency, decimal? PerMail)> MoneyAsync(CancellationToken cancellation)
    {
        var settings = (await engine.Campaigns.CurrentAsync(cancellation)).Set.Settings;
        return (settings.Currency, settings.MailCost > 0 ? settings.MailCost : null);
    }

    /// <inheritdoc/>
    public async Task<SegmentMap> MapAsync(CancellationToken cancellation)
    {
        var now = engine.Ports.Clock.GetUtcNow();
        var state = await engine.Campaigns.CurrentAsync(cancellation);
        var map = await CustomerMap.MakeAsync(engine.Ports.Store, state, now, cancellation);
        return new(
            now, state.Set.Settings.Currency, state.Calibration?.At, map.Customers, map.Buyers,
            [.. state.Set.Evaluator.Segments.Select(s => Picture(s, map.Of(s.Id), state))],
            [.. state.Set.Evaluator.Tags.Select(t => new TagPicture(t.Id, t.Name, map.WithTag(t.Id)))],
            [.. map.Scores.Select(c => new RfmCell(c.Key.Recency, c.Key.Frequency, c.Value.Customers, c.Value.Revenue))],
            [.. map.Ages.Select(c => new TierCell(c.Key.Longevity, c.Key.Silence, c.Value.Customers, c.Value.Revenue))],
            Bands(CustomerMap.Longevity), Bands(CustomerMap.Silence))
        {
            Warnings = [.. ShopRails.Of(state, new(map.Sizes, null, new Dictionary<string, JourneyTraffic>()), now).Select(r => r.Message)],
        };
    }

    /// <inheritdoc/>
    public async Task<CalibrationReport> CalibrationAsync(CancellationToken cancellation)
    {
        var now = engine.Ports.Clock.GetUtcNow();
        var state = await engine.Campaigns.CurrentAsync(cancellation);
        var personas = await Personas.MakeAsync(engine.Ports.Store, state, now, cancellation);
        return CalibrationReport.Of(state.Calibration, personas, state.Set.Settings.Currency, now);
    }

    /// <inheritdoc/>
    public async Task<JourneyDetail?> JourneyAsync(string id, CancellationToken cancellation)
    {
        var now = engine.Ports.Clock.GetUtcNow();
        var state = await engine.Campaigns.CurrentAsync(cancellation);
        if (!state.Set.Journeys.TryGetValue(id, out var journey))
        {
            return null;
        }

        var people = await PeopleAsync(id, cancellation);
        return JourneyPictures.Of(journey, state, now, RunFigures.Of(await _rows.JourneyAsync(id, cancellation)), people, PeopleShown);
    }

    /// <inheritdoc/>
    public async Task<JourneyPeople?> PeopleAsync(PeopleWish wish, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(wish);
        var state = await engine.Campaigns.CurrentAsync(cancellation);
        return JourneyPeople.Of(wish, state, engine.Ports.Clock.GetUtcNow(), await PeopleAsync(wish.Journey, cancellation));
    }

    /// <inheritdoc/>
    public async Task<SimulationResult> SimulateAsync(
        SimulationRequest request, IProgress<SimulationProgress> progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        var state = await engine.Campaigns.CurrentAsync(cancellation);
        foreach (var id in request.Journeys.Where(id => !state.Set.Journeys.ContainsKey(id)))
        {
            throw new JourneyNotFoundException($"There is no journey '{id}'.{Files.Suggestion.For(id, state.Set.Journeys.Keys)}");
        }

        return await new CampaignSimulation(engine.Ports.Store, state.Set, engine.Names).RunAsync(request, [], progress, cancellation);
    }

    private async Task<List<(string CustomerId, JourneyPlace Place)>> PeopleAsync(string journey, CancellationToken cancellation)
    {
        var people = new List<(string, JourneyPlace)>();
        for (var shard = 0; shard < Shards.Count; shard++)
        {
            await foreach (var row in engine.Ports.Store.ReadAllAsync(Tables.Summaries, Shards.Text(shard), Ports.KeyRange.All, cancellation))
            {
                var summary = RowJson.Unpack(row, SegueJson.Default.SummaryRow);
                people.AddRange((summary.Places ?? []).Where(p => p.Journey == journey).Select(p => (summary.CustomerId, p)));
            }
        }

        return people;
    }

    private static SegmentPicture Picture(SegmentDefinition segment, SegmentSum sum, CampaignState state) => new(
        segment.Id, segment.Name, segment.When?.Words,
        [.. state.Set.Journeys.Values.Where(j => j.Enter.Group == segment.Id).Select(j => j.Id).Order(StringComparer.Ordinal)],
        sum.Customers, sum.Reachable, sum.Orders, sum.Revenue, sum.MedianSpend, sum.MedianSilence);

    private static List<string> Bands(IReadOnlyList<int> days) => [.. days.Select((from, i) => i == days.Count - 1
        ? string.Create(CultureInfo.InvariantCulture, $"{from} days or more")
        : string.Create(CultureInfo.InvariantCulture, $"{from}–{days[i + 1] - 1} days"))];
}
