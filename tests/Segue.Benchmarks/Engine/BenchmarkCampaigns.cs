using Segue.Campaigns;
using Segue.Files;
using Segue.Segmentation;

namespace Segue.Benchmarks.Engine;

/// <summary>Campaigns that are measured: small ones of one purpose, and those that ship.</summary>
internal static class BenchmarkCampaigns
{
    /// <summary>Where the shipped campaigns lie beside the program.</summary>
    public static string ShippedFolder => Path.Combine(AppContext.BaseDirectory, "Campaigns");

    /// <summary>The third order enters a journey of a wait, a note, a wait and a mail; 60 days of silence are a tag.</summary>
    public static CampaignSet ThreeOrdersEnter() => Load("""
        - update: { attributes: { walk: begun } }
          - wait: { for: 2h }
          - update: { attributes: { walk: half } }
          - wait: { for: 2h }
          - send: { email: hello, topic: offers }
          - wait: { for: 90d }
        """, "orders: \">= 3\"");

    /// <summary>Whoever orders walks through notes and waits of two hours each.</summary>
    public static CampaignSet LongWalk() => Load(
        string.Join("\n  ", Enumerable.Range(0, 12).SelectMany(i => new[] { FormattableString.Invariant($"- update: {{ attributes: {{ walk: step-{i} }} }}"), "- wait: { for: 2h }" })),
        "orders: \">= 1\"");

    /// <summary>The shipped folder with every journey live and mail on.</summary>
    public static CampaignSet Shipped() => Load(CampaignFiles.Read(ShippedFolder, new FileErrors()).ToDictionary(
        f => f.Key,
        f => f.Value.Replace("status: draft", "status: live", StringComparison.Ordinal).Replace("sending: off", "sending: on", StringComparison.Ordinal)));

    /// <summary>Segments by scores alone, as DuckDB's side counts them.</summary>
    public static Evaluator Scores() => Load(new Dictionary<string, string>
    {
        ["segments.yaml"] = """
            segments:
              - id: best
                name: Best
                when: { recency: 5, frequency: ">= 4", monetary: ">= 4" }
              - id: promising
                name: Promising
                when: { recency: ">= 4", frequency: "<= 2" }
              - id: missed
                name: Missed
                when: { recency: "<= 2", monetary: ">= 4" }
              - id: lost
                name: Lost
                when: { recency: 1 }
              - id: others
                name: Others
            """,
    }).Evaluator;

    private static CampaignSet Load(string steps, string enters) => Load(new Dictionary<string, string>
    {
        ["segments.yaml"] = $"segments:\n  - id: everyone\n    name: Everyone\ntags:\n  - id: silent-60\n    when: {{ daysSinceLastOrder: \">= 60\" }}\n  - id: walker\n    when: {{ {enters} }}\n",
        ["settings.yaml"] = "sending: on\nfrom: shop@example.com\npostalAddress: 1 Example Street\ncodes: lookup\n",
        ["emails/hello.hbs"] = "---\nsubject: Hello\npreheader: From us\n---\n<p>Hello {{customer.name}}</p>\n",
        ["journeys/walk.yaml"] = $"id: walk\nname: A walk\nstatus: live\nenter: {{ tag: walker, reentry: never }}\nsteps:\n  {steps}\n",
    });

    private static CampaignSet Load(Dictionary<string, string> files)
    {
        var errors = new FileErrors();
        return CampaignFolder.Load(files, errors) is { } set && errors.None
            ? set : throw new InvalidOperationException(string.Join('\n', errors.Errors));
    }
}
