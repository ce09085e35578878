using Segue.Customers;
using Segue.Events;
using Segue.Storage;

namespace Segue.Journeys;

/// <summary>Moves one customer through the steps of journeys. Works on <see cref="CustomerWork"/> and touches nothing else.</summary>
internal sealed class JourneyMachine(DerivedNames names)
{
    private const int MaxStepsAtOnce = 1000;

    /// <summary>Takes every step that is due at this moment or before it, each run until it waits or ends.</summary>
    public void TakeDueSteps(CustomerWork work, DateTimeOffset at)
    {
        // By id, for a step of one run may end or move another.
        foreach (var id in work.Enrolments.Select(e => e.Id).Order(StringComparer.Ordinal).ToList())
        {
            if (work.FindEnrolment(id) is not { } enrolment)
            {
                continue;
            }

            var moved = PauseClock.Apply(enrolment, work.Campaigns.PausesOf(enrolment.Journey));
            if (!moved.Held && moved.DueAt <= at)
            {
                TakeSteps(work, moved, at);
            }
            else if (!ReferenceEquals(moved, enrolment))
            {
                Runs.Wait(work, moved);
            }
        }
    }

    /// <summary>
    /// Looks at the runs that wait for a condition, after the customer has changed at a moment: one that has come true takes its
    /// branch, and a rule that will change at another time than before is looked at then.
    /// </summary>
    public static void Look(CustomerWork work, DateTimeOffset at, CustomerEvent? fact)
    {
        foreach (var run in work.Enrolments.Where(e => e.TimeoutAt is not null).OrderBy(e => e.Id, StringComparer.Ordinal).ToList())
        {
            if (Runs.DefinitionOf(work, run)?.Steps.GetValueOrDefault(run.Step ?? "") is ConditionStep step
                && (fact is null || Runs.IsAbout(work, run, fact)))
            {
                var looked = step.Look(work, run, at, fact);
                if (looked != run)
                {
                    Runs.Wait(work, PauseClock.Apply(looked, work.Campaigns.PausesOf(run.Journey)));
                }
            }
        }
    }

    private void TakeSteps(CustomerWork work, Enrolment enrolment, DateTimeOffset at)
    {
        if (Runs.DefinitionOf(work, enrolment) is not { } journey)
        {
            Runs.End(work, enrolment, at, "definition lost");
            return;
        }

        for (var taken = 0; taken < MaxStepsAtOnce; taken++)
        {
            if (enrolment.Step is null || !journey.Steps.TryGetValue(enrolment.Step, out var step))
            {
                Runs.End(work, enrolment, enrolment.DueAt, "completed");
                return;
            }

            if (step is EndStep end)
            {
                Runs.End(work, enrolment, enrolment.DueAt, end.Reason);
                return;
            }

            var taking = new StepTaking(work, enrolment, journey, names);
            var next = step.Take(taking);
            next = journey.HasLinks && next is { TimeoutAt: null, Slot: null } ? next with { Visits = Visited(enrolment, step.Id) } : next;
            enrolment = PauseClock.Apply(next, work.Campaigns.PausesOf(journey.Id));
            if (step is IActingStep acting)
            {
                Runs.Wait(work, enrolment);
                acting.Act(taking);
                return;
            }

            if (enrolment.Held || enrolment.DueAt > at || enrolment.Slot is { GrantedAt: null })
            {
                Runs.Wait(work, enrolment);
                return;
            }
        }

        throw new InvalidOperationException($"Journey {journey.Id} took {MaxStepsAtOnce} steps without a wait.");
    }

    private static Dictionary<string, int> Visited(Enrolment enrolment, string step) =>
        new(enrolment.Visits ?? new Dictionary<string, int>()) { [step] = enrolment.VisitOf(step) + 1 };
}
