using NodaTime;
using Segue.Customers;
using Segue.Segmentation;
using Segue.Storage;

namespace Segue.Journeys;

/// <summary>A run that has come to a step.</summary>
/// <param name="Work">The customer.</param>
/// <param name="Run">The run, at the step.</param>
/// <param name="Journey">The definition it is on.</param>
/// <param name="Names">The installation's secret names.</param>
internal readonly record struct StepTaking(CustomerWork Work, Enrolment Run, Journey Journey, DerivedNames Names)
{
    /// <summary>The step's own moment, however late the handler is.</summary>
    public DateTimeOffset At => Run.DueAt;

    /// <summary>Names this visit to this step.</summary>
    public string Token => Run.Token(Work.CustomerId, Run.Step!);

    /// <summary>The zone that the customer's days are taken in.</summary>
    public DateTimeZone Zone => Work.Zone;

    /// <summary>So long after the step's moment, in the customer's days.</summary>
    public DateTimeOffset After(Duration duration) => CalendarTime.Add(At, duration, Runs.Zones(Work));

    /// <summary>On to another step at once.</summary>
    public Enrolment GoTo(string? step) => Run with { Step = step };

    /// <summary>On to another step at a later moment.</summary>
    public Enrolment GoTo(string? step, DateTimeOffset at) => 
        Run with { Step = step, DueAt = at, WaitsFrom = At, LastSend = null, WaitsAfter = null, WaitLength = null };

    /// <summary>What rules see at the step's moment.</summary>
    public RuleContext Context() => RunContext.Of(Work, Run, At);
}
