using static Segue.Tests.Journeys.Definitions.JourneyText;

namespace Segue.Tests.Journeys.Definitions;

/// <summary>Each fault of a step is told with its line, its field, what was found and what would be right.</summary>
public sealed class StepFaultTests
{
    private const string Steps = "send, wait, split, test, call, update, emit, webhook, limit, link, end";
    private const string Time = "expected a length of time such as 14d, 2w, 36h, 15m or 10s, longer than nothing.";

    [Theory]
    [InlineData("wiat: { for: 14d }", "wiat", "Unknown step 'wiat'; expected one of " + Steps + ". Did you mean 'wait'?")]
    [InlineData("sms: { url: x }", "sms", "Unknown step 'sms'; expected one of " + Steps + ".")]
    [InlineData("id: lonely", "", "Found no step; expected one of " + Steps + ".")]
    [InlineData("wait", "", "Found 'wait'; expected a step: one of " + Steps + ".")]
    [InlineData("{ wait: { for: 1d }, end: }", "", "Found wait and end in one step; expected one: begin each with its own '-'.")]
    [InlineData("{ wait: { for: 1d }, offer: { percent: 5 } }", "offer", "Unknown key 'offer'. Known are: id, wait.")]
    [InlineData("wait: { for: 14 }", "wait.for", "Found '14'; " + Time)]
    [InlineData("wait: { for: 0d }", "wait.for", "Found '0d'; " + Time)]
    [InlineData("wait: {}", "wait", "Found no kind of wait; expected one of for, until, window, condition.")]
    [InlineData("wait: 14d", "wait", "Found '14d'; expected a mapping with for, until, window, condition.")]
    [InlineData("send: { topic: offers }", "send.email", "'email' is missing; expected the name of a template in emails/.")]
    [InlineData("send: { email: helo, topic: offers }", "send.email",
        "Found 'helo'; expected a template in emails/: there is no emails/helo.hbs. Did you mean 'hello'?")]
    [InlineData("send: { email: hello, topic: Best Offers }", "send.topic",
        "Found 'Best Offers'; expected an id of lower-case letters, digits and hyphens that starts with a letter, 64 at most.")]
    [InlineData("send: { email: hello }", "send.topic",
        "'topic' is missing; expected what the customer can unsubscribe from, such as offers (a send without one takes that of the send before it).")]
    [InlineData("send: { email: hello, topic: offers, onFail: retry }", "send.onFail", "Found 'retry'; expected skip or exit.")]
    [InlineData("send: { email: hello, transactional: yes }", "send.transactional", "Found 'yes'; expected true or false.", 2)]
    [InlineData("send: { email: hello, tpic: offers, topic: offers }", "send.tpic", "Unknown key 'tpic'. Did you mean 'topic'?")]
    [InlineData("send: { email: bare, topic: offers }", "send.email",
        "The template 'bare' lacks a link to unsubscribe (<a href=\"{{unsubscribeUrl}}\">), without which marketing mail is refused.", 2)]
    [InlineData("{ send: { email: hello, transactional: true }, offer: { percent: 5 } }", "offer",
        "Found an offer in transactional mail; mail with an offer is marketing: leave out 'transactional'.")]
    [InlineData("{ send: { email: deal, topic: offers }, offer: { percent: 0 } }", "offer.percent", "Found '0'; expected percent off, over 0 up to 100.")]
    [InlineData("{ send: { email: deal, topic: offers }, offer: { percent: 101 } }", "offer.percent", "Found '101'; expected percent off, over 0 up to 100.")]
    [InlineData("{ send: { email: deal, topic: offers }, offer: { amount: -5 } }", "offer.amount",
        "Found '-5'; expected money off in the shop's currency, over 0.")]
    [InlineData("{ send: { email: deal, topic: offers }, offer: { percent: 5, amount: 5 } }", "offer",
        "Expected exactly one of 'percent' and 'amount', such as { percent: 5, validFor: 14d }.")]
    [InlineData("{ send: { email: deal, topic: offers }, offer: { percent: 5, validFor: soon } }", "offer.validFor", "Found 'soon'; " + Time)]
    [InlineData("{ send: { email: deal, topic: offers }, offer: { percnt: 5 } }", "offer.percnt", "Unknown key 'percnt'. Did you mean 'percent'?", 2)]
    [InlineData("send: { email: deal, topic: offers }", "send.email",
        "The template 'deal' shows {{offer.percent}}, which this step doesn't have: give it an offer, or put that part of the template in {{#if offer}}…{{/if}}.", 2)]
    [InlineData("{ send: { email: deal, topic: offers }, offer: { amount: 5 } }", "send.email",
        "The template 'deal' shows {{offer.percent}}, which this step doesn't have: its offer is an amount, or put that part of the template in {{#if offer.percent}}…{{/if}}.")]
    [InlineData("split: { if: { orders: 1 }, then: [] }", "split.else", "'else' is missing; expected the steps taken when no rule holds (none: []).")]
    [InlineData("split: { if: often, then: [], else: [] }", "split.if", "Found 'often'; expected a rule.")]
    [InlineData("split: { then: [], else: [] }", "split.if", "'if' is missing; expected a rule such as { orders: \">= 2\" }.")]
    [InlineData("split: { if: { orders: 1 }, else: [] }", "split.then", "'then' is missing; expected the steps taken when the rule holds (none: []).")]
    [InlineData("split: { if: { orders: 1 }, then: { end: }, else: [] }", "split.then", "Found a mapping; expected a list of steps.")]
    [InlineData("split: { branches: [], else: [] }", "split.branches", "Found a list; expected a list of { if: …, then: […] }.")]
    [InlineData("split: { branches: [ { if: { orders: 1 }, then: [] } ], if: { orders: 1 }, else: [] }", "split.if",
        "Found 'branches' beside it; expected either 'if' and 'then' or 'branches'.")]
    [InlineData("link: { to: here }", "link.maxVisits", "'maxVisits' is missing; expected how often a run may go there, 1 to 1000.")]
    [InlineData("link: { to: here, maxVisits: 1.5 }", "link.maxVisits", "Found '1.5'; expected a whole number from 1 to 1000.")]
    [InlineData("link: { to: her, maxVisits: 1 }", "link.to", "Found 'her'; expected the id of a step of this journey. Did you mean 'here'?")]
    [InlineData("link: { to: here, maxVisits: 1, minDelay: x }", "link.minDelay", "Found 'x'; expected a length of time such as 14d, 2w, 36h, 15m or 10s.")]
    [InlineData("end: silent", "end", "Found 'silent'; expected a mapping with reason.")]
    public void Parse_FaultInAStep_IsNamed(string step, string field, string message, int errors = 1)
    {
        var parsed = ParseSteps($"  - {step}\n  - {{ id: here, end: }}");
        Assert.Null(parsed.Journey);
        Assert.Equal(errors, parsed.Errors.Errors.Count);
        Assert.Contains(
            ("journeys/test.yaml", 7, field.Length == 0 ? "steps[0]" : $"steps[0].{field}", message),
            parsed.Errors.Errors.Select(JourneyFaultTests.Parts));
    }

