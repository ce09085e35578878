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
