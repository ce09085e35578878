using static Segue.Tests.Journeys.Definitions.JourneyText;

namespace Segue.Tests.Journeys.Definitions;

/// <summary>Each fault of a journey's head is told with its line, its field, what was found and what would be right.</summary>
public sealed class JourneyFaultTests
{
    [Theory]
    [InlineData("stats: live", 2, "stats", "Unknown key 'stats'. Did you mean 'status'?")]
    [InlineData("status: on", 2, "status", "Found 'on'; expected draft or live.")]
    [InlineData("status: drafft", 2, "status", "Found 'drafft'; expected draft or live. Did you mean 'draft'?")]
    [InlineData("name: [ a ]", 2, "name", "Found a list; expected the journey's name, on one line.")]
    [InlineData("holdout: 0.1", 2, "holdout", "Found '0.1'; expected a percentage from 0% to under 100%, such as 10%.")]
    [InlineData("holdout: 100%", 2, "holdout", "Found '100%'; expected a percentage from 0% to under 100%, such as 10%.")]
    [InlineData("holdout: -1%", 2, "holdout", "Found '-1%'; expected a percentage from 0% to under 100%, such as 10%.")]
    [InlineData("goal: { event: order }", 2, "goal.within", "'within' is missing; expected a length of time such as 14d, 2w, 36h, 15m or 10s.")]
    [InlineData("goal: { event: ordr, within: 28d }", 2, "goal.event", "Found 'ordr'; expected the name of a fact. Did you mean 'order'?")]
    [InlineData("goal: { event: order, within: 28 }", 2, "goal.within",
        "Found '28'; expected a length of time such as 14d, 2w, 36h, 15m or 10s, longer than nothing.")]
    [InlineData("goal: order", 2, "goal", "Found 'order'; expected a mapping with event, within.")]
    [InlineData("exitWhen: { event: order }", 2, "exitWhen",
        "Found a mapping; expected a list such as [ { event: order }, { leaves: core-churned } ].")]
    [InlineData("exitWhen: [ { leaves: core-chruned } ]", 2, "exitWhen[0].leaves",
        "Found 'core-chruned'; expected a segment or tag of segments.yaml. Did you mean 'core-churned'?")]
    [InlineData("exitWhen: [ { event: order, leaves: new } ]", 2, "exitWhen[0]",
        "Expected exactly one of 'event' and 'leaves', such as { event: order }.")]
    [InlineData("exitWhen: [ { leave: new } ]", 2, "exitWhen[0].leave", "Unknown key 'leave'. Did you mean 'leaves'?", true)]
    public void Parse_FaultInTheHead_IsNamed(string line, int at, string field, string message, bool more = false)
    {
        var parsed = Parse($"id: test\n{line}\nenter: {{ segment: new }}\nsteps: [ {{ end: }} ]");
        Assert.Null(parsed.Journey);
        Assert.Equal(more ? 2 : 1, parsed.Errors.Errors.Count);
        Assert.Equal(("journeys/test.yaml", at, field, message), Parts(parsed.Errors.Errors[0]));
    }

    [Theory]
    [InlineData("{ segment: core-chrned }", "enter.segment", "Found 'core-chrned'; expected a segment of segments.yaml. Did you mean 'core-churned'?")]
    [InlineData("{ segment: silent-60 }", "enter.segment",
        "Found 'silent-60'; expected a segment of segments.yaml. 'silent-60' is a tag: write 'tag: silent-60'.")]
    [InlineData("{ tag: silent-06 }", "enter.tag", "Found 'silent-06'; expected a tag of segments.yaml. Did you mean 'silent-60'?")]
    [InlineData("{ tag: new }", "enter.tag", "Found 'new'; expected a tag of segments.yaml. 'new' is a segment: write 'segment: new'.")]
    [InlineData("{ existing: skip }", "enter", "Found none of 'segment', 'tag', 'event' and 'schedule'; expected one of them: whose new members enter, or what begins it.")]
    [InlineData("{ segment: new, tag: silent-60 }", "enter.tag", "Found both 'segment' and 'tag'; expected one of them.")]
    [InlineData("{ segment: new, existing: includ }", "enter.existing", "Found 'includ'; expected skip or include. Did you mean 'include'?")]
    [InlineData("{ segment: new, reentry: sometimes }", "enter.reentry", "Found 'sometimes'; expected never, always or { after: 180d }.")]
    [InlineData("{ segment: new, reentry: { after: long } }", "enter.reentry.after",
        "Found 'long'; expected a length of time such as 14d, 2w, 36h, 15m or 10s.")]
    [InlineData("new", "enter", "Found 'new'; expected a mapping with segment, tag, event, where, key, schedule, existing, reentry.")]
    public void Parse_FaultInEnter_IsNamed(string enter, string field, string message) => Assert.Equal(
        ("journeys/test.yaml", 2, field, message), Parts(OnlyError(Parse($"id: test\nenter: {enter}\nsteps: [ {{ end: }} ]"))));

    [Theory]
    [InlineData("Core", "Found 'Core'; expected an id of lower-case letters, digits and hyphens that starts with a letter, 64 at most.")]
    [InlineData("1st", "Found '1st'; expected an id of lower-case letters, digits and hyphens that starts with a letter, 64 at most.")]
    [InlineData("", "Found nothing; expected an id of lower-case letters, digits and hyphens that starts with a letter, 64 at most.")]
    public void Parse_BadId_IsNamed(string id, string message) => Assert.Equal(
        ("journeys/test.yaml", 1, "id", message), Parts(OnlyError(Parse($"id: {id}\nenter: {{ segment: new }}\nsteps: [ {{ end: }} ]"))));

    [Fact]
    public void Parse_NothingThatMustBeThere_NamesEachMissingKey()
    {
        var (journey, errors) = Parse("name: Test\n");
        Assert.Null(journey);
        Assert.Equal(["id", "enter", "steps"], errors.Errors.Select(e => e.Field));
        Assert.All(errors.Errors, e => Assert.Contains("is missing; expected", e.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("id: [", "This is no valid YAML")]
    [InlineData("id: a\nid: b", "This is no valid YAML")]
    [InlineData("", "Found 0 YAML documents")]
    [InlineData("just text", "Found 'just text'; expected a mapping")]
    public void Parse_NoJourneyAtAll_SaysSo(string text, string message) =>
        Assert.StartsWith(message, OnlyError(Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Parse_ManyFaults_NamesThemAll()
    {
        var (_, errors) = Parse("id: test\nstatus: x\nenter: { segment: nw }\nholdout: 200%\nsteps:\n  - send: { email: helo, topic: offers }\n  - wate: { for: 1d }");
        Assert.Equal(["status", "enter.segment", "holdout", "steps[0].send.email", "steps[1].wate"], errors.Errors.Select(e => e.Field));
        Assert.Equal([2, 3, 4, 6, 7], errors.Errors.Select(e => e.Line));
    }

    [Fact]
    public void Parse_HoldoutOfNothing_Warns()
    {
        var (journey, errors) = Parse("id: test\nenter: { segment: new }\ngoal: { event: order, within: 1d }\nholdout: 0%\nsteps: [ { end: } ]");
        Assert.NotNull(journey);
        var warning = Assert.Single(errors.Warnings);
        Assert.Equal((4, "holdout"), (warning.Line, warning.Field));
    }

    internal static (string File, int Line, string Field, string Message) Parts(Segue.Files.FileError error) =>
        (error.File, error.Line, error.Field, error.Message);
}
