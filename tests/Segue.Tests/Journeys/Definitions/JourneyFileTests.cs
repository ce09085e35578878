using Segue.Journeys;
using Segue.Journeys.Definitions;
using Segue.Offers;
using static Segue.Tests.Journeys.Definitions.JourneyText;

namespace Segue.Tests.Journeys.Definitions;

public sealed class JourneyFileTests
{
    private const string Whole = """
        id: core-reactivation
        name: Bring back quiet regulars
        status: live
        enter:
          segment: core-churned
          existing: include
          reentry: { after: 180d }
        exitWhen: [ { event: order }, { leaves: core-churned } ]
        goal: { event: order, within: 4w }
        holdout: 12.5%
        steps:
          - send: { email: deal, topic: offers, onFail: exit }
            offer: { percent: 5, validFor: 14d }
          - wait: { for: 14d }
          - split:
              if: { orders: ">= 2" }
              then:
                - send: { email: deal }
                  offer: { percent: 15%, validFor: 7d }
              else:
                - id: plain
                  send: { email: hello, topic: news, transactional: false }
          - end: { reason: silent }
        """;

    [Fact]
    public void Parse_WholeJourney_HasAllItSays()
    {
        var (journey, errors) = Parse(Whole);
        Assert.Empty(errors.Errors);
        Assert.Empty(errors.Warnings);
        Assert.NotNull(journey);
        Assert.Equal(("core-reactivation", "Bring back quiet regulars"), (journey.Id, journey.Name));
        Assert.Equal(JourneyStatus.Live, journey.Status);
        Assert.Equal(new Entry("core-churned", true, new Reentry(true, new(180, default))), journey.Enter);
        Assert.Equal([new ExitRule("order", null), new ExitRule(null, "core-churned")], journey.ExitWhen);
        Assert.Equal(new Goal("order", new(28, default)), journey.Goal);
        Assert.Equal(0.125, journey.Holdout);
        Assert.Equal("1", journey.First);
    }

