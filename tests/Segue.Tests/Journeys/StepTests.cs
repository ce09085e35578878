using System.Text.RegularExpressions;
using Segue.Customers;
using Segue.Storage;
using Segue.Tests.Support;
using static Segue.Tests.Support.TestShop;

namespace Segue.Tests.Journeys;

/// <summary>What each step of a journey does.</summary>
public sealed partial class StepTests
{
    [Theory]
    [InlineData(5, "big")]
    [InlineData(2, "middle")]
    [InlineData(1, "small")]
    public async Task Split_FirstBranchThatHolds_IsTaken(int orders, string step)
    {
        var shop = await OpenAsync(TestCampaigns.Journey("""
              - split:
                  branches:
                    - if: { orders: ">= 4" }
                      then: [ { id: big, send: { email: hello, topic: offers } } ]
                    - if: { orders: ">= 2" }
                      then: [ { id: middle, send: { email: hello, topic: offers } } ]
                  else: [ { id: small, send: { email: hello, topic: offers } } ]
              - end: { reason: served }
            """));
        for (var i = 0; i < orders; i++)
        {
            shop.Order("a", -i - 1, arrives: 0, id: $"o{i}");
        }

        await shop.RunAsync(65);
        Assert.Equal([("a", step, 59.0)], shop.Sent());
        Assert.Equal("served", Assert.Single(shop.Ended("a")).EndReason);
    }

    [Fact]
    public async Task Split_BySegmentOrTag_SeesTheMomentOfTheStep()
    {
        var shop = await OpenAsync(TestCampaigns.Journey("""
              - wait: { for: 5d }
              - split:
                  if: { tag: silent-60 }
                  then: [ { id: still, send: { email: hello, topic: offers } } ]
                  else: [ { id: back, send: { email: hello, topic: offers } } ]
            """));
        await shop.Order("a", 0).Order("b", 0).Order("b", 62).RunAsync(70);
        Assert.Equal([("a", "still", 65.0), ("b", "back", 65.0)], shop.Sent());
    }

    [Fact]
    public async Task Link_GoesBackSoOftenAndWaitsBetween()
    {
        var shop = await OpenAsync(TestCampaigns.Journey("""
              - id: again
                send: { email: hello, topic: offers }
              - link: { to: again, maxVisits: 2, minDelay: 3d }
              - end: { reason: enough }
            """));
        await shop.Order("a", 0).RunAsync(90);
        Assert.Equal([("a", "again", 60.0), ("a", "again", 63.0), ("a", "again", 66.0)], shop.Sent());
        Assert.Equal(3, shop.Sends("a").Select(s => s.Id).Distinct().Count());
        Assert.Equal(("enough", Day(66)), (Assert.Single(shop.Ended("a")).EndReason, shop.Ended("a")[0].EndedAt));
    }

    [Theory]
    [InlineData("15m", 15)]
    [InlineData("10s", 1 / 6.0)]
    [InlineData("36h", 36 * 60)]
    public async Task Wait_OfExactTime_EndsToTheSecond(string wait, double minutes)
    {
        var shop = await OpenAsync(TestCampaigns.Journey($"  - wait: {{ for: {wait} }}\n  - id: mail\n    send: {{ email: hello, topic: offers }}"));
        await shop.Order("a", 0).RunAsync(65);
        Assert.Equal(Day(60).AddMinutes(minutes), Assert.Single(shop.Facts("sent")).At);
    }

    [Theory]
    [InlineData(null, "Europe/Berlin", -1)]
    [InlineData("Europe/Berlin", "UTC", -1)]
    [InlineData("America/New_York", "Europe/Berlin", 0)]
    [InlineData(null, "UTC", 0)]
    [InlineData("Mars/Olympus", "Europe/Berlin", -1)]
    public async Task Wait_OfDaysAcrossAClockChange_KeepsTheLocalTime(string? customer, string shopZone, int hours)
    {
        // Entered on 20 March, after America's change and before Europe's on the 31st.
        var shop = await OpenAsync(new TestCampaigns { Settings = $"zone: {shopZone}", Journeys = [TestCampaigns.TwoSteps()] });
        await shop.Says("a", 1, new() { TimeZone = customer }).Order("a", 18).RunAsync(95);
        Assert.Equal([Day(78), Day(92).AddHours(hours)], shop.Facts("sent").Select(f => f.At));
    }

