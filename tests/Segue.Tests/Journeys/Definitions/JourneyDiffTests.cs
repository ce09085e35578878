using Segue.Journeys.Definitions;
using Segue.Tests.Support;

namespace Segue.Tests.Journeys.Definitions;

/// <summary>What changed from one version of a journey to another is told in words, and nothing else is.</summary>
public sealed class JourneyDiffTests
{
    private const string Before = """
        id: reactivation
        name: Bring back
        enter: { segment: core-churned, reentry: { after: 180d } }
        exitWhen: [ { event: order } ]
        holdout: 10%
        steps:
          - id: nudge
            send: { email: five-percent, topic: offers }
            offer: { percent: 5, validFor: 14d }
          - wait: { for: 14d }
          - split:
              if: { orders: ">= 2" }
              then: [ { id: bigger, send: { email: bigger-offer } } ]
              else: []
          - end: { reason: silent }
        """;

    [Fact]
    public void Of_CommentsAndLayout_MakeNoDifference() => Assert.Empty(JourneyDiff.Of(
        Before, "# A note.\n" + Before.Replace("enter: { segment: core-churned, reentry: { after: 180d } }", "enter:\n  segment: core-churned   # who\n  reentry: { after: 180d }", StringComparison.Ordinal)));

    [Theory]
    [InlineData("holdout: 10%", "holdout: 20%", "'holdout' was 10% and is now 20%.")]
    [InlineData("after: 180d", "after: 90d", "'enter reentry after' was 180d and is now 90d.")]
    [InlineData("percent: 5,", "percent: 7,", "Step 'nudge': 'offer percent' was 5 and is now 7.")]
    [InlineData("for: 14d }", "for: 7d }", "First wait: 'wait for' was 14d and is now 7d.")]
    [InlineData("{ orders: \">= 2\" }", "{ orders: \">= 3\" }", "First split: 'split if orders' was >= 2 and is now >= 3.")]
    [InlineData("email: bigger-offer", "email: best-offer", "Step 'bigger': 'send email' was bigger-offer and is now best-offer.")]
    [InlineData("exitWhen: [ { event: order } ]", "exitWhen: [ { leaves: core-churned } ]", "'exitWhen' was [ { event: order } ] and is now [ { leaves: core-churned } ].")]
    [InlineData("holdout: 10%\n", "", "'holdout', which was 10%, is no more.")]
    [InlineData("name: Bring back\n", "name: Bring back\npriority: 2\n", "'priority' is new: 2.")]
    [InlineData("  - wait: { for: 14d }\n", "", "First wait is no more: { wait: { for: 14d } }.")]
    [InlineData("  - end: {", "  - id: again\n    send: { email: x }\n  - end: {", "Step 'again' is new: { id: again, send: { email: x } }.")]
    [InlineData("else: []", "else: [ { wait: { for: 1d } } ]", "First wait within first split is new: { wait: { for: 1d } }.")]
    public void Of_OneChange_IsOneSentence(string old, string changed, string expected) =>
        Assert.Equal([expected], JourneyDiff.Of(Before, Before.Replace(old, changed, StringComparison.Ordinal)));

    [Fact]
    public void Of_StepThatMoves_IsToldAsThat()
    {
        var after = Before.Replace("  - wait: { for: 14d }\n", "", StringComparison.Ordinal).Replace("steps:\n", "steps:\n  - wait: { for: 14d }\n", StringComparison.Ordinal);
        Assert.Equal("'steps' come in another order: First wait, Step 'nudge', First split, First end.", Assert.Single(JourneyDiff.Of(Before, after)));
    }

    [Fact]
    public async Task Versions_AfterEachPublishing_AreTheOneInForceAndTheOneBefore()
    {
        var shop = await TestShop.OpenAsync(TestCampaigns.TwoSteps());
        Assert.Equal((TestCampaigns.TwoSteps(), null), await shop.Catalog.TextsAsync("two-steps", TestContext.Current.CancellationToken));
        await shop.RepublishAsync(new() { Journeys = [TestCampaigns.TwoSteps("holdout: 10%")] });
        await shop.RepublishAsync(new() { Journeys = [TestCampaigns.TwoSteps("holdout: 10%")] });
        var (current, previous) = await shop.Catalog.TextsAsync("two-steps", TestContext.Current.CancellationToken);
        Assert.Equal("'holdout' is new: 10%.", Assert.Single(JourneyDiff.Of(previous!, current!)));
    }
}
