using Segue.Customers;
using Segue.Events;

namespace Segue.Journeys;

/// <summary>What an event that has just been recorded does to journeys.</summary>
internal static class EventReactions
{
    /// <summary>Before the customer is evaluated anew: ends the runs whose <c>exitWhen</c> names the event.</summary>
    /// <param name="work">The customer.</param>
    /// <param name="fact">The event.</param>
    /// <param name="at">Its place in the customer's life.</param>
    public static void Exit(CustomerWork work, CustomerEvent fact, DateTimeOffset at)
    {
        foreach (var run in work.Enrolments.OrderBy(e => e.Id, StringComparer.Ordinal).ToList())
        {
            // What happened before they came in is no reason to leave.
            if (fact.At >= run.EnteredAt && Runs.DefinitionOf(work, run)?.ExitWhen.Any(rule => rule.Event == fact.Name) == true)
            {
                Runs.Exit(work, run, at, fact.Name);
            }
        }
    }
}
