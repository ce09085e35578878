using System.Net;
using NodaTime;
using Segue.Campaigns;
using Segue.Customers;
using Segue.Email;
using Segue.Journeys;

namespace Segue.Webhooks;

/// <summary>Whether, when and how often a webhook may be called.</summary>
internal static class WebhookPolicy
{
    /// <summary>
    /// How long after each failed try the next one comes; after the last it is given up, some 28 hours after the first.
    /// </summary>
    public static IReadOnlyList<TimeSpan> Delays { get; } =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(2), TimeSpan.FromHours(5), TimeSpan.FromHours(10), TimeSpan.FromHours(10),
    ];

    /// <summary>The longest that a receiver is left alone because it asks for it.</summary>
    public static readonly TimeSpan LongestRest = TimeSpan.FromHours(24);

    /// <summary>Why it may not be called, or null where it may. The moment of the call is the one that counts.</summary>
    public static string? Judge(CustomerWork work, WebhookCall call, DateTimeOffset now)
    {
        var (settings, contact, consent) = (work.Campaigns.Set.Settings, work.Profile.Contact, call.Terms.Consent);
        return settings.Sending == Sending.Off ? SendPolicy.Reasons.SendingOff
            : settings.Sending == Sending.AllowList && (contact.Email is not { } address || !SendPolicy.MayReach(settings, address))
                ? SendPolicy.Reasons.NotOnAllowList
            : consent == WebhookConsent.None ? null
            : consent == WebhookConsent.Phone && contact.Phone is null ? "no phone number"
            : JudgeConsent(consent == WebhookConsent.Phone ? contact.PhoneConsent : contact.EmailConsent)
            ?? (call.Terms.Topic is { } topic && work.Profile.Topics?.GetValueOrDefault(topic) is { Wanted: false } ? SendPolicy.Reasons.TopicRefused
                : Holdout.IsGlobal(work.Profile.DrawId, settings.GlobalHoldout, now) ? SendPolicy.Reasons.GlobalHoldout : null);
    }

    /// <summary>The first moment at which it may be called: messages to people wait for the end of quiet hours.</summary>
    public static DateTimeOffset NextAllowed(CustomerWork work, WebhookCall call, DateTimeOffset now) =>
        call.Terms.Consent != WebhookConsent.None && work.Campaigns.Set.Settings.QuietHours is { } quiet
            ? new DayWindow(quiet.To, quiet.From).AtOrAfter(now, work.Zone) : now;

    /// <summary>Whether the settings name the host as one of the shop's own network.</summary>
    public static bool MayBePrivate(CampaignSettings settings, Uri url) =>
        settings.PrivateWebhooks.Contains(url.Host.Trim('[', ']'), StringComparer.OrdinalIgnoreCase);

    /// <summary>What is wrong with an address, or null.</summary>
    public static string? FaultOf(Uri url, bool mayBePrivate)
    {
        var host = url.Host.Trim('[', ']');
        return mayBePrivate ? null
            : url.Scheme != Uri.UriSchemeHttps ? "https, since the call carries what is known of customers"
            : IPAddress.TryParse(host, out var ip) && !PublicAddresses.Contains(ip) ? "an address on the public internet"
            : host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
                || !host.Contains('.', StringComparison.Ordinal) && !host.Contains(':', StringComparison.Ordinal) ? "a host on the public internet"
            : null;
    }

    private static string? JudgeConsent(Consent consent) => consent switch
    {
        Consent.Granted => null,
        Consent.Refused => SendPolicy.Reasons.ConsentRefused,
        _ => SendPolicy.Reasons.NoConsent,
    };
}
