namespace Segue.Journeys;

/// <summary>Waits for a length of time, counted from the moment the step was due.</summary>
public sealed record WaitStep(string Id, string? Next, Duration For) : JourneyStep(Id, Next)
{
    internal override IEnumerable<string> AtOnce => [];

    internal override Enrolment Take(StepTaking taking) => taking.GoTo(Next, taking.After(For)) with
    {
        WaitsAfter = taking.Run.LastSend,
        WaitLength = taking.Run.LastSend is null ? null : For,
    };
}

/// <summary>Waits until a moment of the calendar, in the customer's zone.</summary>
/// <param name="Id">See <see cref="JourneyStep"/>.</param>
/// <param name="Next">See <see cref="JourneyStep"/>.</param>
/// <param name="Until">The moment.</param>
/// <param name="Past">What happens when it is past, or the customer has no such date.</param>
public sealed record WaitUntilStep(string Id, string? Next, CalendarMoment Until, WhenPast Past) : JourneyStep(Id, Next)
{
    internal override Enrolment Take(StepTaking taking) =>
        Until.For(taking.Work.Profile.Events?.UsualHour()).AtOrAfter(taking.At, taking.Zone, Until.FromEvent ? taking.Run.Event?.Attributes : taking.Work.Profile.Contact.Attributes) is { } at ? taking.GoTo(Next, at)
        : Past == WhenPast.Exit ? taking.GoTo(null)
        : taking.GoTo(Next);
}

/// <summary>What a wait does whose moment is past.</summary>
public enum WhenPast
{
    /// <summary>Goes on at once.</summary>
    Continue,

    /// <summary>Ends the journey.</summary>
    Exit,
}

/// <summary>Waits for certain hours of certain weekdays in the customer's zone; within them it goes on at once.</summary>
public sealed record WaitWindowStep(string Id, string? Next, DayWindow Window) : JourneyStep(Id, Next)
{
    internal override Enrolment Take(StepTaking taking) => taking.GoTo(Next, Window.AtOrAfter(taking.At, taking.Zone));
}
