using Segue.Http.Reports;
using Segue.Tests.Support;

namespace Segue.Tests.Http;

/// <summary>What the flow of a journey says of each step, and where it says that it leads.</summary>
public sealed class StepWordsTests
{
    private static readonly IReadOnlyDictionary<string, StepPicture> Steps = Pictures(
        """
          - id: draw
            test: { name: tone, variants: { warm: 60, cool: 40 } }
            warm: [ { id: warmly, send: { email: hello, topic: offers } } ]
            cool: []
          - id: evening
            wait: { window: { from: "18:00", to: "20:00" } }
          - id: ask
            call: { queue: agents, reason: Ask why, priority: 2, due: 7d, outcomes: [ reached ] }
            reached: [ { id: thanks, send: { email: hello, topic: offers } } ]
            expired: []
          - id: last
            end: { reason: silent }
        """);

    [Fact]
    public void Of_ATest_LeadsToEveryVariantWithItsShare()
    {
        Assert.Equal(("test", "Test tone"), (Steps["draw"].Kind, Steps["draw"].Title));
        Assert.Equal([new("warmly", "warm, 60 %"), new("evening", "cool, 40 %")], Steps["draw"].Next);
    }

    [Fact]
    public void Of_ACall_LeadsToEveryOutcomeAndToNone()
    {
        Assert.Equal(("call", "Call by agents", "Ask why, within 7 days"), (Steps["ask"].Kind, Steps["ask"].Title, Steps["ask"].Detail));
        Assert.Equal([new("thanks", "reached"), new("last", "expired")], Steps["ask"].Next);
    }

    [Fact]
    public void Of_AWait_SaysForWhat() => Assert.Equal(("wait", "Wait for 18:00–20:00"), (Steps["evening"].Kind, Steps["evening"].Title));

    [Fact]
    public void Of_EveryStepButTheFirst_IsLedTo() =>
        Assert.Equal(Steps.Keys.Where(s => s != "draw").Order(), Steps.Values.SelectMany(s => s.Next).Select(n => n.To!).Distinct().Order());

    private static Dictionary<string, StepPicture> Pictures(string steps) =>
        new TestCampaigns { Journeys = [TestCampaigns.Journey(steps)] }.Load().Journeys["journey"].Steps.Values.Select(StepWords.Of).ToDictionary(s => s.Id);
}
