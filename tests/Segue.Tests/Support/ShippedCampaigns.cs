using Segue.Campaigns;
using Segue.Files;

namespace Segue.Tests.Support;

/// <summary>The campaigns folder that ships.</summary>
internal static class ShippedCampaigns
{
    /// <summary>Every journey live, and mail really going out.</summary>
    public static CampaignSet AllLive { get; } = Load();

    private static CampaignSet Load()
    {
        var errors = new FileErrors();
        var files = CampaignFiles.Read(Path.Combine(AppContext.BaseDirectory, "Campaigns"), errors).ToDictionary(
            f => f.Key, f => f.Value.Replace("status: draft", "status: live", StringComparison.Ordinal).Replace("sending: off", "sending: on", StringComparison.Ordinal));
        var set = CampaignFolder.Load(files, errors);
        Assert.Empty(errors.Errors);
        Assert.All(set!.Journeys.Values, j => Assert.Equal(Segue.Journeys.JourneyStatus.Live, j.Status));
        Assert.Equal(Sending.On, set.Settings.Sending);
        return set;
    }
}
