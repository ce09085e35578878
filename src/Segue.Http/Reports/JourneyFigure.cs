using Segue.Campaigns;
using Segue.Journeys;
using Segue.Measurement;
using Segue.Measurement.Reports;

namespace Segue.Http.Reports;

/// <summary>Makes a journey's report of its row.</summary>
internal static class JourneyFigure
{
    /// <summary>The report; one of zeros where nothing has happened.</summary>
    public static JourneyReport Report(
        Journey journey, string status, CampaignSet set, JourneyRow? row, AttributionRule rule, DateTimeOffset at)
    {
        var cells = (row?.Cells ?? []).Select(c => (Key: c.Key.Split(DayCounts.Separator), Counts: c.Value)).ToList();
        var settings = set.Settings;
        Measures Sum(Func<string[], bool> which) => Of(cells.Where(c => which(c.Key)).Select(c => c.Counts), rule, settings);
        IReadOnlyList<string> Values(int part) => [.. cells.Select(c => c.Key[part]).Where(v => v.Length > 0).Distinct().Order(StringComparer.Ordinal)];

        var totals = Sum(_ => true);
        var experiments = ExperimentFigure.Of(journey, settings.GlobalHoldout, row?.Arms ?? []);
        GroupMeasures SegmentOf(string id)
        {
            var measures = Sum(k => k[3] == id);
            var arms = (row?.Arms ?? []).Where(a => a.Key.EndsWith(DayCounts.Separator + id, StringComparison.Ordinal)).ToDictionary();
            return new(id, set.Evaluator.Segments.FirstOrDefault(g => g.Id == id)?.Name ?? id, measures)
            {
                Roi = Return(ExperimentFigure.Of(journey, settings.GlobalHoldout, arms), measures, settings),
            };
        }

        var steps = journey.Steps.Keys.Where(Values(1).Contains).Concat(Values(1).Where(s => !journey.Steps.ContainsKey(s)));
        return new()
        {
            Id = journey.Id,
            Name = journey.Name,
            Status = status,
            Currency = settings.Currency,
            At = at,
            RolledUpAt = row?.RolledUpAt,
            Attribution = AttributionRules.NameOf(rule),
            Totals = totals,
            Steps = [.. steps.Select(s => new GroupMeasures(s, StepName(journey, s), Sum(k => k[1] == s)))],
            Variants = [.. Values(2).Select(v => new GroupMeasures(v, v, Sum(k => k[2] == v)))],
            Segments = [.. Values(3).Select(SegmentOf)],
            Exits = (row?.Exits ?? []).OrderByDescending(e => e.Value).ThenBy(e => e.Key, StringComparer.Ordinal).ToDictionary(e => e.Key, e => e.Value),
            Experiments = experiments,
            Roi = Return(experiments, totals, settings),
        };
    }

    /// <summary>Adds cells up.</summary>
    public static Measures Of(IEnumerable<CellCounts> cells, AttributionRule rule, CampaignSettings settings)
    {
        var sum = new CellCounts();
        foreach (var cell in cells)
        {
            sum.Add(cell);
        }

        var entered = sum.Count(FactKinds.Entered);
        var attributed = rule switch { AttributionRule.FirstTouch => sum.First, AttributionRule.EvenSplit => sum.Even, _ => sum.Last };
        var calls = sum.Count(FactKinds.Called);
        var (sending, calling) = (sum.Count(FactKinds.Sent) * settings.MailCost, calls * settings.CallCost);
        return new()
        {
            Entered = entered,
            HeldOut = sum.Count(FactKinds.Entered + CellCounts.Held),
            UnderWay = Math.Max(0, entered - sum.Count(FactKinds.Exited)),
            Conversions = sum.Count(FactKinds.Converted) - sum.Count(FactKinds.ConversionReversed),
            Sent = sum.Count(FactKinds.Sent),
            Withheld = sum.Count(FactKinds.Withheld),
            Delivered = sum.Count(FactKinds.Delivered),
            OpenedByPerson = sum.Count(FactKinds.Opened),
            OpenedByMachine = sum.Count(FactKinds.OpenedByMachine),
            Clicked = sum.Count(FactKinds.Clicked),
            Unsubscribed = sum.Count(FactKinds.Unsubscribed),
            Complained = sum.Count(FactKinds.Complained),
            Bounced = sum.Count(FactKinds.Bounced),
            AttributedOrders = attributed.Orders,
            AttributedRevenue = attributed.Revenue,
            DiscountCost = attributed.Discount,
            SendingCost = sending,
            Calls = calls,
            CallCost = calling,
            AttributedMargin = settings.Margin is { } margin
                ? decimal.Round(((decimal)margin * (attributed.Revenue + attributed.Discount)) - attributed.Discount - sending - calling, 2) : null,
            PredictedValue = Mean(sum.Entered) ?? Mean(sum.Mailed),
        };
    }

    private static decimal? Mean(PredictedCounts values) => values.Known > 0 ? decimal.Round(values.Sum / values.Known, 2) : null;

    private static string StepName(Journey journey, string step) =>
        journey.Steps.GetValueOrDefault(step) is SendStep send ? $"send {send.Email}" : step;

    /// <summary>By the newest holdout; what discounts cost is taken off the margin, since revenue is net of them.</summary>
    private static ReturnOnInvestment? Return(IReadOnlyList<ExperimentReport> experiments, Measures totals, CampaignSettings settings)
    {
        var holdout = experiments.FirstOrDefault(e => e is { Kind: ExperimentFigure.Holdout, Running: true });
        var revenue = holdout?.Comparisons.FirstOrDefault(c => c is { Arm: Experiments.Treated, Against: Experiments.Control })?.Revenue;
        if (revenue is null || settings.Margin is not { } margin || totals.SendingCost + totals.CallCost <= 0)
        {
            return null;
        }

        var entries = holdout!.Arms.First(a => a.Id == Experiments.Treated).Entries;
        var spent = totals.SendingCost + totals.CallCost;
        var (costs, discounts) = ((double)spent, (double)totals.DiscountCost);
        double Of(double perEntry) => ((margin * ((perEntry * entries) + discounts)) - discounts - costs) / costs;
        return new(
            Of(revenue.Value), Of(revenue.Lower), Of(revenue.Upper), Math.Round((decimal)(revenue.Value * entries), 2), margin, spent);
    }
}
