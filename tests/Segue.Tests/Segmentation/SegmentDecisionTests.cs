using Segue.Segmentation;

namespace Segue.Tests.Segmentation;

public sealed class SegmentDecisionTests
{
    private const string File = """
        segments:
          - id: regular
            name: Regulars
            when: { orders: ">= 3", stage: [active, new] }
          - id: either
            name: Either
            when:
              any:
                - { totalSpend: "> 500" }
                - not: { orders: 1..9 }
          - id: rest
            name: Everyone else
        """;

    [Fact]
    public void Of_OneWhoFitsTheLast_NamesEveryRuleThatFailed()
    {
        var decisions = Decide(Given.Customer(2, spend: 40));

        Assert.Equal([("regular", false), ("either", false), ("rest", true)], decisions.Select(d => (d.Segment, d.Holds)));
        Assert.Equal([("orders: >= 3", false), ("stage: [active, new]", true)], decisions[0].Parts.Select(p => (p.Text, p.Holds)));
        Assert.Empty(decisions[2].Parts);
    }

    [Fact]
    public void Of_OneWhoFitsAnEarlierOne_StopsThere()
    {
        var decisions = Decide(Given.Customer(2, spend: 501));

        Assert.Equal(["regular", "either"], decisions.Select(d => d.Segment));
        var whole = Assert.Single(decisions[1].Parts);
        Assert.True(whole.Holds);
        Assert.Equal([("totalSpend: > 500", true), ("not: { orders: 1..9 }", false)], whole.Parts.Select(p => (p.Text, p.Holds)));
    }

    [Fact]
    public void Of_ShippedSegments_AgreesWithTheEvaluation()
    {
        var evaluator = Given.Evaluator(Given.ShippedText());
        foreach (var orders in Enumerable.Range(0, 6))
        {
            foreach (var day in new[] { 1.0, 20, 45, 100, 400 })
            {
                var customer = Given.Customer(orders, 0, 1, orders * 90);
                var at = Given.Start.AddDays(day + 1);
                var decision = SegmentDecision.Of(evaluator, evaluator.ContextFor(customer, Given.Calibration(), at))[^1];

                Assert.True(decision.Holds);
                Assert.Equal(evaluator.Evaluate(customer, Given.Calibration(), at).Segment, decision.Segment);
            }
        }
    }

    [Fact]
    public void Words_OfEveryShippedSegment_AreKept()
    {
        var evaluator = Given.Evaluator(Given.ShippedText());

        Assert.All(evaluator.Segments.Concat(evaluator.Tags).Where(s => s.When is not null), s => Assert.NotEmpty(s.When!.Words));
    }

    private static IReadOnlyList<SegmentDecision> Decide(Segue.Customers.CustomerSummary customer)
    {
        var evaluator = Given.Evaluator(File);
        return SegmentDecision.Of(evaluator, evaluator.ContextFor(customer, null, Given.Start.AddDays(1)));
    }
}
