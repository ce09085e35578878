using Segue.Campaigns;
using Segue.Files;

namespace Segue.Tests.Support;

/// <summary>
/// The journey whose mails can be computed by hand: at 60 days of silence a mail, 14 days later another, unless they bought.
/// </summary>
internal static class TwoStepReactivation
{
    public const string Id = "two-steps";

    /// <summary>The campaigns folder that holds nothing else.</summary>
    public static CampaignSet Campaigns { get; } = Load();

    /// <summary>
    /// The mails that are due before <paramref name="until"/>, computed from the purchases alone: a silence is the time between
    /// a purchase and the next; a purchase at the very moment of a mail comes first.
    /// </summary>
    public static IReadOnlyList<(string Customer, string Step, DateTimeOffset At)> BruteForce(
        IEnumerable<Purchase> purchases, DateTimeOffset until)
    {
        var mails = new List<(string Customer, string Step, DateTimeOffset At)>();
        foreach (var customer in purchases.GroupBy(p => p.Customer))
        {
            var moments = customer.Select(p => p.At).Where(at => at < until).Order().ToList();
            for (var i = 0; i < moments.Count; i++)
            {
                var ends = i + 1 < moments.Count ? moments[i + 1] : until;
                foreach (var (step, days) in new[] { ("first", 60), ("second", 74) })
                {
                    var at = moments[i].AddDays(days);
                    if (at < ends)
                    {
                        mails.Add((customer.Key, step, at));
                    }
                }
            }
        }

        return [.. mails.OrderBy(m => m.At).ThenBy(m => m.Customer, StringComparer.Ordinal).ThenBy(m => m.Step, StringComparer.Ordinal)];
    }

    private static CampaignSet Load()
    {
        const string mail = "---\nsubject: We miss you\npreheader: Come back\n---\n<p>Hello {{customer.name}}</p>\n";
        var errors = new FileErrors();
        var set = CampaignFolder.Load(
            new Dictionary<string, string>
            {
                ["segments.yaml"] = """
                    segments:
                      - id: everyone
                        name: Everyone
                    tags:
                      - id: silent-60
                        when: { daysSinceLastOrder: ">= 60" }
                    """,
                ["settings.yaml"] = """
                    shopName: Test shop
                    sending: on
                    from: shop@example.com
                    postalAddress: 1 Example Street
                    """,
                ["emails/first.hbs"] = mail,
                ["emails/second.hbs"] = mail,
                ["journeys/two-steps.yaml"] = """
                    id: two-steps
                    name: Two steps
                    status: live
                    enter:
                      tag: silent-60
                      reentry: always
                    exitWhen: [ { event: order } ]
                    steps:
                      - id: first
                        send: { email: first, topic: offers }
                      - wait: { for: 14d }
                      - id: second
                        send: { email: second, topic: offers }
                    """,
            },
            errors);
        Assert.Empty(errors.Errors);
        return set!;
    }
}
