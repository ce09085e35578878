using Segue.Customers;
using Segue.Events;
using Segue.Http.Reports;
using Segue.Measurement;
using Segue.Measurement.Reports;
using Segue.Orders;
using Segue.Segmentation.Predictions;
using Segue.Storage;
using Segue.Tests.Support;

namespace Segue.Tests.Measurement.Reports;

/// <summary>What reports say of worth: predicted values, answers, what is left after costs.</summary>
public sealed class ReportedValueTests
{
    private const string Survey = """
        question: How are we doing?
        attribute: satisfaction
        answers:
          - { value: 1, label: Badly }
          - { value: 3, label: So so }
          - { value: 5, label: Very well }
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Survey_AnsweredAndAnsweredAnew_CountsEachCustomersLastAnswer()
    {
        var shop = await TestShop.OpenAsync(new TestCampaigns { Files = new Dictionary<string, string> { ["surveys/how.yaml"] = Survey } });
        foreach (var customer in new[] { "a", "b", "c" })
        {
            shop.Order(customer, 0);
        }

        foreach (var (customer, day, answer) in new[] { ("a", 1, "5"), ("b", 2, "1"), ("b", 40, "3"), ("c", 41, "3"), ("c", 42, "3") })
        {
            Answer(shop, customer, day, answer);
        }

        await shop.RunAsync(43);
        await shop.Engine.RollUpReportsAsync(Cancellation);

        var survey = Assert.Single((await new ShopReports(shop.Engine).OverviewAsync(Cancellation)).Surveys);
        Assert.Equal(("how", "How are we doing?"), (survey.Id, survey.Question));
        Assert.Equal([("1", 0), ("3", 2), ("5", 1)], survey.Answers.Select(a => (a.Value, a.Customers)));
        Assert.Equal(3.67m, survey.Average);
    }

    [Fact]
    public async Task Survey_OfWordsOrOfNobody_HasNoAverageOrIsLeftOut()
    {
        var shop = await TestShop.OpenAsync(new TestCampaigns
        {
            Files = new Dictionary<string, string>
            {
                ["surveys/how.yaml"] = Survey.Replace("value: 3", "value: so-so", StringComparison.Ordinal),
                ["surveys/silent.yaml"] = Survey,
            },
        });
        await Answer(shop.Order("a", 0), "a", 1, "5").RunAsync(2);
        await shop.Engine.RollUpReportsAsync(Cancellation);

        var survey = Assert.Single((await new ShopReports(shop.Engine).OverviewAsync(Cancellation)).Surveys);
        Assert.Equal(("how", null), (survey.Id, survey.Average));
    }

    [Fact]
    public async Task PredictedValue_AfterACalibration_IsTheMeanOfWhoEnteredAndOfWhoWasMailed()
    {
        var shop = await TestShop.OpenAsync(TestCampaigns.Journey("  - id: thanks\n    send: { email: hello, topic: offers }", enter: "tag: loyal"));
        shop.StandStillUntil(200);
        var history = Enumerable.Range(0, 520).ToDictionary(c => $"c{c}", c => Buys(new Random(c)).ToList());
        foreach (var (customer, orders) in history)
        {
            await shop.Engine.Import.ImportAsync(customer, new() { Email = $"{customer}@example.com", EmailConsent = Consent.Granted }, [.. orders.Select(o => new Order
            {
                OrderId = $"{customer}-{o.Day}", CustomerId = customer, OrderedAt = TestShop.Day(o.Day), Amount = o.Amount,
            })], Cancellation);
        }

        await shop.Engine.CalibrateAsync(initial: true, Cancellation);
        var ten = history.Where(h => h.Value.Count == 2).Take(10).Select(h => h.Key).ToList();
        foreach (var (i, customer) in ten.Index())
        {
            shop.Order(customer, 200.1 + (i * 0.01));
        }

        await shop.RunAsync(201);
        await shop.Engine.RollUpReportsAsync(Cancellation);

        var calibration = (await shop.Catalog.CurrentAsync(Cancellation)).Calibration;
        var expected = ten.ConvertAll(c => ValueModel.Predict(shop.Profile(c)!.Summary, calibration)!.Value);
        Assert.Equal(expected, shop.Facts(FactKinds.Entered).Select(f => f.PredictedValue!.Value));
        Assert.True(expected.Distinct().Count() > 3 && expected.TrueForAll(v => v > 0));
        var report = (await new ShopReports(shop.Engine).JourneyAsync("journey", AttributionRule.LastTouch, Cancellation))!;
        var mean = decimal.Round(expected.Average(), 2);
        Assert.Equal((10, mean), (report.Totals.Entered, report.Totals.PredictedValue));
        Assert.Equal((10, mean), (report.Steps.Single().Measures.Sent, report.Steps.Single().Measures.PredictedValue));
        Assert.Equal(mean, report.Segments.Single().Measures.PredictedValue);
    }

    [Fact]
    public async Task PredictedValue_OfNobodyPredicted_IsNotKnown()
    {
        var shop = await TestShop.OpenAsync(TestCampaigns.TwoSteps());
        await shop.Order("a", 0).RunAsync(61);
        await shop.Engine.RollUpReportsAsync(Cancellation);

        var report = (await new ShopReports(shop.Engine).JourneyAsync("two-steps", AttributionRule.LastTouch, Cancellation))!;
        Assert.Equal((1, null, null), (report.Totals.Entered, report.Totals.PredictedValue, report.Totals.AttributedMargin));
    }

    [Fact]
    public void AttributedMargin_IsMarginBeforeDiscountsLessDiscountsMailsAndCalls()
    {
        var cell = new CellCounts();
        cell.Add(FactKinds.Sent, 100);
        cell.Add(FactKinds.Called, 3);
        cell.Last.Add(4, 360, 40);

        var measures = JourneyFigure.Of([cell], AttributionRule.LastTouch, new() { Margin = 0.4, MailCost = 0.01m, CallCost = 2 });

        Assert.Equal((1m, 3, 6m), (measures.SendingCost, measures.Calls, measures.CallCost));
        Assert.Equal((0.4m * 400) - 40 - 1 - 6, measures.AttributedMargin);
    }

    [Fact]
    public async Task Roi_BySegment_RestsOnThatSegmentsHoldout()
    {
        var shop = await TestShop.OpenAsync(ReportedShop.Campaigns("50%"));
        for (var c = 0; c < 200; c++)
        {
            shop.Order($"c{c}", 0, amount: 20 + (c % 7));
            if (c % 4 == 0)
            {
                shop.Order($"c{c}", 65 + (c % 10), amount: 30 + (c % 11));
            }
        }

        await shop.RunAsync(95);
        await shop.Engine.RollUpReportsAsync(Cancellation);

        var report = (await new ShopReports(shop.Engine).JourneyAsync(ReportedShop.Journey, AttributionRule.LastTouch, Cancellation))!;
        var only = Assert.Single(report.Segments);
        Assert.NotNull(report.Roi);
        Assert.Equal(report.Roi, only.Roi);
        Assert.All(report.Steps, s => Assert.Null(s.Roi));
    }

    /// <summary>As BG/NBD has it: each customer a rate of their own, and each purchase the last with a chance of their own.</summary>
    private static IEnumerable<(double Day, decimal Amount)> Buys(Random random)
    {
        var (gap, leaves, spend) = (-40 * Math.Log(1 - random.NextDouble()), random.NextDouble(), 10 + (40 * random.NextDouble()));
        var day = 10 * random.NextDouble();
        do
        {
            yield return (Math.Round(day, 3), Math.Round((decimal)(spend * (0.5 + random.NextDouble())), 2));
            day += 0.01 - (gap * Math.Log(1 - random.NextDouble()));
        }
        while (day < 199 && random.NextDouble() > leaves);
    }

    private static TestShop Answer(TestShop shop, string customer, double day, string answer) => shop.Event(
        customer, day, EventNames.SurveyAnswered, change: e => e with
        {
            Attributes = new Dictionary<string, string> { ["survey"] = "how", ["answer"] = answer, ["attribute"] = "satisfaction" },
        });
}
