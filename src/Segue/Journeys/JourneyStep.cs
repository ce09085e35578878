using Segue.Segmentation;

namespace Segue.Journeys;

/// <summary>One step of a journey: what the file says, and what it does to a run that comes to it.</summary>
/// <param name="Id">The <c>id</c> that the file gives it, else its path: <c>3.then.1</c>.</param>
/// <param name="Next">Id of the step after it; null is the end of the journey.</param>
public abstract record JourneyStep(string Id, string? Next)
{
    /// <summary>The steps that may come next; what null leads to, the end, is left out.</summary>
    internal virtual IEnumerable<string> Successors => Next is null ? [] : [Next];

    /// <summary>Those of them that may come at the very moment of this step.</summary>
    internal virtual IEnumerable<string> AtOnce => Successors;

    /// <summary>The rules that it asks.</summary>
    internal virtual IEnumerable<Rule> Rules => [];

    /// <summary>Takes the step: the run as it stands after it.</summary>
    internal abstract Enrolment Take(StepTaking taking);
}

/// <summary>A step that changes what the customer's segments, and so their other journeys, depend on.</summary>
internal interface IActingStep
{
    /// <summary>Acts, when the run has already gone on: what follows may even end it.</summary>
    void Act(StepTaking taking);
}

/// <summary>Ends the journey.</summary>
public sealed record EndStep(string Id, string Reason) : JourneyStep(Id, null)
{
    internal override Enrolment Take(StepTaking taking) => taking.GoTo(null);
}
