using Segue.Customers;
using Segue.Events;

namespace Segue.Journeys;

/// <summary>Sets attributes of the customer.</summary>
public sealed record UpdateStep(string Id, string? Next, IReadOnlyDictionary<string, string> Attributes) : JourneyStep(Id, Next), IActingStep
{
    internal override Enrolment Take(StepTaking taking) => taking.GoTo(Next);

    void IActingStep.Act(StepTaking taking)
    {
        var work = taking.Work;
        if (taking.Run.HeldOut)
        {
            return;
        }

        work.Profile = work.Profile with { Contact = work.Profile.Contact.With(new() { Attributes = Attributes }) };
        CustomerTimeline.Evaluate(work, taking.At, startsJourneys: true);
    }
}

/// <summary>Has an event happen to the customer: segments, conditions and other journeys see it as one that was posted.</summary>
public sealed record EmitStep(string Id, string? Next, string Event, IReadOnlyDictionary<string, string>? Attributes)
    : JourneyStep(Id, Next), IActingStep
{
    internal override Enrolment Take(StepTaking taking) => taking.GoTo(Next);

    void IActingStep.Act(StepTaking taking)
    {
        var (work, at) = (taking.Work, taking.At);
        var id = $"step~{taking.Token}";
        if (taking.Run.HeldOut || work.FindEvent(id) is not null)
        {
            return;
        }

        var fact = new CustomerEvent { EventId = id, CustomerId = work.CustomerId, Name = Event, At = at, Attributes = Attributes };
        work.Put(fact);
        CustomerTimeline.Happen(work, fact, at, startsJourneys: true);
    }
}
