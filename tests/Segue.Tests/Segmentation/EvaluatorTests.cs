using Segue.Customers;
using Segue.Segmentation;

namespace Segue.Tests.Segmentation;

public sealed class EvaluatorTests
{
    private const string Silence = """
        segments: [ { id: quiet, when: { daysSinceLastOrder: ">= 20" } }, { id: rest } ]
        tags:
          - { id: week, when: { daysSinceLastOrder: ">= 7" } }
          - { id: late-week, when: { tag: week, daysSinceLastOrder: "< 14" } }
          - { id: neither, when: { tag: "not [week, late-week]" } }
        """;

    [Theory]
    [InlineData(0, "rest", "neither", 7)]
    [InlineData(7, "rest", "week,late-week", 14)]
    [InlineData(14, "rest", "week", 20)]
    [InlineData(20, "quiet", "week", 30)] // no longer new
    public void Evaluate_Silence_MovesThroughTagsAndSegments(int day, string segment, string tags, int changes)
    {
        var evaluation = Given.Evaluator(Silence).Evaluate(Given.Customer(1), null, Given.Start.AddDays(day));
        Assert.Equal((segment, tags, Given.Start.AddDays(changes)), (evaluation.Segment, string.Join(',', evaluation.Tags), evaluation.ChangesAt));
    }

    [Fact]
    public void Evaluate_SegmentsMayReferToTags_BelowThem()
    {
        var evaluator = Given.Evaluator("""
            segments: [ { id: a, when: { tag: t } }, { id: b } ]
            tags: [ { id: t, when: { orders: 2 } } ]
            """);
        Assert.Equal("a", evaluator.Evaluate(Given.Customer(2, 0, 1), null, Given.Start).Segment);
        Assert.Equal("b", evaluator.Evaluate(Given.Customer(1), null, Given.Start).Segment);
    }

    [Fact]
    public void Evaluate_ChangeOfALowerSegment_DoesNotMatter()
    {
        var evaluator = Given.Evaluator("""
            segments: [ { id: a, when: { orders: 3 } }, { id: b, when: { daysSinceLastOrder: "> 5" } }, { id: c } ]
            """);
        Assert.Equal(Given.Start.AddDays(47), evaluator.Evaluate(Given.Customer(3, 0, 2), null, Given.Start.AddDays(2)).ChangesAt);
        Assert.Equal(Given.Start.AddDays(6), evaluator.Evaluate(Given.Customer(1), null, Given.Start).ChangesAt);
    }

    [Fact]
    public void Evaluate_Scores_WakeOnlyWhereARuleAsksForThem()
    {
        var (customer, calibration, now) = (Given.Customer(4, 0, 4, 250), Given.Calibration(), Given.Start.AddDays(4));
        Assert.Equal(new RfmScores(5, 4, 3), calibration.Score(customer.Purchases, now));
        Assert.NotEqual(Given.Start.AddDays(5).AddSeconds(1), Given.Evaluator("segments: [ { id: all } ]").Evaluate(customer, calibration, now).ChangesAt);
        Assert.Equal(
            Given.Start.AddDays(5).AddSeconds(1),
            Given.Evaluator("segments: [ { id: a, when: { recency: 5 } }, { id: b } ]").Evaluate(customer, calibration, now).ChangesAt);
    }

    [Fact]
    public void Evaluate_Prospect_NeverChangesByTime() =>
        Assert.Null(Given.Evaluator(Silence).Evaluate(new CustomerSummary(), Given.Calibration(), Given.Start).ChangesAt);

    [Theory]
    [InlineData("all: [ { daysSinceLastOrder: '>= 3' }, { daysSinceLastOrder: '>= 9' } ]", 0, false, 9)] // the later of two that are missing
    [InlineData("all: [ { daysSinceLastOrder: '< 3' }, { daysSinceLastOrder: '< 9' } ]", 0, true, 3)] // the first that ends
    [InlineData("all: [ { daysSinceLastOrder: '< 3' }, { daysSinceLastOrder: '>= 9' } ]", 0, false, 9)]
    [InlineData("{ orders: 7, daysSinceLastOrder: '>= 9' }", 0, false, null)] // what never changes settles it
    [InlineData("{ daysSinceLastOrder: '>= 9', orders: 7 }", 0, false, null)]
    [InlineData("{ daysSinceLastOrder: '>= 9', orders: 1 }", 0, false, 9)]
    [InlineData("any: [ { daysSinceLastOrder: '>= 3' }, { daysSinceLastOrder: '>= 9' } ]", 0, false, 3)]
    [InlineData("any: [ { daysSinceLastOrder: '< 3' }, { daysSinceLastOrder: '< 9' } ]", 0, true, 9)]
    [InlineData("any: [ { daysSinceLastOrder: '< 3' }, { orders: 1 } ]", 0, true, null)]
    [InlineData("any: [ { orders: 7 }, { daysSinceLastOrder: '< 3' } ]", 0, true, 3)]
    [InlineData("not: { all: [ { daysSinceLastOrder: '>= 3' }, { daysSinceLastOrder: '< 9' } ] }", 4, false, 9)]
    public void Evaluate_Combined_ChangesWithThePartThatMatters(string rule, int day, bool holds, int? changes) => Assert.Equal(
        new(holds, changes is { } d ? Given.Start.AddDays(d) : null),
        Given.Rule(rule).Evaluate(Given.Context(Given.Customer(1), Given.Start.AddDays(day))));

    [Fact]
    public void ContextFor_Journey_KnowsTagsAndSegment()
    {
        var context = Given.Evaluator(Silence).ContextFor(Given.Customer(1), null, Given.Start.AddDays(8));
        string[] tags = ["week", "late-week", "neither"];
        string[] segments = ["quiet", "rest"];
        bool Holds(string rule) => Given.Rule(rule, tags, segments).Evaluate(context).Holds;

        Assert.True(Holds("segment: rest"));
        Assert.True(Holds("segment: not quiet"));
        Assert.False(Holds("segment: [quiet]"));
        Assert.True(Holds("{ segment: [quiet, rest], tag: late-week }"));
        Assert.False(Holds("tag: neither"));
        Assert.Equal(Given.Start.AddDays(14), Given.Rule("segment: quiet", tags, segments).Evaluate(context).ChangesAt);
        Assert.Equal(5, context.Tags.Count);
    }

    [Fact]
    public void Constructor_SegmentWithoutRuleBeforeTheLast_IsRefused()
    {
        SegmentDefinition all = new("a", "A", null);
        Assert.Throws<ArgumentException>(() => new Evaluator(new([], []), new(), new()));
        Assert.Throws<ArgumentException>(() => new Evaluator(new([all, all], []), new(), new()));
        Assert.Throws<ArgumentException>(() => new Evaluator(new([all], [all]), new(), new()));
    }
}
