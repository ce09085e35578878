using Segue.Files;
using Segue.Journeys;
using Segue.Webhooks;

namespace Segue.Campaigns;

/// <summary>Checks that journeys' webhooks lead to where the settings let them. What a name leads to is checked at each call.</summary>
internal static class WebhookCheck
{
    public static void Check(CampaignSettings settings, IEnumerable<Journey> journeys, FileErrors errors)
    {
        foreach (var journey in journeys)
        {
            foreach (var step in journey.Steps.Values.OfType<WebhookStep>())
            {
                var url = step.Terms.Url;
                if (WebhookPolicy.FaultOf(url, WebhookPolicy.MayBePrivate(settings, url)) is { } expected)
                {
                    errors.Add(new FileError(
                        $"journeys/{journey.Id}.yaml", LineOf(journey, url), $"step '{step.Id}'.webhook.url",
                        $"Found '{url.GetLeftPart(UriPartial.Authority)}'; expected {expected}, or the host among the settings' 'privateWebhooks'."));
                }
            }
        }
    }

    private static int LineOf(Journey journey, Uri url)
    {
        var lines = journey.Source.Split('\n');
        return 1 + Math.Max(0, Array.FindIndex(lines, l => l.Contains(url.OriginalString, StringComparison.Ordinal)));
    }
}
