namespace Segue.Journeys;

/// <summary>Goes to a step, at most so many times in one run; after that it goes on to <see cref="JourneyStep.Next"/>.</summary>
/// <param name="Id">See <see cref="JourneyStep"/>.</param>
/// <param name="Next">See <see cref="JourneyStep"/>.</param>
/// <param name="To">Id of the step it goes to.</param>
/// <param name="MaxVisits">How often it goes there in one run, 1 or more.</param>
/// <param name="MinDelay">How long it waits before it goes there, counted from the moment the step was due.</param>
public sealed record LinkStep(string Id, string? Next, string To, int MaxVisits, Duration MinDelay = default)
    : JourneyStep(Id, Next)
{
    internal override IEnumerable<string> Successors => Next is null ? [To] : [To, Next];

    internal override IEnumerable<string> AtOnce => MinDelay == default ? Successors : Next is null ? [] : [Next];

    internal override Enrolment Take(StepTaking taking) => taking.Run.VisitOf(Id) < MaxVisits
        ? taking.GoTo(To, taking.After(MinDelay)) : taking.GoTo(Next);
}
