using Segue.Journeys;
using Segue.Tests.Support;
using static Segue.Tests.Support.TestShop;

namespace Segue.Tests.Journeys;

/// <summary>A/B tests: shares, stickiness and what is written down.</summary>
public sealed class TestStepTests
{
    private const string Steps = """
          - test: { name: tone, variants: { warm: 50, cool: 30, none: 20 }, metric: revenue }
            warm: [ { id: warm-mail, send: { email: hello, topic: offers } } ]
            cool: [ { id: cool-mail, send: { email: hello, topic: offers } } ]
            none: []
          - wait: { for: 1d }
        """;

    [Fact]
    public async Task Test_EachRun_TakesTheCustomersVariantAndNamesItInEveryFact()
    {
        var shop = await OpenAsync(TestCampaigns.Journey(Steps, enter: "event: go, reentry: always"));
        for (var i = 0; i < 40; i++)
        {
            shop.Order($"c{i:D2}", 0).Event($"c{i:D2}", 1, "go").Event($"c{i:D2}", 5, "go");
        }

        await shop.RunAsync(10);
        var step = (TestStep)shop.Set.Journeys["journey"].Steps["1"];
        foreach (var customer in Enumerable.Range(0, 40).Select(i => $"c{i:D2}"))
        {
            var variant = step.VariantOf(customer).Name;
            Assert.Equal(
                variant == "none" ? [] : new[] { (customer, $"{variant}-mail", 1.0), (customer, $"{variant}-mail", 5.0) },
                shop.Sent().Where(s => s.Customer == customer));
            Assert.All(shop.Facts("sent", customer), f => Assert.Equal($"tone:{variant}", f.Variant));
            Assert.All(shop.Facts("exited", customer), f => Assert.Equal($"tone:{variant}", f.Variant));
        }

        Assert.Equal(3, Enumerable.Range(0, 40).Select(i => step.VariantOf($"c{i:D2}").Name).Distinct().Count());
    }

    // Three cohorts of 33.33, 33.33 and 33.34 percent, each with a message of its own, after Dittofeed's random-cohort test:
    // https://github.com/dittofeed/dittofeed/blob/038367bb75b18dcb52663aea97bb1624293e2183/packages/backend-lib/src/journeys/randomCohortJourney.test.ts
    [Fact]
    public void VariantOf_ThreeCohortsOfAThird_EachCustomerIsInOne()
    {
        var step = new TestStep("1", "cohort", [new("a", 33.33m, null), new("b", 33.33m, null), new("c", 33.34m, null)], TestMetric.Conversion);
        var counts = Enumerable.Range(0, 9000).CountBy(i => step.VariantOf($"customer-{i}").Name).ToList();
        Assert.Equal(3, counts.Count);
        Assert.All(counts, c => Assert.InRange(c.Value, 2850, 3150));
    }

    [Theory]
    [InlineData(50, 50)]
    [InlineData(1, 3)]
    [InlineData(99, 1)]
    [InlineData(0, 5)]
    public void VariantOf_ManyCustomers_SharesAreTheWeights(int a, int b)
    {
        var step = new TestStep("1", "t", [new("a", a, null), new("b", b, null)], TestMetric.Conversion);
        const int n = 20_000;
        var share = Enumerable.Range(0, n).Count(i => step.VariantOf($"customer-{i}").Name == "a") / (double)n;
        var expected = (double)a / (a + b);
        Assert.InRange(share, expected - 0.015, expected + 0.015);
    }

    [Fact]
    public void VariantOf_AnotherTest_IsDrawnIndependently()
    {
        TestStep Step(string name) => new("1", name, [new("a", 1, null), new("b", 1, null)], TestMetric.Conversion);
        var both = Enumerable.Range(0, 10_000).Count(i => Step("one").VariantOf($"c{i}").Name == "a" && Step("two").VariantOf($"c{i}").Name == "a");
        Assert.InRange(both, 2300, 2700);
    }
}
