using static Segue.Tests.Journeys.Definitions.JourneyText;

namespace Segue.Tests.Journeys.Definitions;

/// <summary>Faults in waits, tests, updates and event entries are told with field, what was found and what would be right.</summary>
public sealed class NewStepFaultTests
{
    private const string Time = "expected a time of day in quotes, such as \"09:00\".";

    [Theory]
    [InlineData("wait: { for: 1d, until: { time: \"09:00\" } }", "wait", "Found for and until; expected one of for, until, window, condition.")]
    [InlineData("wait: { until: {} }", "wait.until", "Found no moment; expected one of date, yearly, weekday, day, attribute, event or time.")]
    [InlineData("wait: { until: { time: 9am } }", "wait.until.time", "Found '9am'; " + Time)]
    [InlineData("wait: { until: { time: \"25:00\" } }", "wait.until.time", "Found '25:00'; " + Time)]
    [InlineData("wait: { until: { date: 2026-02-30 } }", "wait.until.date", "Found '2026-02-30'; expected a date such as 2026-12-24.")]
    [InlineData("wait: { until: { yearly: 13-01 } }", "wait.until.yearly", "Found '13-01'; expected month and day in quotes, such as \"12-24\".")]
    [InlineData("wait: { until: { day: 32 } }", "wait.until.day", "Found '32'; expected a day from 1 to 31, or last.")]
    [InlineData("wait: { until: { weekday: mon } }", "wait.until.weekday",
        "Found 'mon'; expected monday or tuesday or wednesday or thursday or friday or saturday or sunday.")]
    [InlineData("wait: { until: { day: 1, date: 2026-01-01 } }", "wait.until.date", "Found 'day' beside it; expected one of date, yearly, weekday, day, attribute, event.")]
    [InlineData("wait: { until: { attribute: a, offset: soon } }", "wait.until.offset", "Found 'soon'; expected days before or after, such as -14d or 1w.")]
    [InlineData("wait: { window: { from: \"09:00\" } }", "wait.window.to", "'to' is missing; expected a time of day in quotes, such as \"09:00\".")]
    [InlineData("wait: { window: {} }", "wait.window", "Found neither hours nor days; expected from and to, days, or both.")]
    [InlineData("wait: { window: { days: [] } }", "wait.window.days", "Found a list; expected a list of weekdays, such as [ monday, tuesday ].")]
    [InlineData("wait: { condition: { branches: [ { event: order, then: [] } ], else: [] } }", "wait.condition.timeout",
        "'timeout' is missing; expected a length of time such as 14d, 2w, 36h, 15m or 10s.")]
    [InlineData("wait: { condition: { branches: [ { then: [] } ], timeout: 1d, else: [] } }", "wait.condition.branches[0]",
        "Expected exactly one of 'if' and 'event', such as { event: order, then: [] }.")]
    [InlineData("wait: { condition: { branches: [ { if: { orders: 1 }, where: { a: b }, then: [] } ], timeout: 1d, else: [] } }",
        "wait.condition.branches[0].where", "Found 'where' without 'event'; a rule says by itself what it asks for.")]
    [InlineData("{ test: { name: t, variants: { a: 1, b: 1 } }, a: [] }", "b", "'b' is missing; expected the steps of that variant (none: []).")]
    [InlineData("{ test: { name: t, variants: { a: 1 } }, a: [] }", "test.variants",
        "Found a mapping; expected two variants or more with their weights, such as { a: 50, b: 50 }.")]
    [InlineData("{ test: { name: t, variants: { a: 0, b: 0 } }, a: [], b: [] }", "test.variants", "Found weights of 0 only; expected one over 0.")]
    [InlineData("{ test: { name: t, variants: { a: 1, b: 1 } }, a: [], b: [], c: [] }", "c", "Unknown key 'c'. Did you mean 'a'?")]
    [InlineData("{ call: { queue: q, reason: r, due: 1d, outcomes: [a] }, a: [] }", "expired", "'expired' is missing; expected the steps taken when nobody called in time (none: []).")]
    [InlineData("{ call: { queue: q, reason: r, due: 1d, outcomes: [a] }, expired: [] }", "a", "'a' is missing; expected the steps of that outcome (none: []).")]
    [InlineData("{ call: { queue: q, reason: r, due: 1d, outcomes: [] }, expired: [] }", "call.outcomes", "Found a list; expected what may come of the call, such as [reached, no-interest].")]
    [InlineData("{ call: { queue: q, reason: r, due: 1d, outcomes: [send] }, expired: [] }", "call.outcomes[0]", "Found 'send'; expected an outcome's name: an id that is no other outcome's, not 'expired' and not the name of a step.")]
    [InlineData("{ call: { queue: q, reason: r, due: 1d, priority: 0, outcomes: [a] }, a: [], expired: [] }", "call.priority", "Found '0'; expected a whole number from 1, first, to 9.")]
    [InlineData("{ call: { reason: r, due: 1d, outcomes: [a] }, a: [], expired: [] }", "call.queue", "'queue' is missing; expected the agents' queue, such as accounts.")]
    [InlineData("webhook: { consent: none }", "webhook.url", "'url' is missing; expected an address such as https://sms.example.com/segue.")]
    [InlineData("webhook: { url: ftp://a.example.com, consent: none }", "webhook.url", "Found 'ftp://a.example.com'; expected an address such as https://sms.example.com/segue.")]
    [InlineData("webhook: { url: https://me:pass@a.example.com, consent: none }", "webhook.url", "Found 'https://me:pass@a.example.com'; expected an address such as https://sms.example.com/segue.")]
    [InlineData("webhook: { url: https://a.example.com }", "webhook.consent", "'consent' is missing; expected phone or email where it leads to a message, else none.")]
    [InlineData("webhook: { url: https://a.example.com, consent: sms }", "webhook.consent", "Found 'sms'; expected phone or email or none.")]
    [InlineData("webhook: { url: https://a.example.com, consent: none, customer: [ emial ] }", "webhook.customer[0]", "Found 'emial'; expected one of email, phone, name, locale, timeZone, segment, attributes, each once.")]
    [InlineData("webhook: { url: https://a.example.com, consent: none, timeout: 5m }", "webhook.timeout", "Found '5m'; expected a time from 1s to 60s, such as 10s.")]
    [InlineData("limit: { per: 1h }", "limit.count", "'count' is missing; expected how many may pass in a period, such as 100.")]
    [InlineData("limit: { count: 0, per: 1h }", "limit.count", "Found '0'; expected a whole number from 1 to 1000000.")]
    [InlineData("limit: { count: 5, per: 30s }", "limit.per", "Found '30s'; expected a period from 1m to 31d, such as 1h or 1d.")]
    [InlineData("{ test: { name: t, variants: { a: 1, b: 1 }, winner: clicks }, a: [], b: [] }", "test.winner", "Found 'clicks'; expected conversion or revenue.")]
    [InlineData("update: { attributes: {} }", "update.attributes", "Found a mapping; expected attributes and their values, such as { club: invited }.")]
    [InlineData("emit: { event: order }", "emit.event", "Found 'order'; only the shop's orders are orders. Expected another event.")]
    [InlineData("emit: { event: 7 }", "emit.event", "Found '7'; expected the name of an event, such as order, viewed or one that the shop sends.")]
    public void Parse_FaultInAStep_IsNamed(string step, string field, string message)
    {
        var error = OnlyError(ParseSteps($"  - {step}"));
        Assert.Equal(($"steps[0].{field}", message), (error.Field, error.Message));
    }

