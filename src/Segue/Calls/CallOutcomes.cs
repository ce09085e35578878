using Segue.Customers;
using Segue.Events;
using Segue.Journeys;
using Segue.Measurement;

namespace Segue.Calls;

/// <summary>What an answered call does: the run that waits for it takes the outcome's branch, and the customer has had a call.</summary>
internal static class CallOutcomes
{
    /// <summary>Applies an answer at a moment. One that no run waits for any more, or is told twice, does nothing.</summary>
    public static void Apply(CustomerWork work, CallAnswered message, DateTimeOffset at)
    {
        var run = work.Enrolments.FirstOrDefault(e => e.Call?.Token == message.Token);
        if (run is null || Runs.DefinitionOf(work, run)?.Steps.GetValueOrDefault(run.Step ?? "") is not CallStep step
            || !step.Outcomes.TryGetValue(message.Outcome, out var branch))
        {
            return;
        }

        var call = run.Call!;
        work.Add(Runs.FactOf(FactKinds.Called, work, run, at) with { Name = message.Token, Step = step.Id, Reason = message.Outcome });
        work.Add(new CallChange(call, new(message.Outcome, at, message.By)));
        Runs.Wait(work, PauseClock.Apply(Runs.Leave(run, branch, at), work.Campaigns.PausesOf(run.Journey)));
        var fact = new CustomerEvent
        {
            EventId = $"call~{message.Token}",
            CustomerId = work.CustomerId,
            Name = EventNames.Called,
            At = at,
            Attributes = new Dictionary<string, string> { ["queue"] = call.Queue, ["outcome"] = message.Outcome, ["journey"] = call.Journey },
        };
        work.Put(fact);
        CustomerTimeline.Happen(work, fact, at, startsJourneys: true);
    }
}
