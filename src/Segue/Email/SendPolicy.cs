using Segue.Campaigns;
using Segue.Customers;
using Segue.Journeys;

namespace Segue.Email;

/// <summary>Whether a mail may go out at this moment. The moment of the claim is the one that counts.</summary>
internal static class SendPolicy
{
    /// <summary>Why the mail may not go out, or null where it may.</summary>
    public static string? Judge(CustomerWork work, Send send, DateTimeOffset now)
    {
        var settings = work.Campaigns.Set.Settings;
        var contact = work.Profile.Contact;
        return contact.Email is not { } address ? Reasons.NoAddress
            : settings.Sending == Sending.Off ? Reasons.SendingOff
            : settings.Sending == Sending.AllowList && !IsAllowed(address, settings.AllowList) ? Reasons.NotOnAllowList
            : send.Offer?.ExpiresAt <= now ? Reasons.OfferExpired
            : address == work.Profile.BouncedEmail ? Reasons.Bounced
            : send.Transactional ? null
            : contact.EmailConsent == Consent.Refused ? Reasons.ConsentRefused
            : send.Topic is { } topic && work.Profile.Topics?.GetValueOrDefault(topic) is { Wanted: false } ? Reasons.TopicRefused
            : contact.EmailConsent == Consent.Unknown ? Reasons.NoConsent
            : IsSunset(work, settings.Sunset, now) ? Reasons.Sunset
            : Holdout.IsGlobal(work.Profile.DrawId, settings.GlobalHoldout, now) ? Reasons.GlobalHoldout
            : null;
    }

    /// <summary>Whether the settings let any mail go to an address.</summary>
    public static bool MayReach(CampaignSettings settings, string address) => settings.Sending switch
    {
        Sending.Off => false,
        Sending.AllowList => IsAllowed(address, settings.AllowList),
        _ => true,
    };

    /// <summary>Whether the last sign of life is too long ago; who never gave any is not judged by it.</summary>
    private static bool IsSunset(CustomerWork work, TimeSpan? after, DateTimeOffset now)
    {
        var last = new[] { work.Profile.Purchases.LastOrderAt, work.Profile.Mail?.LastClickAt }.Max();
        return after is { } length && now - last > length;
    }

    /// <summary>Whether the customer has clicked or ordered within 90 days: a new sender's first mails go to them.</summary>
    public static bool IsEngaged(CustomerWork work, DateTimeOffset now) =>
        now - new[] { work.Profile.Purchases.LastOrderAt, work.Profile.Mail?.LastClickAt }.Max() <= TimeSpan.FromDays(90);

    private static bool IsAllowed(string address, IReadOnlyList<string> allowed) => allowed.Any(entry =>
        entry.StartsWith('@') ? address.EndsWith(entry, StringComparison.OrdinalIgnoreCase)
            : address.Equals(entry, StringComparison.OrdinalIgnoreCase));

    /// <summary>The reasons, as reports and timelines show them.</summary>
    public static class Reasons
    {
        public const string NoAddress = "no address";
        public const string NoConsent = "consent unknown";
        public const string Bounced = "the address bounced";
        public const string Suppressed = "the address is suppressed";
        public const string TopicRefused = "unsubscribed from the topic";
        public const string ConsentRefused = "consent refused";
        public const string SendingOff = "sending is off";
        public const string NotOnAllowList = "not on the allow-list";
        public const string OfferExpired = "the offer has expired";
        public const string GlobalHoldout = "global holdout";

        public const string Sunset = "neither order nor click for too long";

        /// <summary>Those that mean that the customer can't be reached, whatever the shop sets.</summary>
        public static bool IsUnreachable(string? reason) => reason is NoAddress or NoConsent or ConsentRefused or TopicRefused or Bounced or Suppressed;
    }
}