    [Fact]
    public async Task Offer_EachCustomerAndStep_HasItsOwnCode()
    {
        var shop = await OpenAsync(TestCampaigns.Journey("""
              - id: small
                send: { email: offer, topic: offers }
                offer: { percent: 5, validFor: 7d }
              - id: big
                send: { email: offer }
                offer: { percent: 15 }
            """));
        for (var c = 0; c < 30; c++)
        {
            shop.Order($"c{c}", 0);
        }

        await shop.RunAsync(61);
        var codes = Enumerable.Range(0, 30).SelectMany(c => shop.Codes($"c{c}")).ToList();
        Assert.Equal(60, codes.Select(c => c.Code).Distinct().Count());
        Assert.All(codes, c => Assert.Matches(Code(), c.Code));
        Assert.Equal(Day(67), shop.Codes("c0").Single(c => c.Step == "small").ExpiresAt);
        Assert.Equal((15m, Day(74)), (shop.Codes("c0").Single(c => c.Step == "big").Percent, shop.Codes("c0").Single(c => c.Step == "big").ExpiresAt));
        Assert.All(shop.Sender.Tries, t => Assert.Contains(codes, c => t.Email.Html.Contains(c.Code, StringComparison.Ordinal)));
    }

    [Fact]
    public void Offer_Codes_FollowFromTheSecretAndTheToken()
    {
        var (ours, theirs) = (new DerivedNames(new byte[32]), new DerivedNames([.. Enumerable.Repeat((byte)1, 32)]));
        Assert.Equal(ours.Code("token"), ours.Code("token"));
        Assert.NotEqual(ours.Code("token"), theirs.Code("token"));
        Assert.NotEqual(ours.Code("token"), ours.Code("token2"));
        Assert.NotEqual(ours.SendId("token"), theirs.SendId("token"));
    }

    [Fact]
    public async Task Version_WhoIsUnderWay_FinishesOnTheOldOne()
    {
        var shop = await OpenAsync(TestCampaigns.TwoSteps());
        await shop.Order("old", 0).RunAsync(65);
        await shop.RepublishAsync(new() { Journeys = [TestCampaigns.Journey("  - id: only\n    send: { email: hello, topic: offers }", id: "two-steps")] });
        await shop.Order("new", 10).RunAsync(80);
        Assert.Equal([("old", "first", 60.0), ("new", "only", 70.0), ("old", "second", 74.0)], shop.Sent());
        Assert.NotEqual(shop.Ended("old")[0].Version, shop.Ended("new")[0].Version);
    }

    [Fact]
    public async Task Version_JourneyFileRemoved_WhoIsUnderWayFinishes()
    {
        var shop = await OpenAsync(TestCampaigns.TwoSteps());
        await shop.Order("a", 0).RunAsync(65);
        await shop.RepublishAsync(new());
        await shop.Order("b", 5).RunAsync(80);
        Assert.Equal([("a", "first", 60.0), ("a", "second", 74.0)], shop.Sent());
    }

    [Theory]
    [InlineData(30)]
    [InlineData(55)]
    public async Task SegmentsFile_Changed_MovesPeopleAndStartsNothing(int silent)
    {
        var campaigns = new TestCampaigns { Journeys = [TestCampaigns.TwoSteps()] };
        var shop = await OpenAsync(campaigns);
        await shop.Order("moved", 0).Order("later", 56 - silent + 2).RunAsync(56);
        await shop.RepublishAsync(campaigns with { Segments = TestCampaigns.PlainSegments.Replace(">= 60", $">= {silent}", StringComparison.Ordinal) });
        await shop.RunAsync(56.5);

        Assert.True(shop.Profile("moved")!.Standing!.IsIn("silent-60"));
        Assert.Equal(shop.Set.SegmentsVersion, shop.Profile("moved")!.SegmentsVersion);
        Assert.Empty(shop.Facts("entered"));

        await shop.RunAsync(60);
        Assert.Equal([("later", "first", 58.0)], shop.Sent());
    }

    [GeneratedRegex("^[23456789A-HJ-NP-Z]{10}$")]
    private static partial Regex Code();
}
