using Segue.Campaigns;
using Segue.Files;

namespace Segue.Tests.Support;

/// <summary>The campaigns folder that ships.</summary>
internal static class ShippedCampaigns
{
    /// <summary>Every journey live, and mail really going out.</summary>
    public static CampaignSet AllLive { get; } = Load();

    /// <summary>Some journeys live, nobody held out, and calibrations of a small shop in force at once; all else as it ships.</summary>
    public static CampaignSet Only(params string[] journeys) => Load(file => journeys.Contains(Path.GetFileNameWithoutExtension(file)), text => text
        .Replace("holdout: 10%", "holdout: 0%", StringComparison.Ordinal).Replace("globalHoldout: 5%", "globalHoldout: 0%", StringComparison.Ordinal)
        .Replace("calibrationApproval: 5%", "calibrationApproval: 100%", StringComparison.Ordinal));

    private static CampaignSet Load(Predicate<string> isLive, Func<string, string> change)
    {
        var errors = new FileErrors();
        var files = CampaignFiles.Read(Path.Combine(AppContext.BaseDirectory, "Campaigns"), errors).ToDictionary(
            f => f.Key,
            f => change((isLive(f.Key) ? f.Value.Replace("status: draft", "status: live", StringComparison.Ordinal) : f.Value)
                .Replace("sending: off", "sending: on", StringComparison.Ordinal)));
        var set = CampaignFolder.Load(files, errors);
        Assert.Empty(errors.Errors);
        return set!;
    }

    private static CampaignSet Load()
    {
        var set = Load(_ => true, text => text);
        Assert.All(set!.Journeys.Values, j => Assert.Equal(Segue.Journeys.JourneyStatus.Live, j.Status));
        Assert.Equal(Sending.On, set.Settings.Sending);
        return set;
    }
}
