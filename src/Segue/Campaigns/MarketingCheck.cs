using Segue.Files;
using Segue.Journeys;

namespace Segue.Campaigns;

/// <summary>Checks that the settings have what marketing mail must carry, where a journey would send any.</summary>
internal static class MarketingCheck
{
    public static void Check(CampaignSettings settings, IEnumerable<Journey> journeys, FileErrors errors)
    {
        var sends = journeys.SelectMany(j => j.Steps.Values.OfType<SendStep>()).ToList();
        if (sends.Count > 0 && settings.From is null)
        {
            Tell(settings, "from", "no mail can be sent without the sender's address", errors);
        }

        if (sends.Exists(s => !s.Transactional) && settings.PostalAddress is null)
        {
            Tell(settings, "postalAddress", "marketing mail without the shop's postal address is refused", errors);
        }
    }

    /// <summary>A code that no checkout knows is worse than none: live offers must say where theirs come from.</summary>
    public static void CheckCodes(CampaignSettings settings, IEnumerable<Journey> journeys, FileErrors errors)
    {
        foreach (var journey in journeys.Where(j => j.Status == JourneyStatus.Live && LacksCodes(j, settings)))
        {
            errors.Add(new FileError(CampaignFolder.SettingsFileName, 0, "codes",
                $"'codes' is missing: the journey '{journey.Id}' is live and offers codes; expected lookup, {{ pool: NAME }} or {{ request: URL }}, here or in the offer."));
        }
    }

    /// <summary>Whether some offer's codes come from nowhere.</summary>
    public static bool LacksCodes(Journey journey, CampaignSettings settings) =>
        settings.Codes is null && journey.Steps.Values.OfType<SendStep>().Any(s => s.Offer is { Codes: null });

    // While nothing is sent, a folder without them may be tried out and simulated.
    private static void Tell(CampaignSettings settings, string field, string why, FileErrors errors)
    {
        var problem = new FileError(CampaignFolder.SettingsFileName, 0, field, $"'{field}' is missing: {why}.");
        if (settings.Sending == Sending.Off)
        {
            errors.Warn(problem);
        }
        else
        {
            errors.Add(problem);
        }
    }
}
