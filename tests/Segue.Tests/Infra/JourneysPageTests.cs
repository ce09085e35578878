using Segue.Files;
using Segue.Journeys.Definitions;
using Segue.Tests.Segmentation;

namespace Segue.Tests.Infra;

/// <summary>The page about the journey language: what it shows is valid, and it leaves no step out.</summary>
public sealed class JourneysPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Given.Root(), "docs", "journeys.md"));

    [Fact]
    public void Page_ItsJourney_IsValid()
    {
        var text = Page.Split("```yaml\n")[1].Split("```")[0];
        var errors = new FileErrors();
        Segue.Campaigns.CampaignFolder.Load(
            new Dictionary<string, string>
            {
                ["segments.yaml"] = "segments:\n  - { id: core-churned, when: { orders: \">= 2\" } }\n  - { id: other }\n",
                ["settings.yaml"] = "from: a@example.com\npostalAddress: x\ncodes: lookup\n",
                ["emails/five-percent.hbs"] = "---\nsubject: Hi\n---\n<p>{{offer.code}}</p>",
                ["emails/bigger-offer.hbs"] = "---\nsubject: Hi\n---\n<p>{{offer.code}}</p>",
                ["journeys/core-reactivation.yaml"] = text,
            },
            errors);
        Assert.Empty(errors.Errors);
    }

    [Fact]
    public void Page_EveryStepAndWayIn_IsNamed() => Assert.All(
        StepVocabulary.Names.Select(n => $"`{n}: ").Concat(WaitReader.Keys.Select(k => $"`wait: {{ {k}: ")).Concat(UntilReader.Keys).Concat(EntryReader.EnterKeys),
        word => Assert.Contains(word, Page, StringComparison.Ordinal));
}
