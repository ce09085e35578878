using Segue.Campaigns;
using Segue.Http.Reports;
using Segue.Measurement;
using Segue.Simulation;
using Segue.Tests.Support;

namespace Segue.Tests.Measurement.Reports;

/// <summary>A shop whose reports are compared with its rows.</summary>
internal static class ReportedShop
{
    public const string Journey = "two-steps";

    /// <summary>Segments that customers move between, and a journey with a goal and a holdout.</summary>
    public static TestCampaigns Campaigns(string holdout = "30%") => new()
    {
        Segments = """
            segments:
              - id: loyal
                name: Loyal
                when: { orders: ">= 3", daysSinceLastOrder: "< 60" }
              - id: gone
                name: Gone
                when: { daysSinceLastOrder: ">= 60" }
              - id: others
                name: Others
            """,
        Settings = "mailCost: 0.01\nmargin: 40%",
        Journeys = [TestCampaigns.TwoSteps(
            $"holdout: {holdout}\ngoal: {{ event: order, within: 28d }}\nexitWhen: [ {{ event: order }} ]", enter: "segment: gone, reentry: always")],
    };

    /// <summary>Compares what the overview and the journey's report say with the rows, to the cent.</summary>
    public static async Task AgreesAsync(SegueEngine engine, InMemoryTableStore rows, bool attribution = true)
    {
        var (reports, truth) = (new ShopReports(engine), new BruteForce(rows));
        var cancellation = TestContext.Current.CancellationToken;
        var overview = await reports.OverviewAsync(cancellation);
        Assert.Equal(truth.Groups(p => p.Standing!.Segment), Groups(overview.Segments));
        Assert.Equal(truth.Groups(p => Stages.NameOf(p.Standing!.Stage)), Groups(overview.Stages));
        Assert.Equal(truth.Reachable, overview.Reachable);
        var line = Assert.Single(overview.Journeys);
        Assert.Equal((truth.UnderWay, truth.Sent, truth.Conversions), (line.UnderWay, line.Sent, line.Conversions));
        Assert.Equal(truth.Sent, overview.History.Sum(d => d.Sent));
        var last = overview.History[^1];
        Assert.Equal((overview.Customers, overview.Orders, overview.Revenue), (last.Customers, last.Orders, last.Revenue));

        var journey = (await reports.JourneyAsync(Journey, AttributionRule.LastTouch, cancellation))!;
        var totals = journey.Totals;
        Assert.Equal((truth.Runs(false), truth.Runs(true), truth.Conversions), (totals.Entered, totals.HeldOut, totals.Conversions));
        Assert.Equal(truth.Sent * 0.01m, totals.SendingCost);
        (string Arm, bool HeldOut)[] arms = [("treated", false), ("control", true)];
        if (arms.All(a => truth.Arm(a.HeldOut).Customers == 0))
        {
            Assert.Empty(journey.Experiments);
            arms = [];
        }

        foreach (var (arm, heldOut) in arms)
        {
            var experiment = Assert.Single(journey.Experiments);
            var (customers, entries, conversions, revenue, _) = truth.Arm(heldOut);
            var said = experiment.Arms.Single(a => a.Id == arm);
            Assert.Equal((customers, entries, conversions, revenue), (said.Customers, said.Entries, said.Conversions, said.Revenue));
        }

        if (attribution)
        {
            Assert.Equal(truth.Attributed(first: false), Steps(journey));
            Assert.Equal(truth.Attributed(first: true), Steps((await reports.JourneyAsync(Journey, AttributionRule.FirstTouch, cancellation))!));
            var even = (await reports.JourneyAsync(Journey, AttributionRule.EvenSplit, cancellation))!;
            Assert.Equal((totals.AttributedOrders, totals.AttributedRevenue), (even.Totals.AttributedOrders, even.Totals.AttributedRevenue));
        }
    }

    private static SortedDictionary<string, (int, int, decimal)> Groups(IEnumerable<GroupFigures> groups) => new(
        groups.Where(g => g.Customers > 0).ToDictionary(g => g.Id, g => (g.Customers, g.Orders, g.Revenue)), StringComparer.Ordinal);

    private static SortedDictionary<string, (decimal, decimal)> Steps(JourneyReport report) => new(
        report.Steps.Where(s => s.Measures.AttributedOrders != 0)
            .ToDictionary(s => s.Id, s => (s.Measures.AttributedOrders, s.Measures.AttributedRevenue)),
        StringComparer.Ordinal);
}
