using Segue.Measurement;
using Segue.Tests.Support;
using static Segue.Tests.Support.TestShop;

namespace Segue.Tests.Journeys.Elsewhere;

/// <summary>
/// What Dittofeed's own tests and guide have journeys do, told in Segue's files (github.com/dittofeed/dittofeed:
/// packages/backend-lib/src/journeys/*.test.ts and packages/docs/guide/sample-journeys/appointment-reminders.mdx).
/// </summary>
public sealed class DittofeedTests
{
    /// <summary>A day before the appointment a reminder, unless it was called off; a word of thanks when they say that they were there.</summary>
    private const string Appointment = """
          - wait: { until: { event: appointmentTime, offset: -1d, past: exit } }
          - id: reminder
            send: { email: hello, topic: bookings }
          - wait:
              condition:
                branches:
                  - { event: appointment-confirmed, then: [ { id: thanks, send: { email: hello, topic: bookings } } ] }
                timeout: 2d
                else: []
        """;

    [Fact]
    public async Task Keyed_TheSameAppointmentTwice_RunsOnce()
    {
        // keyedEventEntry.test.ts, "runs the keyed journey only once per appointment id".
        var shop = await OpenAsync(TestCampaigns.Journey(
            "  - id: reminder\n    send: { email: hello, topic: bookings }", enter: "event: appointment-update, key: appointmentId, reentry: never"));
        await Book(Book(shop.Order("a", 0), "a", 1, "appointment-update", "appointment-1"), "a", 2, "appointment-update", "appointment-1").RunAsync(5);
        Assert.Equal([("a", "reminder", 1.0)], shop.Sent());
        Assert.Equal("appointment-1", Assert.Single(shop.Ended("a")).Key);
    }

    [Fact]
    public async Task Keyed_TwoAppointmentsAndOneCalledOff_OnlyTheOtherIsReminded()
    {
        // keyedEventEntry.test.ts, two runs side by side; the guide's version, where a cancelled appointment is not reminded of.
        var shop = await OpenAsync(TestCampaigns.Journey(
            Appointment, head: "exitWhen: [ { event: appointment-cancelled } ]", enter: "event: appointment-booked, key: appointmentId, reentry: always"));
        shop.Order("a", 0);
        Book(shop, "a", 1, "appointment-booked", "1", Day(9));
        Book(shop, "a", 1.5, "appointment-booked", "2", Day(12));
        Book(shop, "a", 3, "appointment-cancelled", "1");
        await Book(shop, "a", 12.5, "appointment-confirmed", "2").RunAsync(20);
        Assert.Equal([("a", "reminder", 11.0), ("a", "thanks", 12.5)], shop.Sent());
        Assert.Equal(["appointment-cancelled", "completed"], shop.Ended("a").Select(e => e.EndReason));
    }

    [Fact]
    public async Task Keyed_AppointmentThatIsTooNear_EndsWithoutAReminder()
    {
        var shop = await OpenAsync(TestCampaigns.Journey(Appointment, enter: "event: appointment-booked, key: appointmentId, reentry: always"));
        await Book(shop.Order("a", 0), "a", 1, "appointment-booked", "1", Day(1.5)).RunAsync(9);
        Assert.Empty(shop.Sent());
        Assert.Single(shop.Ended("a"));
    }

    [Fact]
    public async Task WaitFor_TrueAlreadyOrLater_PassesAtThatMoment()
    {
        // waitForTest.test.ts: one is in the segment waited for when they come to it, the other comes into it afterwards.
        var shop = await OpenAsync(new TestCampaigns
        {
            Segments = Traits("trait1", "value1") + TagOf("trait2", "value2"),
            Journeys =
            [
                TestCampaigns.Journey(
                    "  - wait: { condition: { branches: [ { if: { tag: trait2 }, then: [ { id: message, send: { email: hello, topic: news } } ] } ], timeout: 1d, else: [] } }",
                    enter: "tag: trait1"),
            ],
        });
        foreach (var customer in new[] { "already", "later", "never" })
        {
            shop.Order(customer, 0);
        }

        Has(shop, "already", 0.5, "trait2", "value2");
        foreach (var customer in new[] { "already", "later", "never" })
        {
            Has(shop, customer, 1, "trait1", "value1");
        }

        await Has(shop, "later", 1.25, "trait2", "value2").RunAsync(5);
        Assert.Equal([("already", "message", 1.0), ("later", "message", 1.25)], shop.Sent());
        Assert.Equal(Day(2), shop.Ended("never")[0].EndedAt);
    }

    [Fact]
    public async Task RandomCohort_ThreeThirds_GiveEachCustomerOneMessageAndTheSameEachTime()
    {
        // randomCohortJourney.test.ts: 33.33, 33.33 and 33.34 per cent, a message each.
        const string Steps = "  - test: { name: cohorts, variants: { a: 33.33, b: 33.33, c: 33.34 } }\n    a: [ { id: message-1, send: { email: hello, topic: news } } ]\n    b: [ { id: message-2, send: { email: hello, topic: news } } ]\n    c: [ { id: message-3, send: { email: hello, topic: news } } ]";
        var shop = await OpenAsync(TestCampaigns.Journey(Steps, enter: "event: test-event, reentry: always"));
        for (var c = 0; c < 300; c++)
        {
            shop.Order($"c{c:D3}", 0).Event($"c{c:D3}", 1, "test-event").Event($"c{c:D3}", 3, "test-event");
        }

        await shop.RunAsync(4);
        Assert.Equal(600, shop.Sent().Count);
        Assert.All(shop.Sent().GroupBy(s => s.Customer), c => Assert.Single(c.Select(s => s.Step).Distinct()));
        Assert.All(shop.Sent().GroupBy(s => s.Step), cohort => Assert.InRange(cohort.Count() / 2, 75, 125));
    }

