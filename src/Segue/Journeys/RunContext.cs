using Segue.Customers;
using Segue.Segmentation;

namespace Segue.Journeys;

/// <summary>What the rules of a journey see beside what those of segments do: the segment, and this run's mails clicked in.</summary>
internal static class RunContext
{
    public static RuleContext Of(CustomerWork work, Enrolment run, DateTimeOffset at)
    {
        var context = work.Campaigns.Set.Evaluator.ContextFor(work.Profile.Summary, work.Campaigns.Calibration, at);
        if (run.Clicked is not { Count: > 0 } clicked)
        {
            return context;
        }

        var known = new Dictionary<string, RuleAnswer>(context.Tags);
        foreach (var email in clicked)
        {
            known[GroupField.Clicked + email] = new(true, null);
        }

        return context with { Tags = known };
    }
}
