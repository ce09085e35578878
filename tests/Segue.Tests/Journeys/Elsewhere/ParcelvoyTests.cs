using Segue.Tests.Support;
using static Segue.Tests.Support.TestShop;

namespace Segue.Tests.Journeys.Elsewhere;

/// <summary>
/// The five example journeys of Parcelvoy's documentation (github.com/parcelvoy/platform, docs/docs/how-to/journeys/examples), told in
/// Segue's files. Where theirs reads a webhook's answer, here an event says it: answers of webhooks are not trusted.
/// </summary>
public sealed class ParcelvoyTests
{
    [Fact]
    public async Task ExitCriteria_AnEventOnTheWay_RemovesWhereverTheyAre()
    {
        var shop = await OpenAsync(TestCampaigns.Journey(
            "  - wait: { for: 1d }\n  - id: later\n    send: { email: hello, topic: news }", head: "exitWhen: [ { event: exit-test } ]", enter: "event: enter-test"));
        await shop.Order("stays", 0).Order("leaves", 0).Event("stays", 1, "enter-test").Event("leaves", 1, "enter-test").Event("leaves", 1.5, "exit-test").RunAsync(4);
        Assert.Equal([("stays", "later", 2.0)], shop.Sent());
        Assert.Equal((Day(1.5), "exit-test"), (shop.Ended("leaves")[0].EndedAt, shop.Ended("leaves")[0].EndReason));
    }

    [Fact]
    public async Task RecurringReminder_UntilTheWorkIsGraded_OneAfterEachDelayForEachAssignment()
    {
        const string Steps = """
              - id: ready
                send: { email: hello, topic: work }
              - wait: { for: 2d }
              - id: remind
                send: { email: hello, topic: work }
              - link: { to: remind, maxVisits: 20, minDelay: 2d }
            """;
        var shop = await OpenAsync(TestCampaigns.Journey(
            Steps, head: "exitWhen: [ { event: graded } ]", enter: "event: assignment-submitted, key: assignmentId, reentry: never"));
        shop.Order("teacher", 0);
        Work(shop, 1, "assignment-submitted", "xyz789");
        Work(shop, 1.25, "assignment-submitted", "abc123");
        Work(shop, 2, "graded", "abc123");
        await Work(shop, 6, "graded", "xyz789").RunAsync(20);
        Assert.Equal([("ready", 1.0), ("ready", 1.25), ("remind", 3.0), ("remind", 5.0)], shop.Sent().Select(s => (s.Step, s.Day)));
    }

    [Fact]
    public async Task Reservations_ADayBeforeTheFlight_RemindsWithItsDetails()
    {
        var shop = await OpenAsync(new TestCampaigns
        {
            Files = new Dictionary<string, string> { ["emails/flight.hbs"] = "---\nsubject: Check in\n---\n<p>Flight {{event.flight}}</p>\n" },
            Journeys =
            [
                TestCampaigns.Journey(
                    "  - wait: { until: { event: departure, offset: -1d } }\n  - id: check-in\n    send: { email: flight, transactional: true }", enter: "event: ticket-purchased, key: ticket, reentry: never"),
            ],
        });
        shop.Order("a", 0);
        foreach (var (day, flight, departure) in new[] { (1.0, "LX14", "2024-01-20T09:30:00Z"), (2.0, "LX15", "2024-01-29T18:00:00Z") })
        {
            shop.Event("a", day, "ticket-purchased", change: e => e with { Attributes = new Dictionary<string, string> { ["ticket"] = flight, ["flight"] = flight, ["departure"] = departure } });
        }

        await shop.RunAsync(40);
        Assert.Equal(
            [(new DateTimeOffset(2024, 1, 19, 9, 30, 0, TimeSpan.Zero), true), (new(2024, 1, 28, 18, 0, 0, TimeSpan.Zero), true)],
            shop.Sender.Tries.Select((t, i) => (t.At, t.Email.Html.Contains(i == 0 ? "LX14" : "LX15", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task WeeklySummary_EachMonday_GoesToEveryVendor()
    {
        var shop = await OpenAsync(TestCampaigns.Journey(
            "  - id: stats\n    webhook: { url: https://stats.example.com, consent: none }\n  - id: summary\n    send: { email: hello, topic: summary }", enter: "schedule: { every: week, on: monday, at: \"09:00\" }"));
        await shop.Order("a", 0).Order("b", 0.5).RunAsync(21);

        // The first Mondays after Tuesday, 2 January 2024, at 09:00; this shop's days begin at noon.
        var mondays = new[] { 5.875, 12.875, 19.875 };
        Assert.Equal(mondays.SelectMany(d => new[] { ("a", d), ("b", d) }), shop.Sent().Select(s => (s.Customer, s.Day)));
        Assert.Equal(6, shop.Webhooks.Calls.Count);
    }

    [Fact]
    public async Task Welcome_AtSignUp_GoesOnceToWhoHasAnAddress()
    {
        var shop = await OpenAsync(TestCampaigns.Journey("  - id: welcome\n    send: { email: hello, topic: news }", enter: "event: user-created, reentry: never"));
        shop.Order("a", 0).Event("a", 1, "user-created").Event("a", 2, "user-created", id: "again");
        await shop.Event("noaddress", 1, "user-created").RunAsync(5);
        Assert.Equal([("a", "welcome", 1.0)], shop.Sent());
    }

    private static TestShop Work(TestShop shop, double day, string name, string id) =>
        shop.Event("teacher", day, name, change: e => e with { Attributes = new Dictionary<string, string> { ["assignmentId"] = id } });
}
