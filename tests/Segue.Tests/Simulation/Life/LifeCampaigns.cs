using Segue.Campaigns;
using Segue.Tests.Support;

namespace Segue.Tests.Simulation.Life;

/// <summary>
/// The campaigns of the long simulation, as they are at first and after somebody has edited them: another bound, a step
/// more, a wait shorter. Everything that holds a mail back is on: quiet hours, caps, a holdout, a budget.
/// </summary>
internal static class LifeCampaigns
{
    /// <summary>Marketing mails to one customer in a day, and in a week.</summary>
    public const int PerDay = 1, PerWeek = 3;

    /// <summary>Codes that the discount of <c>come-back</c> may cost.</summary>
    public const int BudgetCodes = 3;

    /// <summary>The shop's zone: its clocks change in the middle of the story.</summary>
    public const string Zone = "Europe/Berlin";

    /// <summary>The editions, oldest first.</summary>
    public static IReadOnlyList<CampaignSet> Editions { get; } = [Edition(3, "2d", ""), Edition(4, "36h", Reminder)];

    private const string Reminder = "\n  - wait: { for: 1d }\n  - id: reminder\n    send: { email: hello, topic: offers }";

    private static CampaignSet Edition(int quietDays, string patience, string more) => new TestCampaigns
    {
        CalibrationApproval = "40%",
        Settings = $"zone: {Zone}\nquietHours: {{ from: \"20:00\", to: \"08:00\" }}\ncaps: {{ perDay: {PerDay}, perWeek: {PerWeek} }}\n",
        Segments = $$"""
            segments:
              - id: best
                name: Best
                when: { spend: "top 40%" }
              - id: regular
                name: Regular
                when: { orders: ">= 2" }
              - id: other
                name: Other
            tags:
              - id: quiet
                when: { daysSinceLastOrder: ">= {{quietDays}}" }
              - id: looker
                when: { events: { name: viewed, within: 5d, count: ">= 2" } }
            """,
        Files = new Dictionary<string, string> { ["emails/give.hbs"] = "---\nsubject: For you\n---\n<p>{{offer.code}}</p>" },
        Journeys =
        [
            $$"""
            id: come-back
            name: Come back
            status: live
            enter: { tag: quiet, reentry: always }
            exitWhen: [ { event: order } ]
            goal: { event: order, within: 3d }
            holdout: 20%
            steps:
              - id: first
                send: { email: give, topic: offers }
                offer: { percent: 5, validFor: 20d, budget: { codes: {{BudgetCodes}} } }
              - wait: { for: {{patience}} }
              - split:
                  if: { orders: ">= 2" }
                  then:
                    - id: second
                      send: { email: hello, topic: offers }
                  else:
                    - end: { reason: one order }
            """,
            TestCampaigns.Journey(
                "  - test: { name: tone, variants: { warm: 50, cool: 50 }, metric: revenue }\n    warm:\n      - id: warm\n        send: { email: hello, topic: picks }\n"
                + "    cool:\n      - id: cool\n        send: { email: hello, topic: picks }" + more,
                enter: "tag: looker, reentry: { after: 4d }", id: "picks"),
            TestCampaigns.Journey("  - wait: { for: 30m }\n  - id: thanks\n    send: { email: hello, transactional: true }", enter: "event: order, key: orderId", id: "thanks"),
            TestCampaigns.Journey("  - id: letter\n    send: { email: hello, topic: news }", enter: "schedule: { every: week, on: monday, at: \"09:00\", segment: best }", id: "letter"),
        ],
    }.Load();
}
