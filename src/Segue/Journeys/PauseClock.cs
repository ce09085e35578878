using Segue.Campaigns;

namespace Segue.Journeys;

/// <summary>
/// What a journey's pauses do to one who waits in it: each pause that begins before the step is due, and does not end before
/// the wait began, moves the step by the pause's whole length. So nobody is lost, and those whom a pause overtook come
/// out of it spread as they went in.
/// </summary>
internal static class PauseClock
{
    /// <summary>The enrolment with its due moment moved; the same object where nothing has changed.</summary>
    public static Enrolment Apply(Enrolment enrolment, IReadOnlyList<Pause> pauses)
    {
        var (due, seen, held) = (enrolment.DueAt, enrolment.PausesSeen, false);
        for (var i = seen; i < pauses.Count && pauses[i].From <= due; i++)
        {
            if (pauses[i].Until is not { } until)
            {
                held = true;
                break;
            }

            seen = i + 1;
            if (until > enrolment.WaitsFrom)
            {
                due += until - pauses[i].From;
            }
        }

        return due == enrolment.DueAt && held == enrolment.Held && seen == enrolment.PausesSeen ? enrolment
            : enrolment with { DueAt = due, Held = held, PausesSeen = seen, TimeoutAt = enrolment.TimeoutAt + (due - enrolment.DueAt) };
    }
}
