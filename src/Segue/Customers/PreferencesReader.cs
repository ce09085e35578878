using Segue.Campaigns;
using Segue.Email;
using Segue.Email.Suppression;
using Segue.Journeys;
using Segue.Ports;
using Segue.Storage;
using Segue.Webhooks;

namespace Segue.Customers;

/// <summary>Looks up what a customer may choose of, and what they have chosen so far. Changes nothing.</summary>
public sealed class PreferencesReader
{
    private readonly ITableStore _store;
    private readonly ICampaigns _campaigns;
    private readonly AddressBook _addresses;

    internal PreferencesReader(ITableStore store, ICampaigns campaigns, AddressBook addresses) =>
        (_store, _campaigns, _addresses) = (store, campaigns, addresses);

    /// <summary>What holds by now; of somebody who is not known, or no more, it is what holds of a stranger.</summary>
    /// <param name="customerId">The customer.</param>
    /// <param name="sendId">The mail whose link was used.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="PortUnavailableException">The store can't be reached.</exception>
    public async Task<MailPreferences> ReadAsync(string customerId, string sendId, CancellationToken cancellation = default)
    {
        var state = await _campaigns.CurrentAsync(cancellation);
        var settings = state.Set.Settings;
        var partition = CustomerRows.Partition(customerId);
        var row = await _store.GetAsync(Tables.Customers, partition, CustomerRows.Profile, cancellation);
        if (row is null || RowJson.Unpack(row, SegueJson.Default.CustomerProfile) is not { IsTombstone: false } profile)
        {
            return new(settings.ShopName, null, [], true);
        }

        var send = await _store.GetAsync(Tables.Customers, partition, CustomerRows.OpenSend(sendId), cancellation)
            ?? await _store.GetAsync(Tables.Customers, partition, CustomerRows.SettledSend(sendId), cancellation);
        var topic = send is null ? null : RowJson.Unpack(send, SegueJson.Default.Send).Topic;
        var against = profile.Contact.Email is { } email ? await _addresses.OfAsync(email, cancellation) : AddressSuppression.None;
        return new(settings.ShopName, topic is null ? null : Wish(topic), [.. Offered(state, profile, topic).Select(Wish)], profile.Contact.EmailConsent != Consent.Refused)
        {
            IsKnown = true,
            AllowsProfiling = !profile.Objects,
            WantsCalls = profile.Contact.Phone is not null && Calls(state) ? profile.Contact.PhoneConsent == Consent.Granted : null,
            IsClosed = profile.BouncedEmail is not null && profile.BouncedEmail == profile.Contact.Email
                || against.InForce.Any(e => e.Reason != SuppressionReason.Unsubscribe),
        };

        TopicWish Wish(string id) => new(id, settings.Topics.GetValueOrDefault(id) ?? Plain(id), profile.Topics?.GetValueOrDefault(id) is not { Wanted: false });
    }

    /// <summary>The settings' topics in their order, then what live journeys write about besides, the mail's own, and what was chosen of before.</summary>
    private static IEnumerable<string> Offered(CampaignState state, CustomerProfile profile, string? topic)
    {
        var live = Steps(state).Select(s => s switch { SendStep send => send.Topic, WebhookStep call => call.Terms.Topic, _ => null });
        return state.Set.Settings.Topics.Keys
            .Concat(live.Append(topic).Concat(profile.Topics?.Keys ?? []).OfType<string>().Order(StringComparer.Ordinal))
            .Distinct(StringComparer.Ordinal);
    }

    private static bool Calls(CampaignState state) =>
        Steps(state).Any(s => s is CallStep or WebhookStep { Terms.Consent: WebhookConsent.Phone });

    private static IEnumerable<JourneyStep> Steps(CampaignState state) => state.Entrances.SelectMany(j => j.Steps.Values);

    private static string Plain(string id) => char.ToUpperInvariant(id[0]) + id[1..].Replace('-', ' ');
}
