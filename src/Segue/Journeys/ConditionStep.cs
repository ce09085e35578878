using Segue.Customers;
using Segue.Events;
using Segue.Segmentation;

namespace Segue.Journeys;

/// <summary>
/// Waits until one of its branches comes true, the first of them where several do, but no longer than its time-out. A rule
/// that is true already passes at once; an event counts from the moment the wait began.
/// </summary>
/// <param name="Id">See <see cref="JourneyStep"/>.</param>
/// <param name="Branches">In order.</param>
/// <param name="Timeout">The longest wait.</param>
/// <param name="Else">First step of the branch taken then; null goes to the end.</param>
public sealed record ConditionStep(string Id, IReadOnlyList<ConditionBranch> Branches, Duration Timeout, string? Else)
    : JourneyStep(Id, Else)
{
    internal override IEnumerable<string> Successors => Branches.Select(b => b.First).Append(Else).OfType<string>();

    internal override IEnumerable<Rule> Rules => Branches.Select(b => b.If).OfType<Rule>();

    internal override Enrolment Take(StepTaking taking)
    {
        var waiting = taking.Run.TimeoutAt is null
            ? taking.Run with { TimeoutAt = taking.After(Timeout), WaitsFrom = taking.At } : taking.Run;
        return Look(taking.Work, waiting, taking.At, null);
    }

    /// <summary>The run as it stands when its customer is looked at: in the branch that is true, or waiting on.</summary>
    internal Enrolment Look(CustomerWork work, Enrolment run, DateTimeOffset at, CustomerEvent? fact)
    {
        var context = RunContext.Of(work, run, at);
        var until = run.TimeoutAt!.Value;
        foreach (var branch in Branches)
        {
            var answer = branch.If?.Evaluate(context);
            if (answer is { Holds: true } || (fact is not null && fact.At >= run.WaitsFrom && branch.Event?.Matches(fact) == true))
            {
                return Runs.Leave(run, branch.First, at);
            }

            until = answer?.ChangesAt is { } changes && changes > at && changes < until ? changes : until;
        }

        return at >= run.TimeoutAt ? Runs.Leave(run, Else, at) : run with { DueAt = until };
    }
}

/// <summary>One thing that a condition waits for: a rule, or an event.</summary>
/// <param name="If">The rule, or null.</param>
/// <param name="Event">The event, or null.</param>
/// <param name="First">First step of what follows it; null goes to the end.</param>
public sealed record ConditionBranch(Rule? If, EventMatch? Event, string? First);