    [Fact]
    public void Parse_WholeJourney_LinksItsStepsByPath()
    {
        var steps = Parse(Whole).Journey!.Steps;
        Assert.Equal(["1", "2", "3", "3.then.1", "4", "plain"], steps.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(new SendStep("1", "2", "deal", "offers", false, OnFail.Exit, new Offer(5, null, new(14, default))), steps["1"]);
        Assert.Equal(new WaitStep("2", "3", new(14, default)), steps["2"]);
        var split = Assert.IsType<SplitStep>(steps["3"]);
        Assert.Equal("3.then.1", Assert.Single(split.Branches).First);
        Assert.Equal("plain", split.Else);
        Assert.Equal("4", steps["3.then.1"].Next);
        Assert.Equal("4", steps["plain"].Next);
        Assert.Equal(new EndStep("4", "silent"), steps["4"]);
    }

    [Fact]
    public void Parse_SendWithoutTopic_TakesThatOfTheSendBefore()
    {
        var steps = Parse(Whole).Journey!.Steps;
        Assert.Equal("offers", ((SendStep)steps["3.then.1"]).Topic);
        Assert.Equal("news", ((SendStep)steps["plain"]).Topic);
    }

    [Fact]
    public void Parse_NothingSaid_IsADraftThatSkipsWhoIsThereAndNeverComesBack()
    {
        var (journey, errors) = Parse("id: least\nenter: { tag: silent-60 }\nsteps: [ { end: } ]");
        Assert.Equal(JourneyStatus.Draft, journey!.Status);
        Assert.Equal(new Entry("silent-60", false, Reentry.Never), journey.Enter);
        Assert.Equal("least", journey.Name);
        Assert.Empty(journey.ExitWhen);
        Assert.Equal(0, journey.Holdout);
        Assert.Equal(new EndStep("1", "finished"), journey.Steps["1"]);
        Assert.Equal(["goal", "holdout"], errors.Warnings.Select(w => w.Field));
    }

    [Fact]
    public void Parse_OfferWithoutValidity_HoldsTwoWeeks()
    {
        var step = ParseSteps("  - send: { email: hello, topic: offers }\n    offer: { amount: 7.50 }").Journey!.Steps["1"];
        Assert.Equal(new Offer(null, 7.50m, new(14, default)), ((SendStep)step).Offer);
    }

    [Fact]
    public void Parse_SplitWithBranches_TakesThemInOrder()
    {
        var steps = ParseSteps("""
              - split:
                  branches:
                    - if: { orders: 1 }
                      then: [ { send: { email: hello, topic: offers } } ]
                    - if: { orders: 2 }
                      then: []
                  else: []
              - end:
            """).Journey!.Steps;
        var split = Assert.IsType<SplitStep>(steps["1"]);
        Assert.Equal(["1.1.1", "2"], split.Branches.Select(b => b.First));
        Assert.Equal("2", split.Else);
        Assert.Equal("2", steps["1.1.1"].Next);
    }

    [Fact]
    public void Parse_BranchesAtTheEnd_GoToTheEnd()
    {
        var split = Assert.IsType<SplitStep>(ParseSteps("  - split: { if: { orders: 1 }, then: [], else: [] }").Journey!.Steps["1"]);
        Assert.Null(split.Branches[0].First);
        Assert.Null(split.Else);
    }

    [Fact]
    public void Parse_LinkBehindAWait_IsKept()
    {
        var (journey, errors) = ParseSteps("""
              - id: again
                send: { email: hello, topic: offers }
              - wait: { for: 7d }
              - link: { to: again, maxVisits: 3 }
              - end:
            """);
        Assert.Empty(errors.Errors);
        Assert.Empty(errors.Warnings);
        Assert.Equal(new LinkStep("3", "4", "again", 3), journey!.Steps["3"]);
    }

    [Fact]
    public void Parse_SameTextWithOtherLineEnds_HasTheSameVersion()
    {
        var version = Parse(Whole.ReplaceLineEndings("\n")).Journey!.Version;
        Assert.Equal(version, Parse(Whole.ReplaceLineEndings("\r\n")).Journey!.Version);
        Assert.NotEqual(version, Parse(Whole.Replace("12.5%", "13%", StringComparison.Ordinal)).Journey!.Version);
        Assert.Matches("^[0-9a-f]{16}$", version);
    }

    [Fact]
    public void Parse_SegmentsUnreadable_ChecksNothingAgainstThem()
    {
        var errors = new Segue.Files.FileErrors();
        var references = new JourneyReferences(null, null, Emails, (_, _) => null);
        Assert.NotNull(JourneyFile.Parse("journeys/a.yaml", "id: a\nenter: { segment: any }\nsteps: [ { end: } ]", references, errors));
        Assert.Null(JourneyFile.Parse(
            "journeys/b.yaml", "id: b\nenter: { segment: any }\nsteps: [ { split: { if: { tag: any }, then: [], else: [] } }, { end: } ]", references, errors));
        Assert.Empty(errors.Errors);
    }

    [Fact]
    public void Parse_AliasesThatMultiply_AreStoppedByTheLimits()
    {
        var (journey, errors) = Parse("""
            id: laughs
            enter: { segment: new }
            steps:
              - split: { if: { orders: 1 }, then: &a [ { wait: { for: 1d } }, { wait: { for: 1d } }, { wait: { for: 1d } } ], else: [] }
              - split: { if: { orders: 1 }, then: &b [ { split: { if: { orders: 1 }, then: *a, else: *a } }, { split: { if: { orders: 1 }, then: *a, else: *a } } ], else: *a }
              - split: { if: { orders: 1 }, then: &c [ { split: { if: { orders: 1 }, then: *b, else: *b } }, { split: { if: { orders: 1 }, then: *b, else: *b } } ], else: *b }
              - split: { if: { orders: 1 }, then: &d [ { split: { if: { orders: 1 }, then: *c, else: *c } }, { split: { if: { orders: 1 }, then: *c, else: *c } } ], else: *c }
              - split: { if: { orders: 1 }, then: [ { split: { if: { orders: 1 }, then: *d, else: *d } } ], else: *d }
            """);
        Assert.Null(journey);
        Assert.Contains(errors.Errors, e => e.Message.Contains("more than 500 steps", StringComparison.Ordinal));
    }
}
