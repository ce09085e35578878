using Segue.Calls;
using Segue.Customers;
using Segue.Email;
using Segue.Events;
using Segue.Measurement;
using Segue.Messaging;
using Segue.Orders;
using Segue.Segmentation;
using Segue.Webhooks;

namespace Segue.Journeys;

/// <summary>How a run through a journey waits, and how it ends.</summary>
internal static class Runs
{
    /// <summary>The attribute that says where a customer lives, as ISO 3166-1 alpha-2.</summary>
    public const string CountryAttribute = "country";

    /// <summary>The journey's definition as the run entered on it, or null where it was lost.</summary>
    public static Journey? DefinitionOf(CustomerWork work, Enrolment enrolment) =>
        work.Definitions.GetValueOrDefault((enrolment.Journey, enrolment.Version));

    /// <summary>
    /// When the run's next step is due, moved by the pauses it has waited through; null while a pause keeps it.
    /// </summary>
    public static DateTimeOffset? DueOf(CustomerWork work, Enrolment enrolment) =>
        PauseClock.Apply(enrolment, work.Campaigns.PausesOf(enrolment.Journey)) is { Held: false } e ? e.DueAt : null;

    /// <summary>Writes down what pauses have done to the waits, and what must wake them.</summary>
    public static void KeepPauses(CustomerWork work)
    {
        foreach (var enrolment in work.Enrolments.ToList())
        {
            var moved = PauseClock.Apply(enrolment, work.Campaigns.PausesOf(enrolment.Journey));
            if (!ReferenceEquals(moved, enrolment))
            {
                Wait(work, moved);
            }
        }
    }

    /// <summary>The run as it stands when what it waited for is decided: in a branch, at that moment.</summary>
    public static Enrolment Leave(Enrolment run, string? step, DateTimeOffset at) => run with
    {
        Step = step, DueAt = at, WaitsFrom = at, TimeoutAt = null, Call = null, LastSend = null, WaitsAfter = null, WaitLength = null,
    };

    /// <summary>Keeps the run waiting, with a way to wake.</summary>
    public static void Wait(CustomerWork work, Enrolment enrolment)
    {
        work.Put(enrolment);
        var token = enrolment.Token(work.CustomerId, enrolment.Step ?? "end");
        var wake = new WakeUp { CustomerId = work.CustomerId, At = enrolment.DueAt, Why = token };
        var moment = new DueMoment(enrolment.DueAt, Queues.JourneySteps, enrolment.Id, wake);
        if (enrolment.Held)
        {
            work.Hold(enrolment.Journey, moment);
        }
        else
        {
            work.Add(moment);
        }
    }

    /// <summary>Ends the run where the customer has just left a group that it must not outlast.</summary>
    public static void ExitIfLeft(CustomerWork work, Enrolment enrolment, Evaluation? before, Evaluation now, DateTimeOffset at)
    {
        var left = DefinitionOf(work, enrolment)?.ExitWhen.FirstOrDefault(
            rule => rule.Leaves is { } group && before?.IsIn(group) == true && !now.IsIn(group));
        if (left is not null)
        {
            Exit(work, enrolment, at, $"leaves {left.Leaves}");
        }
    }

    /// <summary>
    /// Ends the runs that an order ends: those that say so, where the order is later than the last one known at entry.
    /// </summary>
    /// <remarks>What each rule asks of the order besides is asked here too.</remarks>
    public static void ExitOnOrder(CustomerWork work, Order order, DateTimeOffset at)
    {
        var fact = OrderEvents.Of(order);
        foreach (var enrolment in work.Enrolments.OrderBy(e => e.Id, StringComparer.Ordinal).ToList())
        {
            if ((enrolment.LastOrderAt is null || order.OrderedAt > enrolment.LastOrderAt)
                && DefinitionOf(work, enrolment)?.ExitWhen.Any(rule => rule.IsMetBy(fact)) == true)
            {
                Exit(work, enrolment, at, JourneyEvents.Order);
            }
        }
    }

    /// <summary>
    /// Whether an event speaks of a run: always, unless the runs have keys and the event names another run's.
    /// </summary>
    public static bool IsAbout(CustomerWork work, Enrolment run, CustomerEvent fact) =>
        DefinitionOf(work, run)?.Enter is not { Key: not null } enter || enter.KeyOf(fact) is not { } key || key == run.Key;

    /// <summary>Ends a run at once: what it had planned to send is withheld.</summary>
    public static void Exit(CustomerWork work, Enrolment enrolment, DateTimeOffset at, string reason)
    {
        foreach (var send in work.OpenSends.Where(s => s.Status == SendStatus.Pending && IsOf(s, enrolment)).ToList())
        {
            work.Settle(send with { Status = SendStatus.Withheld, SettledAt = at, Reason = reason });
            work.Add(SendFacts.Of(FactKinds.Withheld, work.CustomerId, send, at, reason));
        }

        foreach (var call in work.OpenWebhooks.Where(c => c.IsOf(enrolment)).ToList())
        {
            work.Settle(call with { Status = WebhookStatus.Withheld, SettledAt = at, NotBefore = null, Reason = reason });
            work.Add(call.FactOf(FactKinds.WebhookWithheld, work.CustomerId, at, reason));
        }

        End(work, enrolment, at, reason);
    }

    /// <summary>Ends a run that came to its end; what it has sent, or is about to, stays.</summary>
    public static void End(CustomerWork work, Enrolment enrolment, DateTimeOffset at, string reason)
    {
        if (enrolment.Call is { } call)
        {
            work.Add(new CallChange(call, new(null, at, null)));
        }

        var ended = enrolment with { EndedAt = at, EndReason = reason, Call = null };
        work.End(ended);
        Remember(work, ended, at);
        work.Add(FactOf(FactKinds.Exited, work, ended, at) with { Step = ended.Step, Reason = reason });
    }

    /// <summary>Keeps in the profile what terms of entry will ask for.</summary>
    public static void Remember(CustomerWork work, Enrolment enrolment, DateTimeOffset? exitAt) =>
        work.Profile = work.Profile with
        {
            Journeys = new Dictionary<string, JourneyRecord>(work.Profile.Journeys)
            {
                [enrolment.Id] = new(enrolment.Run, enrolment.EnteredAt, exitAt),
            },
        };

    /// <summary>
    /// The zones that a customer's calendar days are taken in, the first known one counts: their own, that of their country (their
    /// attribute <c>country</c>), the shop's.
    /// </summary>
    public static string?[] Zones(CustomerWork work)
    {
        var contact = work.Profile.Contact;
        return [contact.TimeZone, CountryZones.Of(contact.Attributes?.GetValueOrDefault(CountryAttribute)), work.Campaigns.Set.Settings.Zone];
    }

    /// <summary>What reports learn of a run.</summary>
    public static Fact FactOf(string kind, CustomerWork work, Enrolment e, DateTimeOffset at) =>
        new(kind, work.CustomerId, $"{e.Id}~{e.Run}", at) { Journey = e.Journey, Segment = e.Segment, HeldOut = e.HeldOut, Variant = e.Variant };

    private static bool IsOf(Send send, Enrolment enrolment) =>
        send.Journey == enrolment.Journey && send.Key == enrolment.Key && send.Run == enrolment.Run;
}
