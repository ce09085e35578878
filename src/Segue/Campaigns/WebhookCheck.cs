using Segue.Files;
using Segue.Journeys;
using Segue.Webhooks;

namespace Segue.Campaigns;

/// <summary>Checks that journeys' webhooks and requests for codes lead to where the settings let them. What a name leads to is checked at each call.</summary>
internal static class WebhookCheck
{
    public static void Check(CampaignSettings settings, IEnumerable<Journey> journeys, FileErrors errors)
    {
        foreach (var journey in journeys)
        {
            foreach (var step in journey.Steps.Values)
            {
                var (url, field) = step is WebhookStep webhook ? (webhook.Terms.Url, "webhook.url")
                    : step is SendStep send ? (send.Offer?.Codes?.Request, "offer.codes.request") : (null, "");
                if (url is not null)
                {
                    Check(settings, $"journeys/{journey.Id}.yaml", LineOf(journey, url), $"step '{step.Id}'.{field}", url, errors);
                }
            }
        }

        if (settings.Codes?.Request is { } request)
        {
            Check(settings, CampaignFolder.SettingsFileName, 0, "codes.request", request, errors);
        }
    }

    private static void Check(CampaignSettings settings, string file, int line, string field, Uri url, FileErrors errors)
    {
        if (WebhookPolicy.FaultOf(url, WebhookPolicy.MayBePrivate(settings, url)) is { } expected)
        {
            errors.Add(new FileError(
                file, line, field,
                $"Found '{url.GetLeftPart(UriPartial.Authority)}'; expected {expected}, or the host among the settings' 'privateWebhooks'."));
        }
    }

    private static int LineOf(Journey journey, Uri url)
    {
        var lines = journey.Source.Split('\n');
        return 1 + Math.Max(0, Array.FindIndex(lines, l => l.Contains(url.OriginalString, StringComparison.Ordinal)));
    }
}
