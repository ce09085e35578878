using Segue.Campaigns.GuardRails;
using Segue.Tests.Segmentation;
using Segue.Tests.Support;

namespace Segue.Tests.Campaigns.GuardRails;

public sealed class FileRailsTests
{
    [Fact]
    public void Of_AJourneyWithoutHoldout_SaysItIsNotMeasured()
    {
        var rail = Assert.Single(Of(new() { Journeys = [TestCampaigns.TwoSteps()] }), r => r.Rail == Rails.NotMeasured);

        Assert.Equal("two-steps", rail.Subject);
        Assert.Contains("holdout: 10%", rail.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_AJourneyWithAHoldout_SaysNothing() =>
        Assert.DoesNotContain(Of(new() { Journeys = [TestCampaigns.TwoSteps("holdout: 10%")] }), r => r.Rail == Rails.NotMeasured);

    [Fact]
    public void Of_RulesOnPurchasesAlone_SaysSo() =>
        Assert.Contains("purchases alone", Assert.Single(Of(new()), r => r.Rail == Rails.OneKindOfData).Message, StringComparison.Ordinal);

    [Fact]
    public void Of_RulesOnTwoKindsOfData_SaysNothing() => Assert.DoesNotContain(
        Of(new() { Segments = TestCampaigns.PlainSegments + "\n  - id: reached\n    when: { reachable: true }\n" }), r => r.Rail == Rails.OneKindOfData);

    [Theory]
    [InlineData(20, false)]
    [InlineData(21, true)]
    public void Of_Segments_WarnsFromThe21st(int segments, bool warns)
    {
        var rules = string.Concat(Enumerable.Range(1, segments - 1).Select(i => $"  - {{ id: s{i}, name: S{i}, when: {{ orders: {i} }} }}\n"));

        Assert.Equal(warns, Of(new() { Segments = $"segments:\n{rules}  - {{ id: rest, name: Rest }}\n" }).Any(r => r.Rail == Rails.TooManySegments));
    }

    [Fact]
    public void Of_ASegmentThatNoJourneyEnters_IsNamed_TheLastIsNot()
    {
        TestCampaigns campaigns = new()
        {
            Segments = """
                segments:
                  - { id: big, name: Big, when: { totalSpend: ">= 100" } }
                  - { id: small, name: Small, when: { orders: ">= 1" } }
                  - { id: rest, name: Rest }
                """,
        };
        Assert.DoesNotContain(Of(campaigns), r => r.Rail == Rails.NoJourney);

        var rail = Assert.Single(Of(campaigns with { Journeys = [TestCampaigns.TwoSteps(enter: "segment: big")] }), r => r.Rail == Rails.NoJourney);
        Assert.Contains("'Small':", rail.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void KindsOf_ANestedRule_AreThoseOfItsParts()
    {
        var rule = Given.Rule("any: [ { orders: 1 }, { not: { attribute.city: Bern } }, { daysSinceClick: '> 90' }, { tag: x } ]", "x");

        Assert.Equal(["purchases", "profile", "behaviour"], FileRails.KindsOf(rule));
    }

    private static IReadOnlyList<GuardRail> Of(TestCampaigns campaigns) => FileRails.Of(campaigns.Load());
}