    [Theory]
    [InlineData("{ event: go, segment: new }", "enter.segment", "Found both 'event' and 'segment'; expected one of them.")]
    [InlineData("{ segment: new, key: orderId }", "enter.key", "Found 'key' without 'event'; it is about the event that begins the journey.")]
    [InlineData("{ event: go, existing: include }", "enter.existing", "Found 'existing' beside 'event'; only a segment or tag has members.")]
    [InlineData("{ event: go, where: {} }", "enter.where", "Found a mapping; expected fields and attributes with their values, such as { category: shoes }.")]
    public void Parse_FaultInEventEntry_IsNamed(string enter, string field, string message)
    {
        var error = OnlyError(Parse($"id: test\nenter: {enter}\nsteps: [ {{ end: }} ]"));
        Assert.Equal((field, message), (error.Field, error.Message));
    }

    [Fact]
    public void Parse_JourneyThatMigrates_NeedsAnIdForEachStep()
    {
        var error = OnlyError(Parse("id: test\nmigrate: true\nenter: { event: go }\nsteps: [ { id: a, wait: { for: 1d } }, { end: } ]"));
        Assert.Equal("The step has no id; a journey that migrates needs one for each, since places change from one version to the next.", error.Message);
    }

    [Fact]
    public void Parse_WinnerWithoutAGoal_IsRefused()
    {
        var error = OnlyError(Parse("id: test\nenter: { event: go }\nsteps: [ { test: { name: t, variants: { a: 1, b: 1 }, winner: revenue }, a: [], b: [] } ]"));
        Assert.Equal(("steps[0].test.winner", "Found a winner without a goal; expected the journey to have one, such as goal: { event: order, within: 28d }."), (error.Field, error.Message));
    }

    [Fact]
    public void Parse_JourneyThatWouldBeginItself_IsRefused()
    {
        var error = OnlyError(Parse("id: test\nenter: { event: go }\nsteps: [ { emit: { event: Go } } ]"));
        Assert.Equal("Found 'go', by which this journey begins: it would begin itself.", error.Message);
    }
}
