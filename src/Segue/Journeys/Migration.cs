using Segue.Customers;

namespace Segue.Journeys;

/// <summary>
/// Takes those under way to a newer version that says <c>migrate: true</c>, where that has the step they wait at, of the same kind. The
/// moment they wait for stays; what comes after is the new version's. Whom it can't take finishes on the version they entered.
/// </summary>
internal static class Migration
{
    public static void Apply(CustomerWork work)
    {
        foreach (var run in work.Enrolments.ToList())
        {
            if (work.Campaigns.Set.Journeys.GetValueOrDefault(run.Journey) is { Migrate: true } current && current.Version != run.Version
                && run.Step is { } step && current.Steps.TryGetValue(step, out var now)
                && Runs.DefinitionOf(work, run)?.Steps.GetValueOrDefault(step)?.GetType() == now.GetType())
            {
                work.Definitions[(current.Id, current.Version)] = current;
                work.Put(run with { Version = current.Version });
            }
        }
    }
}
