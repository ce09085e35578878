using Segue.Campaigns;
using Segue.Files;

namespace Segue.Tests.Support;

/// <summary>Campaigns folders of a few lines, for tests of one feature each.</summary>
internal sealed record TestCampaigns
{
    /// <summary>Everyone in one segment; a tag for 60 days of silence and one for three orders.</summary>
    public const string PlainSegments = """
        segments:
          - id: everyone
            name: Everyone
        tags:
          - id: silent-60
            when: { daysSinceLastOrder: ">= 60" }
          - id: loyal
            when: { orders: ">= 3" }
        """;

    /// <summary>What <c>segments.yaml</c> says.</summary>
    public string Segments { get; init; } = PlainSegments;

    /// <summary>Lines of <c>settings.yaml</c> besides what mail must carry.</summary>
    public string Settings { get; init; } = "";

    /// <summary>The share above which a calibration waits; the few customers of a test are soon more than one would let pass.</summary>
    public string CalibrationApproval { get; init; } = "100%";

    /// <summary>Whether mail goes out.</summary>
    public string Sending { get; init; } = "on";

    /// <summary>More files, by path.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>();

    /// <summary>The journeys' files.</summary>
    public IReadOnlyList<string> Journeys { get; init; } = [];

    /// <summary>Two-step files of one journey over a tag, live, with whatever else its head says.</summary>
    public static string TwoSteps(string head = "", string id = "two-steps", string enter = "tag: silent-60, reentry: always", string status = "live") => $$"""
        id: {{id}}
        name: Two steps
        status: {{status}}
        enter: { {{enter}} }
        {{head}}
        steps:
          - id: first
            send: { email: hello, topic: offers }
          - wait: { for: 14d }
          - id: second
            send: { email: hello, topic: offers }
        """;

    /// <summary>A journey of the steps given.</summary>
    public static string Journey(string steps, string head = "", string enter = "tag: silent-60, reentry: always", string id = "journey", string status = "live") =>
        $"id: {id}\nname: A journey\nstatus: {status}\nenter: {{ {enter} }}\n{head}\nsteps:\n{steps}\n";

    /// <summary>The folder, checked and compiled.</summary>
    public CampaignSet Load()
    {
        var files = new Dictionary<string, string>
        {
            ["segments.yaml"] = Segments,
            ["settings.yaml"] = $"sending: {Sending}\nfrom: shop@example.com\npostalAddress: 1 Example Street\ncalibrationApproval: {CalibrationApproval}\n{(Settings.Contains("codes:", StringComparison.Ordinal) ? "" : "codes: lookup\n")}{Settings}\n",
            ["emails/hello.hbs"] = "---\nsubject: Hello\npreheader: From us\n---\n<p>Hello {{customer.name}}</p>\n",
            ["emails/offer.hbs"] = "---\nsubject: An offer\npreheader: For you\n---\n<p>Take {{percent offer.percent}} with {{offer.code}} until {{date offer.expiresAt}}</p>\n",
        };
        foreach (var (path, text) in Files)
        {
            files[path] = text;
        }

        for (var i = 0; i < Journeys.Count; i++)
        {
            files[$"journeys/{i}.yaml"] = Journeys[i];
        }

        var errors = new FileErrors();
        var set = CampaignFolder.Load(files, errors);
        Assert.True(errors.None, string.Join('\n', errors.Errors));
        return set!;
    }
}
