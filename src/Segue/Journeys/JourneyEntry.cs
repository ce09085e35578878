using Segue.Customers;
using Segue.Events;
using Segue.Measurement;
using Segue.Segmentation.Predictions;

namespace Segue.Journeys;

/// <summary>Takes customers into journeys.</summary>
internal static class JourneyEntry
{
    /// <summary>Enters the customer, if the journey's terms of entry allow it at this moment.</summary>
    /// <param name="work">The customer.</param>
    /// <param name="journey">The journey, one of those that take people in.</param>
    /// <param name="at">The moment.</param>
    /// <param name="fact">The event that begins it, or null.</param>
    public static void TryEnter(CustomerWork work, Journey journey, DateTimeOffset at, CustomerEvent? fact = null)
    {
        if ((fact is null ? "" : journey.Enter.KeyOf(fact)) is not { } key)
        {
            return;
        }

        var id = Enrolment.IdOf(journey.Id, key);
        var record = work.Profile.Journeys.GetValueOrDefault(id);
        if (at < work.Campaigns.Switches[journey.Id].LiveSince
            || work.FindEnrolment(id) is not null
            || (record is not null && !MayReenter(work, journey, record, at))
            || at - work.Profile.Purchases.LastOrderAt > work.Campaigns.Set.Settings.MaxSilence
            || ProfilingObjection.Bars(work, journey))
        {
            return;
        }

        var drawId = work.Profile.DrawId;
        var settings = work.Campaigns.Set.Settings;
        var isGlobal = Holdout.IsGlobal(drawId, settings.GlobalHoldout, at);
        var enrolment = new Enrolment
        {
            Journey = journey.Id,
            Version = journey.Version,
            Key = key,
            Event = fact,
            Life = work.Profile.Life,
            Run = (record?.Runs ?? 0) + 1,
            Step = journey.First,
            DueAt = at,
            WaitsFrom = at,
            EnteredAt = at,
            Segment = work.Profile.Standing!.Segment,
            Reachable = work.Profile.Summary.Reachable,
            HeldOut = isGlobal || Holdout.IsOf(drawId, journey.Id, journey.Holdout),
            LastOrderAt = work.Profile.Purchases.LastOrderAt,
        };
        work.Definitions[(journey.Id, journey.Version)] = journey;
        work.Put(enrolment);
        Runs.Remember(work, enrolment, null);
        work.Add(Runs.FactOf(FactKinds.Entered, work, enrolment, at) with { PredictedValue = ValueModel.Predict(work.Profile.Summary, work.Campaigns.Calibration) });
        if (journey.Goal is { } goal)
        {
            var arms = Experiments.OfHoldout(journey, settings.GlobalHoldout, enrolment, isGlobal);
            Goals.Open(work, enrolment, CalendarTime.Add(at, goal.Within, Runs.Zones(work)), arms);
        }
    }

    private static bool MayReenter(CustomerWork work, Journey journey, JourneyRecord record, DateTimeOffset at) =>
        journey.Enter.Reentry is { Allowed: true, After: var after }
        && record.LastExitAt is { } exit && at >= CalendarTime.Add(exit, after, Runs.Zones(work));
}