    [Fact]
    public void Parse_SameIdTwice_NamesBothLines()
    {
        var error = OnlyError(ParseSteps("  - { id: a, wait: { for: 1d } }\n  - split:\n      if: { orders: 1 }\n      then: [ { id: a, end: } ]\n      else: []"));
        Assert.Equal((10, "steps[1].split.then[0].id"), (error.Line, error.Field));
        Assert.Equal("The id 'a' is already that of the step on line 7.", error.Message);
    }

    [Fact]
    public void Parse_CycleWithoutWait_IsRefusedAtTheLink()
    {
        var error = OnlyError(ParseSteps("""
              - id: again
                send: { email: hello, topic: offers }
              - split:
                  if: { orders: 1 }
                  then: [ { link: { to: again, maxVisits: 3 } } ]
                  else: [ { wait: { for: 1d } } ]
              - end:
            """));
        Assert.Equal((11, "steps[1].split.then[0].link.to"), (error.Line, error.Field));
        Assert.StartsWith("Found a cycle without a wait: from 'again'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_CycleOfTwoLinks_IsRefusedUnlessOneWaits()
    {
        const string Steps = "  - {{ id: a, link: {{ to: c, maxVisits: 1{0} }} }}\n  - end:\n  - {{ id: c, link: {{ to: a, maxVisits: 1 }} }}";
        Assert.Null(ParseSteps(string.Format(null, Steps, "")).Journey);
        Assert.NotNull(ParseSteps(string.Format(null, Steps, ", minDelay: 1h")).Journey);
    }

    [Fact]
    public void Parse_StepBehindAnEnd_WarnsThatNothingLeadsThere()
    {
        var (journey, errors) = ParseSteps("  - end:\n  - id: lost\n    wait: { for: 1d }");
        Assert.NotNull(journey);
        var warning = Assert.Single(errors.Warnings);
        Assert.Equal((8, "steps[1]", "Nothing leads to the step 'lost'."), (warning.Line, warning.Field, warning.Message));
    }

    [Fact]
    public void Parse_BranchesNestedTooDeep_AreRefused()
    {
        var steps = "[ { end: } ]";
        for (var i = 0; i < 12; i++)
        {
            steps = $"[ {{ split: {{ if: {{ orders: 1 }}, then: {steps}, else: [] }} }} ]";
        }

        var (journey, errors) = Parse($"{Head}\nsteps: {steps}");
        Assert.Null(journey);
        Assert.Equal(["Branches are nested more than 10 deep."], errors.Errors.Select(e => e.Message).Distinct());
    }
}
