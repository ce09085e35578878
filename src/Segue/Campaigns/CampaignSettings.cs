using Segue.Email;
using Segue.Events;
using Segue.Journeys;
using Segue.Offers;
using Segue.Segmentation;
using Segue.Segmentation.Clusters;

namespace Segue.Campaigns;

/// <summary>Whether mail goes out.</summary>
public enum Sending
{
    /// <summary>No mail is handed to any mail service.</summary>
    Off,

    /// <summary>Only to the addresses and domains listed.</summary>
    AllowList,

    /// <summary>To everyone who may be mailed.</summary>
    On,
}

/// <summary><c>settings.yaml</c>, checked; the defaults are those of a folder without one.</summary>
public sealed record CampaignSettings
{
    /// <summary>The shop's name, as mails and pages show it.</summary>
    public string ShopName { get; init; } = "Shop";

    /// <summary>ISO 4217 code of the one currency that money is kept in.</summary>
    public string Currency { get; init; } = "EUR";

    /// <summary>IANA id of the shop's time zone.</summary>
    public string Zone { get; init; } = "UTC";

    /// <summary>Whether mail goes out.</summary>
    public Sending Sending { get; init; } = Sending.Off;

    /// <summary>Addresses, or <c>@domain</c>, that <see cref="Sending.AllowList"/> lets through.</summary>
    public IReadOnlyList<string> AllowList { get; init; } = [];

    /// <summary>What customers can unsubscribe from, by id, as they see it on the page where they choose.</summary>
    public IReadOnlyDictionary<string, string> Topics { get; init; } = System.Collections.Frozen.FrozenDictionary<string, string>.Empty;

    /// <summary>Addresses that get a trial copy of a mail when a marketer asks for one for all of them.</summary>
    public IReadOnlyList<string> SeedList { get; init; } = [];

    /// <summary>Facts older than this on arrival are history: they move segments and start no journey.</summary>
    public TimeSpan Fresh { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Who has been silent for longer enters no journey.</summary>
    public TimeSpan MaxSilence { get; init; } = TimeSpan.FromDays(365);

    /// <summary>The keys with which web pages may send events, one an origin.</summary>
    public IReadOnlyList<BrowserKey> BrowserKeys { get; init; } = [];

    /// <summary>Where the codes of offers come from that do not say; null for nowhere yet.</summary>
    public CodeSource? Codes { get; init; }

    /// <summary>Codes are made up, also where they come from a pool: a simulation takes none away.</summary>
    public bool InventsCodes { get; init; }

    /// <summary>Hosts on the shop's own network that webhooks may reach, also without encryption.</summary>
    public IReadOnlyList<string> PrivateWebhooks { get; init; } = [];

    /// <summary>The least share by which a price must fall to be news, 0 to 1.</summary>
    public double PriceDrop { get; init; } = 0.05;

    /// <summary>The silence after which a cart that was not ordered counts as abandoned.</summary>
    public TimeSpan CartAbandonedAfter { get; init; } = TimeSpan.FromHours(4);

    /// <summary>Hours of the customer's day in which no marketing goes; null for none.</summary>
    public DayWindow? QuietHours { get; init; }

    /// <summary>How much marketing a customer gets at most; null for no bound.</summary>
    public FrequencyCaps? Caps { get; init; }

    /// <summary>How many marketing mails go in an hour; null for no bound.</summary>
    public SendingRate? Rate { get; init; }

    /// <summary>When a journey stops by itself.</summary>
    public StopBounds StopAt { get; init; } = StopBounds.Default;

    /// <summary>How many calls a day each of the agents' queues can make, by queue; one that is not named has no bound.</summary>
    public IReadOnlyDictionary<string, int> Calls { get; init; } = System.Collections.Frozen.FrozenDictionary<string, int>.Empty;

    /// <summary>Who has neither ordered nor clicked for so long gets no marketing; null for no bound.</summary>
    public TimeSpan? Sunset { get; init; }

    /// <summary>The share of customers, 0 to 1, above which a calibration that would move so many waits for approval; 1 lets all pass.</summary>
    public double CalibrationApproval { get; init; } = 0.05;

    /// <summary>The share of customers that gets no marketing at all, 0 to 1.</summary>
    public double GlobalHoldout { get; init; }

    /// <summary>The share of net revenue that is margin, 0 to 1; null where the shop does not say, and no return is worked out.</summary>
    public double? Margin { get; init; }

    /// <summary>What it costs to send one mail, in the shop's currency.</summary>
    public decimal MailCost { get; init; }

    /// <summary>What it costs that an agent makes one call, in the shop's currency.</summary>
    public decimal CallCost { get; init; }

    /// <summary>Sender's address; null refuses marketing.</summary>
    public string? From { get; init; }

    /// <summary>Sender's display name.</summary>
    public string? FromName { get; init; }

    /// <summary>Where answers go, or null.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>The shop's postal address, which marketing mail must carry; null refuses marketing.</summary>
    public string? PostalAddress { get; init; }

    /// <summary>Where this service is reached from outside, for the links in mails.</summary>
    public Uri PublicUrl { get; init; } = new("http://localhost:7071");

    /// <summary>The shop's own address, where the mails' buttons lead; null leaves them out.</summary>
    public Uri? ShopUrl { get; init; }

    /// <summary>The file of day rates (day, currency, rate) within the campaigns folder, such as <c>rates.csv</c>, or null.</summary>
    public string? RatesFile { get; init; }

    /// <summary>What is in <see cref="RatesFile"/>; null without one.</summary>
    public string? RatesText { get; init; }

    /// <summary>The bounds between lifecycle stages.</summary>
    public LifecycleSettings Lifecycle { get; init; } = new();

    /// <summary>How customers are grouped at calibrations.</summary>
    public ClusterSettings Clusters { get; init; } = new();

    /// <summary>How RFM scores are made.</summary>
    public RfmSettings Rfm { get; init; } = new();
}
