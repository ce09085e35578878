using Segue.Tests.Support;
using static Segue.Tests.Support.TestShop;

namespace Segue.Tests.Journeys;

/// <summary>A new version that migrates takes those along who wait at a step that it has, and nobody is lost or sent anything twice.</summary>
public sealed class MigrationTests
{
    private const string Old = "  - id: first\n    send: { email: hello, topic: offers }\n  - id: pause\n    wait: { for: 5d }\n  - id: second\n    send: { email: hello, topic: offers }";

    [Fact]
    public async Task Migrate_WaitingAtAStepThatBothHave_GoesOnByTheNewVersion()
    {
        var shop = await StartAsync();
        await shop.RepublishAsync(New("  - id: first\n    send: { email: hello, topic: offers }\n  - id: pause\n    wait: { for: 5d }\n  - id: second\n    send: { email: offer, topic: offers }\n    offer: { percent: 5 }\n  - id: pause-more\n    wait: { for: 1d }\n  - id: third\n    send: { email: hello }"));
        await shop.RunAsync(20);
        Assert.Equal([("a", "first", 1.0), ("a", "second", 6.0), ("a", "third", 7.0)], shop.Sent());
        Assert.Equal(5, Assert.Single(shop.Codes("a")).Percent);
        Assert.Equal(shop.Set.Journeys["journey"].Version, shop.Ended("a")[0].Version);
    }

    [Fact]
    public async Task Migrate_NewExitRule_HoldsForThoseTakenAlong()
    {
        var shop = await StartAsync();
        await shop.RepublishAsync(New(Old, "exitWhen: [ { event: enough } ]\n"));
        await shop.Event("a", 3, "enough").RunAsync(20);
        Assert.Equal("enough", shop.Ended("a")[0].EndReason);
        Assert.Single(shop.Sent());
    }

    [Theory]
    [InlineData("  - id: first\n    send: { email: hello, topic: offers }\n  - id: third\n    send: { email: hello }")]
    [InlineData("  - id: first\n    send: { email: hello, topic: offers }\n  - id: second\n    emit: { event: other }")]
    public async Task Migrate_StepThatIsGoneOrOfAnotherKind_FinishesOnTheOldVersion(string steps)
    {
        var shop = await StartAsync();
        await shop.RepublishAsync(New(steps));
        await shop.RunAsync(20);
        Assert.Equal([("a", "first", 1.0), ("a", "second", 6.0)], shop.Sent());
    }

    [Fact]
    public async Task Migrate_NotSaid_FinishesOnTheOldVersion()
    {
        var shop = await StartAsync();
        await shop.RepublishAsync(new() { Journeys = [TestCampaigns.Journey(Old.Replace("email: hello, topic: offers }\n  - id: pause", "email: hello, topic: news }\n  - id: pause", StringComparison.Ordinal) + "\n  - id: third\n    send: { email: hello }", enter: "event: go")] });
        await shop.RunAsync(20);
        Assert.Equal(["first", "second"], shop.Sent().Select(s => s.Step));
    }

    private static async Task<TestShop> StartAsync()
    {
        var shop = await OpenAsync(TestCampaigns.Journey(Old, enter: "event: go"));
        await shop.Order("a", 0).Event("a", 1, "go").RunAsync(2);
        return shop;
    }

    private static TestCampaigns New(string steps, string head = "") =>
        new() { Journeys = [TestCampaigns.Journey(steps, enter: "event: go", head: head + "migrate: true")] };
}
