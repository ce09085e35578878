using Segue.Campaigns;
using Segue.Customers;
using Segue.Email;
using Segue.Events;
using Segue.Measurement;
using Segue.Webhooks;

namespace Segue.Journeys;

/// <summary>
/// What an objection to profiling does to journeys: marketing that goes by what a customer is like ends and begins no more. What is no
/// marketing goes on, and so does marketing that treats everybody alike.
/// </summary>
internal static class ProfilingObjection
{
    /// <summary>Why runs ended and mails were withheld.</summary>
    public const string Reason = "objects to profiling";

    /// <summary>Events that Segue itself makes of what a customer looked at, put aside or is fond of.</summary>
    private static readonly HashSet<string> _workedOut =
        [EventNames.CartAbandoned, EventNames.PriceDropped, EventNames.Released, EventNames.Restocked];

    /// <summary>Whether a journey may not have this customer.</summary>
    public static bool Bars(CustomerWork work, Journey journey) => work.Profile.Objects && NeedsProfiling(work.Campaigns.Set, journey);

    /// <summary>
    /// Whether a journey is marketing that goes by what is known of its people: whom it takes in, which way they go, or what a mail shows.
    /// </summary>
    public static bool NeedsProfiling(CampaignSet set, Journey journey) =>
        journey.Steps.Values.Any(s => s is SendStep { Transactional: false } or CallStep or WebhookStep { Terms.Consent: not WebhookConsent.None })
        && (journey.Enter.Group.Length > 0 || journey.Enter.Schedule?.Group is not null || (journey.Enter.Event is { } e && _workedOut.Contains(e.Name))
            || journey.Rules.Any()
            || journey.Steps.Values.OfType<SendStep>().Any(s => set.Emails.TryGetValue(s.Email, out var mail) && mail.ShowsRecommendations));

    /// <summary>Ends what is under way, and withholds what a run that is over has left to send. Nothing where the customer does not object.</summary>
    public static void End(CustomerWork work, DateTimeOffset at)
    {
        if (!work.Profile.Objects)
        {
            return;
        }

        foreach (var run in work.Enrolments.OrderBy(e => e.Id, StringComparer.Ordinal).ToList())
        {
            if (Runs.DefinitionOf(work, run) is not { } journey || NeedsProfiling(work.Campaigns.Set, journey))
            {
                Runs.Exit(work, run, at, Reason);
            }
        }

        foreach (var send in work.OpenSends.Where(s => s is { Status: SendStatus.Pending, Transactional: false } && MayNeed(work, s.Journey)).ToList())
        {
            work.Settle(send with { Status = SendStatus.Withheld, SettledAt = at, Reason = Reason });
            work.Add(SendFacts.Of(FactKinds.Withheld, work.CustomerId, send, at, Reason));
        }

        foreach (var call in work.OpenWebhooks.Where(c => c.Terms.Consent != WebhookConsent.None && MayNeed(work, c.Journey)).ToList())
        {
            work.Settle(call with { Status = WebhookStatus.Withheld, SettledAt = at, NotBefore = null, Reason = Reason });
            work.Add(call.FactOf(FactKinds.WebhookWithheld, work.CustomerId, at, Reason));
        }
    }

    /// <summary>By the definition in force; one that there is no more may have been anything.</summary>
    private static bool MayNeed(CustomerWork work, string journey) =>
        !work.Campaigns.Set.Journeys.TryGetValue(journey, out var known) || NeedsProfiling(work.Campaigns.Set, known);
}
