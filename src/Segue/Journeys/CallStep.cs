using Segue.Calls;
using Segue.Customers;
using Segue.Measurement;

namespace Segue.Journeys;

/// <summary>
/// Puts a call on an agents' list and waits for what comes of it. Who has no number, or has not agreed to be called, takes the
/// <see cref="Expired"/> branch at once; the held-out take it when the time is up, without a call.
/// </summary>
/// <param name="Id">See <see cref="JourneyStep"/>.</param>
/// <param name="Queue">The agents' queue.</param>
/// <param name="Reason">What the call is about.</param>
/// <param name="Priority">1 goes first, 9 last.</param>
/// <param name="Due">How long the call stays on the list.</param>
/// <param name="Outcomes">First step of each outcome's branch; null goes to the end.</param>
/// <param name="Expired">First step of the branch taken when nobody called in time; null goes to the end.</param>
public sealed record CallStep(
    string Id, string Queue, string Reason, int Priority, Duration Due, IReadOnlyDictionary<string, string?> Outcomes, string? Expired)
    : JourneyStep(Id, Expired)
{
    internal override IEnumerable<string> Successors => Outcomes.Values.Append(Expired).OfType<string>();

    internal override Enrolment Take(StepTaking taking)
    {
        var (work, run) = (taking.Work, taking.Run);
        if (run.TimeoutAt is not null)
        {
            if (run.Call is { } waiting)
            {
                work.Add(new CallChange(waiting, new(null, taking.At, null)));
                work.Add(FactOf(FactKinds.CallExpired, taking));
            }

            return Runs.Leave(run, Expired, taking.At);
        }

        var until = taking.After(Due);
        if (run.HeldOut)
        {
            return run with { TimeoutAt = until, DueAt = until, WaitsFrom = taking.At };
        }

        if (!IsCallable(work.Profile.Contact))
        {
            return taking.GoTo(Expired);
        }

        var call = new CallTask
        {
            Queue = Queue,
            CustomerId = work.CustomerId,
            Journey = run.Journey,
            Step = Id,
            Token = taking.Token,
            Priority = Priority,
            Value = work.Profile.Purchases.TotalSpend,
            Reason = Reason,
            Outcomes = [.. Outcomes.Keys],
            AddedAt = taking.At,
            DueAt = until,
        };
        work.Add(new CallChange(call, null));
        work.Add(FactOf(FactKinds.CallAsked, taking));
        return run with { TimeoutAt = until, DueAt = until, WaitsFrom = taking.At, Call = call };
    }

    private static bool IsCallable(CustomerFacts contact) => contact.Phone is not null && contact.PhoneConsent == Consent.Granted;

    private Fact FactOf(string kind, StepTaking taking) =>
        Runs.FactOf(kind, taking.Work, taking.Run, taking.At) with { Name = taking.Token, Step = Id };
}
