using NodaTime;
using Segue.Campaigns;
using Segue.Customers;
using Segue.Journeys;

namespace Segue.Email;

/// <summary>How much marketing mail a customer gets at most, across all journeys.</summary>
/// <param name="PerDay">In one calendar day of the customer's, or null.</param>
/// <param name="PerWeek">In that day and the six before it, or null.</param>
public sealed record FrequencyCaps(int? PerDay, int? PerWeek);

/// <summary>A marketing mail that was claimed: an unknown one counts as sent.</summary>
/// <param name="SendId">Its name.</param>
/// <param name="At">The moment of the claim.</param>
public sealed record MailedAt(string SendId, DateTimeOffset At);

/// <summary>When a marketing mail may go: outside of quiet hours, and not more of them than the caps allow.</summary>
internal static class SendPacing
{
    /// <summary>The reason of a mail that a cap left out.</summary>
    public const string Capped = "frequency cap";

    private const int Week = 7;

    /// <summary>The first moment at or after now at which the mail may go, and whether a cap, not only the hour, keeps it.</summary>
    /// <param name="work">The customer.</param>
    /// <param name="send">The mail.</param>
    /// <param name="now">The moment.</param>
    /// <param name="toAddress">What other customers of the address were mailed; null for nothing.</param>
    public static (DateTimeOffset At, bool IsCapped) NextAllowed(
        CustomerWork work, Send send, DateTimeOffset now, IReadOnlyList<MailedAt>? toAddress = null)
    {
        var settings = work.Campaigns.Set.Settings;
        if (send.Transactional || (settings.QuietHours is null && settings.Caps is null))
        {
            return (now, false);
        }

        var (at, capped, zone) = (now, false, work.Zone);
        var counted = work.Profile.Mailed.Concat(toAddress ?? []).Concat(GoFirst(work, send, now));
        var mailed = counted.Where(m => m.SendId != send.Id).DistinctBy(m => m.SendId).Select(m => DayOf(m.At, zone)).Order().ToList();
        while (true)
        {
            var before = at;
            if (CapEnds(settings.Caps, mailed, DayOf(at, zone)) is { } free)
            {
                (at, capped) = (CalendarTime.At(free, LocalTime.Midnight, zone), true);
            }

            at = settings.QuietHours is { } quiet ? new DayWindow(quiet.To, quiet.From).AtOrAfter(at, zone) : at;
            if (at == before)
            {
                return (at, capped);
            }
        }
    }

    /// <summary>Notes a mail that is claimed at a moment; what no cap looks at any more is forgotten.</summary>
    public static CustomerProfile Claimed(CustomerProfile profile, Send send, DateTimeOffset at) => send.Transactional ? profile
        : profile with { Mailed = [.. profile.Mailed.Where(m => m.SendId != send.Id && m.At > at.AddDays(-Week - 2)), new(send.Id, at)] };

    /// <summary>What waits for the same room and goes before it: mails of journeys with a higher priority count as if they had gone.</summary>
    private static IEnumerable<MailedAt> GoFirst(CustomerWork work, Send send, DateTimeOffset now)
    {
        var priority = PriorityOf(work, send);
        return work.OpenSends
            .Where(s => s.Status == SendStatus.Pending && !s.Transactional && (s.NotBefore ?? s.DueAt) <= now && PriorityOf(work, s) < priority)
            .Select(s => new MailedAt(s.Id, now));
    }

    private static int PriorityOf(CustomerWork work, Send send) =>
        (work.Definitions.GetValueOrDefault((send.Journey, send.Version)) ?? work.Campaigns.Set.Journeys.GetValueOrDefault(send.Journey))?.Priority
        ?? Journey.DefaultPriority;

    /// <summary>Forgets a mail that did not go after all.</summary>
    public static CustomerProfile Returned(CustomerProfile profile, string sendId) =>
        profile.Mailed.Any(m => m.SendId == sendId) ? profile with { Mailed = [.. profile.Mailed.Where(m => m.SendId != sendId)] } : profile;

    /// <summary>
    /// Keeps a mail for a later moment. A wait that follows it counts from when it goes.
    /// </summary>
    public static void Postpone(CustomerWork work, Send send, DateTimeOffset until)
    {
        work.Put(send with { NotBefore = until });
        if (work.FindEnrolment(Enrolment.IdOf(send.Journey, send.Key)) is { } run && run.Run == send.Run
            && run.WaitsAfter == send.Id && run.WaitLength is { } length)
        {
            Runs.Wait(work, run with { DueAt = CalendarTime.Add(until, length, Runs.Zones(work)), WaitsFrom = until });
        }
    }

    /// <summary>The first day on which the caps leave room; null where they do today.</summary>
    private static LocalDate? CapEnds(FrequencyCaps? caps, List<LocalDate> mailed, LocalDate today)
    {
        var week = mailed.Where(d => d > today.PlusDays(-Week)).ToList();
        if (caps?.PerWeek is { } perWeek && week.Count >= perWeek)
        {
            return week[week.Count - perWeek].PlusDays(Week);
        }

        return caps?.PerDay is { } perDay && mailed.Count(d => d == today) >= perDay ? today.PlusDays(1) : null;
    }

    private static LocalDate DayOf(DateTimeOffset at, DateTimeZone zone) => Instant.FromDateTimeOffset(at).InZone(zone).Date;
}
