using System.Globalization;
using Segue.Campaigns;
using Segue.Campaigns.GuardRails;
using Segue.Journeys;
using Segue.Measurement;
using Segue.Measurement.Reports;

namespace Segue.Http.Reports;

/// <summary>How the shop stands, from report rows alone: a handful, however many customers there are.</summary>
public sealed class ShopReports(SegueEngine engine) : IShopReports
{
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
            Surveys = [.. Surveys(state.Set, row.Answers)],
            LastOrderAt = row.LastOrderAt,
            CalibratedAt = state.Calibration?.At,
            Warnings = [.. Warnings(state, rolled, now)],
        };
    }

    /// <inheritdoc/>
    public async Task<JourneysReport> JourneysAsync(CancellationToken cancellation)
    {
        var state = await engine.Campaigns.CurrentAsync(cancellation);
        var rows = await _rows.JourneysAsync(cancellation);
        var settings = state.Set.Settings;
        var journeys = Ordered(state).Select(j => new GroupMeasures(
            j.Id, j.Name, JourneyFigure.Of(rows.GetValueOrDefault(j.Id)?.Cells.Values ?? Enumerable.Empty<CellCounts>(), AttributionRule.LastTouch, settings)));
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
    public async Task<ExperimentsReport> ExperimentsAsync(CancellationToken cancellation)
    {
        var state = await engine.Campaigns.CurrentAsync(cancellation);
        var rows = await _rows.JourneysAsync(cancellation);
        var settings = state.Set.Settings;
        var journeys = Ordered(state).Where(j => rows.ContainsKey(j.Id)).Select(j => new JourneyExperiments(
            j.Id, j.Name, StatusOf(j, state), ExperimentFigure.Of(j, settings.GlobalHoldout, rows[j.Id].Arms)));
        return new(
            engine.Ports.Clock.GetUtcNow(), rows.Values.Select(r => (DateTimeOffset?)r.RolledUpAt).Max(), settings.Currency,
            [.. journeys.Where(j => j.Experiments.Count > 0)]);
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
        return state.Switches.GetValueOrDefault(journey.Id) switch
        {
            { State: SwitchState.Live } => "live",
            { State: SwitchState.Paused } => "paused",
            { By: not JourneySwitches.ByFile } => "archived",
            _ => "draft",
        };
    }

    private static IEnumerable<Journey> Ordered(CampaignState state) => state.Set.Journeys.Values
        .OrderBy(j => StatusOf(j, state) is "draft" or "archived").ThenBy(j => j.Name, StringComparer.Ordinal);

    private static JourneyFigures InALine(Journey journey, CampaignState state, OverviewRow row)
    {
        var counts = row.Journeys.GetValueOrDefault(journey.Id) ?? new(0, 0, 0);
        return new(
            journey.Id, journey.Name, StatusOf(journey, state), journey.Enter.Occasion, counts.UnderWay, counts.Sent, counts.Conversions);
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

    /// <summary>The surveys that somebody has answered.</summary>
    private static IEnumerable<SurveyFigures> Surveys(CampaignSet set, Dictionary<string, int> counts)
    {
        foreach (var survey in set.Surveys.Values.OrderBy(s => s.Id, StringComparer.Ordinal))
        {
            var answers = survey.Answers.Select(a => new AnswerFigures(a.Value, a.Label, counts.GetValueOrDefault(survey.Id + DayCounts.Separator + a.Value))).ToList();
            if (answers.Sum(a => a.Customers) is > 0 and var all)
            {
                var scores = answers.Select(a => decimal.TryParse(a.Value, NumberStyles.Number, CultureInfo.InvariantCulture, out var score) ? score : (decimal?)null).ToList();
                yield return new(survey.Id, survey.Question, answers)
                {
                    Average = scores.Contains(null) ? null : decimal.Round(answers.Zip(scores, (a, s) => a.Customers * s!.Value).Sum() / all, 2),
                };
            }
        }
    }

    private static IEnumerable<string> Warnings(CampaignState state, OverviewRow? row, DateTimeOffset now) => row is null
        ? ["Nothing is rolled up yet: the figures come within a quarter of an hour of the first order."]
        : ShopRails.Of(state, Picture(row, now), now).Concat(FileRails.Of(state.Set)).Select(r => r.Message);

    private static ShopPicture Picture(OverviewRow row, DateTimeOffset now)
    {
        var since = DateOnly.FromDateTime((now - ShopRails.Window).UtcDateTime);
        var lately = row.History.Where(d => d.Day > since).SelectMany(d => d.Entered ?? []).GroupBy(e => e.Key, e => e.Value)
            .ToDictionary(e => e.Key, e => e.Sum());
        return new(
            row.Segments.ToDictionary(s => s.Key, s => new SegmentSize(s.Value.Customers)), row.LastOrderAt,
            row.Journeys.ToDictionary(j => j.Key, j => new JourneyTraffic(lately.GetValueOrDefault(j.Key), j.Value.Entered, j.Value.Reached)));
    }
}
