using System.Globalization;
using Segue.Email;
using Segue.Events;
using Segue.Journeys;
using Segue.Measurement;
using Segue.Products;
using Segue.Segmentation;

namespace Segue.Customers;

/// <summary>
/// Lets time pass for a customer: everything that was due happens in the order of its moments, each at its own moment,
/// however late the handler is.
/// </summary>
internal sealed class CustomerTimeline(JourneyMachine machine)
{
    private const int MaxMoments = 10_000;

    /// <summary>
    /// Does what is due up to <paramref name="until"/>: evaluates where time changes the answer, then takes the steps due.
    /// </summary>
    public void AdvanceTo(CustomerWork work, DateTimeOffset until, bool inclusive)
    {
        for (var moments = 0; NextMoment(work) is { } next && (next < until || (inclusive && next == until)); moments++)
        {
            if (moments == MaxMoments)
            {
                throw new InvalidOperationException(
                    $"Over {MaxMoments} moments were due for one customer up to {until:O}; the last was {next:O}.");
            }

            if (EvaluationMoment(work) <= next)
            {
                Evaluate(work, next, startsJourneys: !IsSilentlyReevaluated(work));
            }

            if (Carts.Abandon(work, next) is { } abandoned)
            {
                work.Put(abandoned);
                Happen(work, abandoned, next, startsJourneys: true);
            }

            machine.TakeDueSteps(work, next);
        }
    }

    /// <summary>An event that has just been recorded happens: it is remembered, and ends, moves and starts what it is said to.</summary>
    /// <param name="work">The customer.</param>
    /// <param name="fact">The event.</param>
    /// <param name="at">Its place in the customer's life.</param>
    /// <param name="startsJourneys">False where it is history.</param>
    public static void Happen(CustomerWork work, CustomerEvent fact, DateTimeOffset at, bool startsJourneys)
    {
        Remember(work, fact, at);
        Carts.Follow(work, fact, at);
        EventReactions.Exit(work, fact, at);
        Evaluate(work, at, startsJourneys);
        EventReactions.Follow(work, fact, at, startsJourneys);
    }

    /// <summary>Takes an event into what is known of the customer, and starts and ends nothing.</summary>
    /// <param name="work">The customer.</param>
    /// <param name="fact">The event.</param>
    /// <param name="at">Its place in the customer's life.</param>
    public static void Remember(CustomerWork work, CustomerEvent fact, DateTimeOffset at)
    {
        work.Add(Interest.In(fact), at);
        var (profile, memory) = (work.Profile, work.Profile.Events ?? EventMemory.None);
        var outdated = memory.StandsSince.TryGetValue(fact.Name, out var since) && since > fact.At;
        if (EventEffects.AnswerOf(fact, profile.Contact, at) is { } answer)
        {
            work.Add(answer);
        }

        work.Profile = profile with
        {
            Contact = outdated ? profile.Contact : profile.Contact.With(EventEffects.FactsOf(fact)),
            Events = memory.With(fact, work.Trackers, work.Zone),
            Mail = fact.Name == EventNames.EmailClicked ? (profile.Mail ?? MailEngagement.None).Clicked(fact.Value("sendId"), fact.At) : profile.Mail,
        };
    }

    /// <summary>
    /// Evaluates the customer at a moment and does what follows from it: who left a group leaves its journeys, who joined
    /// one enters them.
    /// </summary>
    /// <param name="work">The customer.</param>
    /// <param name="at">The moment.</param>
    /// <param name="startsJourneys">False where history, the first calibration or a new segments file moved them.</param>
    public static void Evaluate(CustomerWork work, DateTimeOffset at, bool startsJourneys)
    {
        var campaigns = work.Campaigns;
        var before = work.Profile.Standing;
        var held = campaigns.Set.Evaluator.Hold(work.Loaded.Summary, work.Profile.Summary, campaigns.Calibration);
        work.Profile = ReferenceEquals(held, work.Profile.Held) ? work.Profile : work.Profile with { Held = held };
        var now = campaigns.Set.Evaluator.Evaluate(work.Profile.Summary, campaigns.Calibration, at);
        if (now.ChangesAt <= at)
        {
            throw new InvalidOperationException($"An evaluation at {at:O} would change at {now.ChangesAt:O}, which is not later.");
        }

        work.Profile = work.Profile with
        {
            Standing = now,
            EvaluatedAt = at,
            CalibrationId = campaigns.Calibration?.Id,
            SegmentsVersion = campaigns.Set.SegmentsVersion,
        };
        if (before?.Segment != now.Segment)
        {
            // Two commits may move a customer at one instant: the moment alone would name both moves alike.
            var name = string.Create(CultureInfo.InvariantCulture, $"{at.UtcTicks:D19}~{work.Profile.Sequence}~{now.Segment}");
            work.Add(new Fact(FactKinds.Moved, work.CustomerId, name, at) { From = before?.Segment, Segment = now.Segment });
        }

        ProfilingObjection.End(work, at);
        foreach (var enrolment in work.Enrolments.OrderBy(e => e.Id, StringComparer.Ordinal).ToList())
        {
            Runs.ExitIfLeft(work, enrolment, before, now, at);
        }

        if (startsJourneys)
        {
            foreach (var journey in campaigns.Entrances)
            {
                if (now.IsIn(journey.Enter.Group) && before?.IsIn(journey.Enter.Group) != true)
                {
                    JourneyEntry.TryEnter(work, journey, at);
                }
            }
        }

        JourneyMachine.Look(work, at, null);
    }

    private static DateTimeOffset? NextMoment(CustomerWork work)
    {
        var next = Moments.Earliest(EvaluationMoment(work), Carts.AbandonedAt(work));
        foreach (var enrolment in work.Enrolments)
        {
            if (Runs.DueOf(work, enrolment) is { } due && (next is null || due < next))
            {
                next = due;
            }
        }

        return next;
    }

    /// <summary>When the answer is next to be looked at: as time has it, or as soon as it is by something outdated.</summary>
    private static DateTimeOffset? EvaluationMoment(CustomerWork work)
    {
        var profile = work.Profile;
        if (profile.Standing is null)
        {
            return null;
        }

        return IsOutdated(work) ? OutdatedSince(work) : profile.Standing.ChangesAt;
    }

    /// <summary>
    /// The moment from which what the customer was evaluated by is not in force any more: never before what they have lived
    /// through, so that what is new does not reach back and start what it would have started then.
    /// </summary>
    private static DateTimeOffset? OutdatedSince(CustomerWork work)
    {
        var (profile, campaigns) = (work.Profile, work.Campaigns);
        var calibrated = profile.CalibrationId != campaigns.Calibration?.Id ? campaigns.Calibration?.At : null;
        var published = profile.SegmentsVersion != campaigns.Set.SegmentsVersion ? campaigns.SegmentsSince : null;
        return new[] { profile.EvaluatedAt, calibrated, published }.Max();
    }

    private static bool IsOutdated(CustomerWork work) =>
        work.Profile.CalibrationId != work.Campaigns.Calibration?.Id
        || work.Profile.SegmentsVersion != work.Campaigns.Set.SegmentsVersion;

    private static bool IsSilentlyReevaluated(CustomerWork work) =>
        work.Profile.SegmentsVersion != work.Campaigns.Set.SegmentsVersion
        || (work.Profile.CalibrationId != work.Campaigns.Calibration?.Id && work.Campaigns.Calibration?.Initial == true);
}
