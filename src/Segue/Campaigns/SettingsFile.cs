using Segue.Files;
using Segue.Journeys.Definitions;

namespace Segue.Campaigns;

/// <summary>Reads <c>settings.yaml</c>.</summary>
public static class SettingsFile
{
    /// <summary>The keys of <c>rfm</c>.</summary>
    internal static IReadOnlyList<string> RfmKeys { get; } = ["monetary"];

    /// <summary>The values of <c>sending</c>.</summary>
    internal static IReadOnlyDictionary<string, Sending> Sendings { get; } = new Dictionary<string, Sending>
    {
        ["off"] = Sending.Off,
        ["allow-list"] = Sending.AllowList,
        ["on"] = Sending.On,
    };

    /// <summary>The values of <c>rfm.monetary</c>: whether it is the average order.</summary>
    internal static IReadOnlyDictionary<string, bool> Monetary { get; } =
        new Dictionary<string, bool> { ["total"] = false, ["average"] = true };

    /// <summary>The keys of the settings, each with what reads it into them.</summary>
    private static readonly Dictionary<string, SettingReader> _readers = new()
    {
        ["shopName"] = (s, v, e) => v.ReadText("the shop's name, on one line", e) is { } x ? s with { ShopName = x } : s,
        ["shopUrl"] = (s, v, e) => SettingValues.ReadUrl(v, e) is { } x ? s with { ShopUrl = x } : s,
        ["currency"] = (s, v, e) => SettingValues.ReadCurrency(v, e) is { } x ? s with { Currency = x } : s,
        ["rates"] = (s, v, e) => SettingValues.ReadCsvName(v, e) is { } x ? s with { RatesFile = x } : s,
        ["zone"] = (s, v, e) => SettingValues.ReadZone(v, e) is { } x ? s with { Zone = x } : s,
        ["sending"] = (s, v, e) => v.ReadChoice(Sendings, e) is { } x ? s with { Sending = x } : s,
        ["allowList"] = (s, v, e) => s with { AllowList = SettingValues.ReadAllowList(v, e) },
        ["seedList"] = (s, v, e) => s with { SeedList = SettingValues.ReadAddresses(v, e) },
        ["from"] = (s, v, e) => SettingValues.ReadAddress(v, e) is { } x ? s with { From = x } : s,
        ["fromName"] = (s, v, e) => v.ReadText("the sender's name, on one line", e) is { } x ? s with { FromName = x } : s,
        ["replyTo"] = (s, v, e) => SettingValues.ReadAddress(v, e) is { } x ? s with { ReplyTo = x } : s,
        ["postalAddress"] = (s, v, e) => v.ReadText("the shop's postal address, on one line", e) is { } x ? s with { PostalAddress = x } : s,
        ["topics"] = (s, v, e) => s with { Topics = SettingValues.ReadTopics(v, e) },
        ["publicUrl"] = (s, v, e) => SettingValues.ReadUrl(v, e) is { } x ? s with { PublicUrl = x } : s,
        ["fresh"] = (s, v, e) => SettingValues.ReadTime(v, e) is { } x ? s with { Fresh = x } : s,
        ["maxSilence"] = (s, v, e) => SettingValues.ReadTime(v, e) is { } x ? s with { MaxSilence = x } : s,
        ["browserKeys"] = (s, v, e) => s with { BrowserKeys = SettingValues.ReadBrowserKeys(v, e) },
        ["cartAbandonedAfter"] = (s, v, e) => SettingValues.ReadTime(v, e) is { } x ? s with { CartAbandonedAfter = x } : s,
        ["codes"] = (s, v, e) => s with { Codes = OfferReader.ReadSource(v, e) },
        ["privateWebhooks"] = (s, v, e) => s with { PrivateWebhooks = SettingValues.ReadHosts(v, e) },
        ["priceDrop"] = (s, v, e) => v.ReadShare(e, "a percentage from 1% to 90%, such as 5%", p => p is >= 1 and <= 90) is { } x
            ? s with { PriceDrop = x } : s,
        ["quietHours"] = (s, v, e) => PacingReader.ReadQuietHours(v, e) is { } x ? s with { QuietHours = x } : s,
        ["caps"] = (s, v, e) => PacingReader.ReadCaps(v, e) is { } x ? s with { Caps = x } : s,
        ["rate"] = (s, v, e) => PacingReader.ReadRate(v, e) is { } x ? s with { Rate = x } : s,
        ["stopAt"] = (s, v, e) => PacingReader.ReadStop(v, e) is { } x ? s with { StopAt = x } : s,
        ["calls"] = (s, v, e) => s with { Calls = PacingReader.ReadCapacities(v, e) },
        ["sunset"] = (s, v, e) => SettingValues.ReadTime(v, e) is { } x ? s with { Sunset = x } : s,
        ["calibrationApproval"] = (s, v, e) => v.ReadShare(e, "a percentage from 0% to 100%, such as 5%", p => p is >= 0 and <= 100) is { } x
            ? s with { CalibrationApproval = x } : s,
        ["globalHoldout"] = (s, v, e) => v.ReadShare(e, "a percentage from 0% to 50%, such as 5%", p => p is >= 0 and <= 50) is { } x
            ? s with { GlobalHoldout = x } : s,
        ["margin"] = (s, v, e) => v.ReadShare(e, "a percentage over 0% and up to 100%, such as 40%", p => p is > 0 and <= 100) is { } x
            ? s with { Margin = x } : s,
        ["mailCost"] = (s, v, e) => SettingValues.ReadCost(v, e) is { } x ? s with { MailCost = x } : s,
        ["callCost"] = (s, v, e) => SettingValues.ReadCost(v, e) is { } x ? s with { CallCost = x } : s,
        ["clusters"] = (s, v, e) => s with { Clusters = ClustersReader.Read(v, e) },
        ["lifecycle"] = (s, v, e) => s with { Lifecycle = LifecycleReader.Read(v, e) },
        ["rfm"] = (s, v, e) => v.IsMapOf(e, RfmKeys) && v["monetary"]?.ReadChoice(Monetary, e) is { } x ? s with { Rfm = new(x) } : s,
    };

    /// <summary>The keys of the settings.</summary>
    internal static IReadOnlyList<string> Keys { get; } = [.. _readers.Keys];

    private delegate CampaignSettings SettingReader(CampaignSettings settings, YamlValue value, FileErrors errors);

    /// <summary>Reads and checks the settings.</summary>
    /// <param name="file">The file's name, as errors show it.</param>
    /// <param name="text">What is in it; a setting that it lacks has the default of <see cref="CampaignSettings"/>.</param>
    /// <param name="errors">Takes every fault, each with its line and field.</param>
    /// <returns>The settings, or null where there is any error in the file.</returns>
    public static CampaignSettings? Parse(string file, string text, FileErrors errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        var before = errors.Errors.Count;
        if (YamlValue.Parse(file, text, errors) is not { } root || !root.IsMapOf(errors, Keys))
        {
            return null;
        }

        var settings = new CampaignSettings();
        foreach (var (key, value) in root.Entries)
        {
            if (_readers.TryGetValue(key, out var read))
            {
                settings = read(settings, value, errors);
            }
        }

        if (settings.Sending == Sending.AllowList && settings.AllowList.Count == 0 && root["allowList"] is null)
        {
            errors.Missing(root, "allowList", "the addresses, or @domain, that mail may go to, since 'sending' is allow-list");
        }

        return errors.Errors.Count > before ? null : settings;
    }
}