    [Theory]
    [InlineData("always", 2)]
    [InlineData("never", 1)]
    public async Task ReEnter_WhereItMayRunMoreThanOnce_DoesSoAtTheNextEntryAndNotBefore(string reentry, int runs)
    {
        // reEnter.test.ts: once unless it may run several times; then only who is in the segment again.
        var shop = await OpenAsync(new TestCampaigns
        {
            Segments = Traits("plan", "value1"),
            Journeys = [TestCampaigns.Journey("  - id: message\n    send: { email: hello, topic: news }", enter: $"tag: plan, reentry: {reentry}")],
        });
        shop.Order("a", 0);
        Has(shop, "a", 1, "plan", "value1");
        Has(shop, "a", 2, "plan", "other");
        await Has(shop, "a", 3, "plan", "value1").RunAsync(4);
        Assert.Equal(runs, shop.Sent().Count);
        Assert.Equal(runs == 2 ? [1.0, 3.0] : [1.0], shop.Sent().Select(s => s.Day));
    }

    /// <summary>
    /// The onboarding journey that packages/dashboard's test of journeys has (nested wait-fors of a week each): who has added a project
    /// is reminded to deploy, and once they have, to finish; which reminder depends on what they were told before.
    /// </summary>
    private const string Onboarding = """
          - wait:
              condition:
                branches: [ { if: { tag: deployed }, then: [] } ]
                timeout: 7d
                else: [ { id: deployment-reminder, send: { email: hello, topic: help } }, { update: { attributes: { told: "once" } } } ]
          - wait:
              condition:
                branches: [ { if: { tag: deployed }, then: [] } ]
                timeout: 7d
                else: [ { end: { reason: never deployed } } ]
          - wait:
              condition:
                branches: [ { if: { tag: onboarded }, then: [ { end: { reason: onboarded } } ] } ]
                timeout: 7d
                else:
                  - split:
                      if: { attribute.told: once }
                      then: [ { id: reminder-2b, send: { email: hello, topic: help } } ]
                      else: [ { id: reminder-2a, send: { email: hello, topic: help } } ]
          - wait:
              condition:
                branches: [ { if: { tag: onboarded }, then: [ { end: { reason: onboarded } } ] } ]
                timeout: 7d
                else: [ { end: { reason: not onboarded } } ]
        """;

    [Theory]
    [InlineData("never", new double[0], new[] { "8 deployment-reminder" }, 15, "never deployed")]
    [InlineData("quick", new[] { 2.0, 3.0 }, new string[0], 3, "onboarded")]
    [InlineData("late", new[] { 10.0, 12.0 }, new[] { "8 deployment-reminder" }, 12, "onboarded")]
    [InlineData("slow", new[] { 10.0, 20.0 }, new[] { "8 deployment-reminder", "17 reminder-2b" }, 20, "onboarded")]
    [InlineData("halfway", new[] { 2.0 }, new[] { "9 reminder-2a" }, 16, "not onboarded")]
    public async Task Onboarding_EachWayThrough_RemindsOnceAWeekAndStopsWhenItIsDone(
        string customer, double[] does, string[] mails, double ends, string reason)
    {
        var shop = await OpenAsync(new TestCampaigns
        {
            Segments = Traits("project", "added") + TagOf("deployed", "yes") + TagOf("onboarded", "yes"),
            Journeys = [TestCampaigns.Journey(Onboarding, enter: "tag: project")],
        });
        Has(shop.Order(customer, 0), customer, 1, "project", "added");
        foreach (var (what, day) in new[] { "deployed", "onboarded" }.Zip(does))
        {
            Has(shop, customer, day, what, "yes");
        }

        await shop.RunAsync(30);
        Assert.Equal(mails, shop.Sent().Select(s => $"{s.Day} {s.Step}"));
        Assert.Equal((Day(ends), reason), (shop.Ended(customer)[0].EndedAt, shop.Ended(customer)[0].EndReason));
    }

    private static string Traits(string name, string value) => $"segments:\n  - id: everyone\n    name: Everyone\ntags:\n{TagOf(name, value)}";

    private static string TagOf(string name, string value) => $"  - id: {name}\n    when: {{ attribute.{name}: \"{value}\" }}\n";

    private static TestShop Has(TestShop shop, string customer, double day, string attribute, string value) =>
        shop.Says(customer, day, new() { Attributes = new Dictionary<string, string> { [attribute] = value } });

    private static TestShop Book(TestShop shop, string customer, double day, string name, string id, DateTimeOffset? time = null)
    {
        var attributes = new Dictionary<string, string> { ["appointmentId"] = id };
        if (time is { } at)
        {
            attributes["appointmentTime"] = at.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        }

        return shop.Event(customer, day, name, change: e => e with { Attributes = attributes });
    }
}
