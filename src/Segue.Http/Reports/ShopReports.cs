using Segue.Campaigns;
using Segue.Journeys;
using Segue.Measurement;
using Segue.Measurement.Reports;

namespace Segue.Http.Reports;

/// <summary>How the shop stands, from report rows alone: a handful, however many customers there are.</summary>
public sealed class ShopReports(SegueEngine engine) : IShopReports
{
    private const int TooFew = 20;
    private static readonly TimeSpan Stale = TimeSpan.FromDays(2);

    private readonly ReportStore _rows = new(engine.Ports.Store);

    /// <inheritdoc/>
    public async Task<Overview> OverviewAsync(CancellationToken cancellation)
    {
        var now = engine.Ports.Clock.GetUtcNow();
        var state = await engine.Campaigns.CurrentAsync(cancellation);
        var rolled = await _rows.OverviewAsync(cancellation);
        var row = rolled ?? new OverviewRow { RolledUpAt = now };
        var segments = Groups(state.Set.Evaluator.Segments.Select(s => (s.Id, s.Name)), row.Segments);
        return new()
        {
            At = now,
            RolledUpAt = rolled?.RolledUpAt,
            ShopName = state.Set.Settings.ShopName,
            Currency = state.Set.Settings.Currency,
            Sending = state.Set.Settings.Sending,
            Customers = segments.Sum(s => s.Customers),
            Reachable = row.Segments.Values.Sum(s => s.Reachable),
            Orders = segments.Sum(s => s.Orders),
            Revenue = segments.Sum(s => s.Revenue),
            Segments = segments,
            Stages = Groups(Stages.All.Select(s => (s.Id, s.Name)), row.Stages),
            Journeys = [.. Ordered(state).Select(j => InALine(j, state, row))],
            Lately = [.. row.Lately.Select(m => new MailFigures(m.At, m.CustomerId, m.Journey, m.Step, m.Status))],
            History = [.. row.History.Select(p => new DayFigures(p.Day, p.Customers, p.Orders, p.Revenue, p.Sent, p.Segments, p.Stages))],
            LastOrderAt = row.LastOrderAt,
            CalibratedAt = state.Calibration?.At,
            Warnings = [.. Warnings(state, segments, rolled, now)],
        };
    }

    /// <inheritdoc/>
    public async Task<JourneysReport> JourneysAsync(CancellationToken cancellation)
    {
        var state = await engine.Campaigns.CurrentAsync(cancellation);
        var rows = await _rows.JourneysAsync(cancellation);
        var settings = state.Set.Settings;
        var journeys = Ordered(state).Select(j => new GroupMeasures(
            j.Id, j.Name, JourneyFigure.Of(rows.GetValueOrDefault(j.Id)?.Cells.Values ?? Enumerable.Empty<CellCounts>(), AttributionRule.LastTouch, settings.MailCost)));
        return new(
            engine.Ports.Clock.GetUtcNow(), rows.Values.Select(r => (DateTimeOffset?)r.RolledUpAt).Max(), settings.Currency, [.. journeys]);
    }

    /// <inheritdoc/>
    public async Task<JourneyReport?> JourneyAsync(string id, AttributionRule attribution, CancellationToken cancellation)
    {
        var state = await engine.Campaigns.CurrentAsync(cancellation);
        if (!state.Set.Journeys.TryGetValue(id, out var journey))
        {
            return null;
        }

        var row = await _rows.JourneyAsync(id, cancellation);
        return JourneyFigure.Report(journey, StatusOf(journey, state), state.Set, row, attribution, engine.Ports.Clock.GetUtcNow());
    }

    /// <inheritdoc/>
    public async Task<Movements> MovementsAsync(CancellationToken cancellation)
    {
        var flows = await _rows.MovementsAsync(cancellation);
        var rolled = await _rows.OverviewAsync(cancellation);
        return new(engine.Ports.Clock.GetUtcNow(), rolled?.RolledUpAt, [.. flows.Select(f => new Flow(f.Month, f.From, f.To, f.Customers))]);
    }

    /// <summary>A journey's state in a word.</summary>
    public static string StatusOf(Journey journey, CampaignState state)
    {
        ArgumentNullException.ThrowIfNull(journey);
        ArgumentNullException.ThrowIfNull(state);
        return state.Switches.GetValueOrDefault(journey.Id)?.State switch
        {
            SwitchState.Live => "live",
            SwitchState.Paused => "paused",
            _ => "draft",
        };
    }

    private static IEnumerable<Journey> Ordered(CampaignState state) => state.Set.Journeys.Values
        .OrderBy(j => StatusOf(j, state) == "draft").ThenBy(j => j.Name, StringComparer.Ordinal);

    private static JourneyFigures InALine(Journey journey, CampaignState state, OverviewRow row)
    {
        var counts = row.Journeys.GetValueOrDefault(journey.Id) ?? new(0, 0, 0);
        return new(
            journey.Id, journey.Name, StatusOf(journey, state), journey.Enter.Group, counts.UnderWay, counts.Sent, counts.Conversions);
    }

    /// <summary>All groups that there are, and those that are no more while somebody is still counted in them.</summary>
    private static List<GroupFigures> Groups(IEnumerable<(string Id, string Name)> known, Dictionary<string, GroupCounts> counts)
    {
        var groups = known.ToList();
        groups.AddRange(counts.Where(c => c.Value.Customers != 0 && groups.TrueForAll(g => g.Id != c.Key)).Select(c => (c.Key, c.Key)));
        return [.. groups.Select(g =>
        {
            var c = counts.GetValueOrDefault(g.Id) ?? new();
            return new GroupFigures(g.Id, g.Name, c.Customers, c.Orders, c.Revenue);
        })];
    }

    private static IEnumerable<string> Warnings(
        CampaignState state, IReadOnlyList<GroupFigures> segments, OverviewRow? row, DateTimeOffset now)
    {
        if (row is null)
        {
            yield return "Nothing is rolled up yet: the figures come within a quarter of an hour of the first order.";
            yield break;
        }

        foreach (var segment in segments.Where(s => s.Customers is > 0 and < TooFew))
        {
            yield return $"The segment '{segment.Name}' has {segment.Customers} customers: too few to learn anything from.";
        }

        foreach (var journey in state.Set.Journeys.Values.Where(j => j.Holdout == 0 && StatusOf(j, state) == "live"))
        {
            yield return $"The journey '{journey.Name}' holds nobody out: what it brings can't be measured.";
        }

        if (row.LastOrderAt is { } last && now - last > Stale)
        {
            yield return $"The newest order is {(int)(now - last).TotalDays} days old. Does the shop still send its orders?";
        }

        if (segments.Any(s => s.Customers > 0) && state.Calibration is null)
        {
            yield return "Nothing is calibrated yet: rules on scores and ranks hold for nobody. Run calibrate.";
        }
    }
}
