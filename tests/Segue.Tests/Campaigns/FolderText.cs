using Segue.Campaigns;
using Segue.Files;

namespace Segue.Tests.Campaigns;

/// <summary>A small campaigns folder that is right, to put faults into.</summary>
internal static class FolderText
{
    public static Dictionary<string, string> Sound() => new()
    {
        ["segments.yaml"] = """
            segments:
              - id: core-churned
                when: { stage: churned, orders: ">= 2" }
              - id: other
            tags:
              - id: silent-60
                when: { daysSinceLastOrder: ">= 60" }
            """,
        ["settings.yaml"] = "from: hello@example.com\npostalAddress: 1 Example Street\n",
        ["journeys/back.yaml"] = """
            id: back
            enter: { segment: core-churned }
            goal: { event: order, within: 28d }
            holdout: 10%
            steps:
              - split:
                  if: { segment: core-churned, tag: silent-60, spend: top 20% }
                  then: [ { send: { email: deal, topic: offers }, offer: { percent: 5 } } ]
                  else: []
            """,
        ["emails/deal.hbs"] = "---\nsubject: A deal\npreheader: For you\n---\n<p>{{percent offer.percent}} off: {{offer.code}}</p>\n",
    };

    public static (CampaignSet? Set, FileErrors Errors) Load(Dictionary<string, string> files)
    {
        var errors = new FileErrors();
        return (CampaignFolder.Load(files, errors), errors);
    }

    /// <summary>The folder with one file changed, added, or (for null) removed.</summary>
    public static (CampaignSet? Set, FileErrors Errors) LoadWith(string path, string? text)
    {
        var files = Sound();
        files.Remove(path);
        if (text is not null)
        {
            files.Add(path, text);
        }

        return Load(files);
    }

    public static string Change(string path, string from, string to)
    {
        var text = Sound()[path];
        Assert.Contains(from, text, StringComparison.Ordinal);
        return text.Replace(from, to, StringComparison.Ordinal);
    }
}
