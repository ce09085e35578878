using Segue.Email.Reports;
using Segue.Http.Reports;
using Segue.Measurement;
using Segue.Measurement.Reports;
using Segue.Orders;
using Segue.Ports;
using Segue.Storage;
using Segue.Tests.Support;

namespace Segue.Tests.Measurement.Reports;

public sealed class ReportFiguresTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Figures_GeneratedShop_EqualTheRowsToTheCent(int seed)
    {
        var shop = await MakeAsync(seed);

        await ReportedShop.AgreesAsync(shop.Engine, shop.Rows);
        var report = (await new ShopReports(shop.Engine).JourneyAsync(ReportedShop.Journey, AttributionRule.LastTouch, Cancellation))!;
        Assert.All(new[] { report.Totals.Conversions, report.Totals.HeldOut, report.Totals.Sent }, n => Assert.True(n >= 5, $"{n}"));
        Assert.True(report.Totals.AttributedRevenue > 50);
        Assert.NotNull(report.Roi);
    }

    [Fact]
    public async Task Rebuild_ReportRowsLost_MakesTheSameAgain()
    {
        var shop = await MakeAsync(3);
        var before = shop.Table(Tables.Reports).Where(r => r.Partition != "marks").Select(Content).ToList();
        foreach (var row in shop.Table(Tables.Reports))
        {
            await shop.Rows.TryDeleteAsync(Tables.Reports, row.Partition, row.Key, cancellation: Cancellation);
        }

        Assert.Equal(0, (await new ShopReports(shop.Engine).OverviewAsync(Cancellation)).Customers);
        await shop.Engine.RebuildReportsAsync(DateOnly.FromDateTime(TestShop.Start.UtcDateTime), Cancellation);

        await ReportedShop.AgreesAsync(shop.Engine, shop.Rows);
        var after = shop.Table(Tables.Reports).Where(r => r.Partition != "marks" && !IsEmptyDay(r)).Select(Content).ToList();
        Assert.Equal(before.Where(r => r.StartsWith("months", StringComparison.Ordinal)), after.Where(r => r.StartsWith("months", StringComparison.Ordinal)));
        Assert.Equal(before.Count, after.Count);
    }

    [Fact]
    public async Task RollUp_Again_ChangesNothing()
    {
        var shop = await MakeAsync(4);
        var before = shop.Table(Tables.Reports).Where(r => r.Partition is "days" or "months").Select(Content).ToList();
        await shop.Engine.RollUpReportsAsync(Cancellation);
        await shop.Engine.RollUpReportsAsync(Cancellation);

        Assert.Equal(before, shop.Table(Tables.Reports).Where(r => r.Partition is "days" or "months").Select(Content));
    }

    [Fact]
    public async Task Fact_OfADayLongRolledUp_MarksItAndIsCounted()
    {
        var shop = await MakeAsync(5);
        var reports = new ShopReports(shop.Engine);
        var before = await reports.OverviewAsync(Cancellation);
        var day = TestShop.Day(40);
        var late = new Fact(FactKinds.Sent, "c0", "late", day) { Journey = ReportedShop.Journey, Step = "first", Segment = "gone" };
        await shop.Rows.CommitAsync(
            Tables.Facts, FactRows.Partition(day, "c0"), [RowChange.Upsert(FactRows.Key(late), RowJson.Pack(late, SegueJson.Default.Fact))], Cancellation);
        await shop.Engine.RollUpReportsAsync(Cancellation);
        Assert.Equal(before.Journeys[0].Sent, (await reports.OverviewAsync(Cancellation)).Journeys[0].Sent);

        await new DayMarks(shop.Rows, shop.Engine.Ports.Clock).MarkAsync(day, Cancellation);
        await shop.Engine.RollUpReportsAsync(Cancellation);
        var after = await reports.OverviewAsync(Cancellation);
        Assert.Equal(before.Journeys[0].Sent + 1, after.Journeys[0].Sent);
        Assert.Equal(before.History.Select(d => (d.Day, d.Customers, d.Revenue)), after.History.Select(d => (d.Day, d.Customers, d.Revenue)));
    }

    [Fact]
    public async Task Engagement_ByMachinesAndPeople_ChangesNoExperiment()
    {
        var shop = await MakeAsync(6);
        var reports = new ShopReports(shop.Engine);
        var before = (await reports.JourneyAsync(ReportedShop.Journey, AttributionRule.LastTouch, Cancellation))!;
        var now = shop.Now;
        foreach (var (kind, number) in new[] { ("opened-by-machine", 40), ("clicked", 9), ("opened", 5) })
        {
            for (var i = 0; i < number; i++)
            {
                var fact = new Fact(kind, "c1", $"m{i}", now) { Journey = ReportedShop.Journey, Step = "first", Segment = "gone" };
                await shop.Rows.CommitAsync(
                    Tables.Facts, FactRows.Partition(now, "c1"), [RowChange.Upsert(FactRows.Key(fact), RowJson.Pack(fact, SegueJson.Default.Fact))], Cancellation);
            }
        }

        await new DayMarks(shop.Rows, shop.Engine.Ports.Clock).MarkAsync(now, Cancellation);
        await shop.Engine.RollUpReportsAsync(Cancellation);
        var after = (await reports.JourneyAsync(ReportedShop.Journey, AttributionRule.LastTouch, Cancellation))!;
        Assert.Equal((5, 40, 9), (after.Totals.OpenedByPerson, after.Totals.OpenedByMachine, after.Totals.Clicked));
        Assert.Equal(before.Experiments[0].Comparisons[0], after.Experiments[0].Comparisons[0]);
        Assert.Equal(before.Roi, after.Roi);
    }

    [Fact]
    public async Task Scanners_OpenAndFollowEveryMail_ChangesNeitherUpliftNorWhatPeopleDid()
    {
        async Task<JourneyReport> ReportAsync(bool scanned)
        {
            var shop = await MakeAsync(8);
            foreach (var send in scanned ? Enumerable.Range(0, 100).SelectMany(c => shop.Sends($"c{c}").Select(s => (Customer: $"c{c}", Send: s))).ToList() : [])
            {
                var report = new MailReported
                {
                    CustomerId = send.Customer, SendId = send.Send.Id, What = MailReport.Scanned, At = TestShop.Day(130.1), EventId = $"scan-{send.Send.Id}",
                };
                shop.Happens(130.1, report.ToBus(report.Name));
            }

            await shop.RunAsync(131);
            await shop.Engine.RollUpReportsAsync(Cancellation);
            return (await new ShopReports(shop.Engine).JourneyAsync(ReportedShop.Journey, AttributionRule.LastTouch, Cancellation))!;
        }

        var (quiet, scanned) = (await ReportAsync(false), await ReportAsync(true));
        Assert.True(scanned.Totals.OpenedByMachine >= scanned.Totals.Sent && scanned.Totals.Sent > 20);
        Assert.Equal(quiet.Totals, scanned.Totals with { OpenedByMachine = 0 });
        Assert.Equal((0, 0), (scanned.Totals.OpenedByPerson, scanned.Totals.Clicked));
        Assert.Equal(quiet.Experiments[0].Arms, scanned.Experiments[0].Arms);
        Assert.Equal(quiet.Experiments[0].Comparisons, scanned.Experiments[0].Comparisons);
        Assert.Equal(quiet.Roi, scanned.Roi);
    }

    [Fact]
    public async Task Holdout_Changed_StartsANewExperiment()
    {
        var shop = await MakeAsync(7);
        await shop.RepublishAsync(ReportedShop.Campaigns("50%"));
        shop.Order("late", 131).Order("later", 132);
        await shop.RunAsync(195);
        await shop.Engine.RollUpReportsAsync(Cancellation);

        var report = (await new ShopReports(shop.Engine).JourneyAsync(ReportedShop.Journey, AttributionRule.LastTouch, Cancellation))!;
        Assert.Equal([true, false], report.Experiments.Select(e => e.Running));
        Assert.Equal([0.5, 0.3], report.Experiments.Select(e => e.Arms.Single(a => a.Id == "control").Share));
    }

    [Fact]
    public async Task Test_InAJourney_IsAnExperimentOfWhoCameToIt()
    {
        var shop = await TestShop.OpenAsync(new TestCampaigns
        {
            Journeys = [TestCampaigns.Journey(
                "  - test: { name: tone, variants: { warm: 60, cool: 40 } }\n    warm: [ { send: { email: hello, topic: offers } } ]\n    cool: []\n  - wait: { for: 5d }",
                "holdout: 20%\ngoal: { event: order, within: 28d }")],
        });
        for (var c = 0; c < 200; c++)
        {
            shop.Order($"c{c}", 0);
            if (c % 3 == 0)
            {
                shop.Order($"c{c}", 61 + (c % 20), amount: 10 + c);
            }
        }

        await shop.RunAsync(95);
        await shop.Engine.RollUpReportsAsync(Cancellation);

        var test = (await new ShopReports(shop.Engine).JourneyAsync("journey", AttributionRule.LastTouch, Cancellation))!
            .Experiments.Single(e => e.Kind == "test");
        Assert.Equal(("tone", true), (test.Name, test.Running));
        var truth = new BruteForce(shop.Rows);
        Assert.Equal(["cool", "warm"], test.Arms.Select(a => a.Id));
        Assert.All(test.Arms, arm =>
        {
            var (customers, entries, conversions, revenue, _) = truth.Arm(r => !r.HeldOut && r.Variant == $"tone:{arm.Id}");
            Assert.Equal((customers, entries, conversions, revenue), (arm.Customers, arm.Entries, arm.Conversions, arm.Revenue));
            Assert.True(conversions > 5);
        });
        Assert.False(test.Split!.Suspicious);
    }

    [Fact]
    public async Task Overview_AnyNumberOfCustomers_ReadsTheSameFewRows()
    {
        async Task<int> ReadsAsync(int customers)
        {
            var shop = await TestShop.OpenAsync(ReportedShop.Campaigns());
            for (var i = 0; i < customers; i++)
            {
                shop.Order($"c{i}", i % 5);
            }

            await shop.RunAsync(6);
            await shop.Engine.RollUpReportsAsync(Cancellation);
            await shop.Engine.Campaigns.CurrentAsync(Cancellation);
            var counting = new CountingStore(shop.Rows);
            var ports = shop.Engine.Ports with { Store = counting };
            var engine = new SegueEngine(ports, shop.Catalog, shop.Names, Segue.Messaging.RetryOptions.Immediate, Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance);
            Assert.Equal(customers, (await new ShopReports(engine).OverviewAsync(Cancellation)).Customers);
            Assert.Equal([Tables.Reports], counting.Tables.Distinct());
            return counting.Rows;
        }

        Assert.Equal(1, await ReadsAsync(3));
        Assert.Equal(1, await ReadsAsync(300));
    }

    private static string Content(Row row) => $"{row.Partition} {row.Key} {string.Join(' ', row.Properties.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => p.Value))}";

    private static bool IsEmptyDay(Row row) => row.Partition == "days" && ((string)row.Properties["json"]).Contains("\"segments\":{},\"stages\":{},\"cells\":{}", StringComparison.Ordinal);

    /// <summary>Customers who come back at every distance, with returns, late orders and people who can't be mailed.</summary>
    private static async Task<TestShop> MakeAsync(int seed)
    {
        var shop = await TestShop.OpenAsync(ReportedShop.Campaigns());
        var random = new Random(seed);
        for (var c = 0; c < 100; c++)
        {
            var customer = $"c{c}";
            for (var day = random.Next(60) + random.NextDouble(); day < 130; day += (random.Next(4) == 0 ? random.Next(1, 20) : random.Next(55, 95)) + random.NextDouble())
            {
                var (id, amount) = (FormattableString.Invariant($"{customer}-{day}"), random.Next(100, 9999) / 100m);
                shop.Order(customer, day, amount, id, arrives: day + (random.Next(6) == 0 ? 0.9 : 0), o => o with { Discount = random.Next(3) });
                if (random.Next(6) == 0)
                {
                    var back = random.Next(2) == 0 ? amount : Math.Round(amount / 3, 2);
                    shop.Order(customer, day + random.Next(2, 20), back, id + "-back", change: o => o with { RefundOf = id });
                }
            }
        }

        await shop.RunAsync(130);
        await shop.Engine.RollUpReportsAsync(Cancellation);
        return shop;
    }
}
