using Segue.Customers;
using Segue.Events;

namespace Segue.Journeys;

/// <summary>What an event that has just been recorded does to journeys.</summary>
internal static class EventReactions
{
    /// <summary>
    /// Before the customer is evaluated anew: notes a click with the run whose mail it was in, and ends the runs whose
    /// <c>exitWhen</c> names the event.
    /// </summary>
    /// <param name="work">The customer.</param>
    /// <param name="fact">The event.</param>
    /// <param name="at">Its place in the customer's life.</param>
    public static void Exit(CustomerWork work, CustomerEvent fact, DateTimeOffset at)
    {
        foreach (var run in work.Enrolments.OrderBy(e => e.Id, StringComparer.Ordinal).ToList())
        {
            if (fact.Name == EventNames.EmailClicked && fact.Value("sendId") is { } sendId
                && run.Mails?.GetValueOrDefault(sendId) is { } email && run.Clicked?.Contains(email) != true)
            {
                work.Put(run with { Clicked = [.. run.Clicked ?? [], email] });
            }

            // What happened before they came in is no reason to leave.
            if (fact.At >= run.EnteredAt && Runs.IsAbout(work, run, fact)
                && Runs.DefinitionOf(work, run)?.ExitWhen.Any(rule => rule.IsMetBy(fact)) == true)
            {
                Runs.Exit(work, work.FindEnrolment(run.Id)!, at, fact.Name);
            }
        }
    }

    /// <summary>After the customer was evaluated anew: conditions that wait for the event are met, and journeys begin by it.</summary>
    /// <param name="work">The customer.</param>
    /// <param name="fact">The event.</param>
    /// <param name="at">Its place in the customer's life.</param>
    /// <param name="startsJourneys">False where it is history.</param>
    public static void Follow(CustomerWork work, CustomerEvent fact, DateTimeOffset at, bool startsJourneys)
    {
        JourneyMachine.Look(work, at, fact);
        if (!startsJourneys)
        {
            return;
        }

        foreach (var journey in work.Campaigns.Entrances.Where(j => j.Enter.Event?.Matches(fact) == true))
        {
            JourneyEntry.TryEnter(work, journey, at, fact);
        }
    }
}
