using Segue.Campaigns;
using Segue.Customers;

namespace Segue.Http.Reports;

/// <summary>Whom to name of those under way in a journey.</summary>
/// <param name="Journey">Its id; also of one whose file is gone.</param>
/// <param name="Version">Only on this version, or null.</param>
/// <param name="Step">Only those whose next step this is, or null.</param>
/// <param name="After">Only customers whose ids sort after this one, or null.</param>
/// <param name="Limit">Runs to name at most, 1 to <see cref="LargestLimit"/>.</param>
public sealed record PeopleWish(string Journey, string? Version = null, string? Step = null, string? After = null, int Limit = 100)
{
    /// <summary>The most runs that are named at once.</summary>
    public const int LargestLimit = 1000;
}

/// <summary>Who is where in a journey.</summary>
public sealed record JourneyPeople
{
    /// <summary>The moment.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The journey's id.</summary>
    public required string Journey { get; init; }

    /// <summary>All runs under way, by version and step: the version in force first.</summary>
    public required IReadOnlyList<StepCount> Steps { get; init; }

    /// <summary>Runs under way that are named or would be on a later page.</summary>
    public required int Matching { get; init; }

    /// <summary>Those named, by customer.</summary>
    public required IReadOnlyList<PersonInJourney> People { get; init; }

    /// <summary>What to ask for <c>after</c> to see the rest; null where this is all.</summary>
    public string? Next { get; init; }

    internal static JourneyPeople? Of(
        PeopleWish wish, CampaignState state, DateTimeOffset now, IReadOnlyList<(string CustomerId, JourneyPlace Place)> runs)
    {
        var current = state.Set.Journeys.GetValueOrDefault(wish.Journey)?.Version;
        if (current is null && runs.Count == 0)
        {
            return null;
        }

        var matching = runs.Where(r => (wish.Version is null || r.Place.Version == wish.Version) && (wish.Step is null || r.Place.Step == wish.Step)
                && (wish.After is null || string.CompareOrdinal(r.CustomerId, wish.After) > 0))
            .OrderBy(r => r.CustomerId, StringComparer.Ordinal).ThenBy(r => r.Place.DueAt).ToList();

        // A customer's runs stay on one page, so that the next begins after the customer.
        var shown = matching.Count <= wish.Limit ? matching.Count
            : Math.Max(matching.FindIndex(r => r.CustomerId == matching[wish.Limit].CustomerId), 0) is > 0 and var cut ? cut
            : matching.FindLastIndex(r => r.CustomerId == matching[0].CustomerId) + 1;
        return new()
        {
            At = now,
            Journey = wish.Journey,
            Matching = matching.Count,
            Next = shown < matching.Count ? matching[shown - 1].CustomerId : null,
            People = [.. matching.Take(shown).Select(r => new PersonInJourney(r.CustomerId, r.Place.Version, r.Place.Step, r.Place.DueAt, r.Place.EnteredAt, r.Place.HeldOut))],
            Steps =
            [
                .. runs.GroupBy(r => (r.Place.Version, r.Place.Step))
                    .Select(g => new StepCount(g.Key.Version, g.Key.Version == current, g.Key.Step, g.Count(r => !r.Place.HeldOut), g.Count(r => r.Place.HeldOut)))
                    .OrderByDescending(s => s.Current).ThenBy(s => s.Version, StringComparer.Ordinal).ThenByDescending(s => s.Here).ThenBy(s => s.Step, StringComparer.Ordinal),
            ],
        };
    }
}

/// <summary>How many are at a step of a version.</summary>
/// <param name="Version">The definition's.</param>
/// <param name="Current">Whether that is in force.</param>
/// <param name="Step">The step that is next; null is the end.</param>
/// <param name="Here">Runs, held out ones left out.</param>
/// <param name="HeldOut">Runs held out.</param>
public sealed record StepCount(string Version, bool Current, string? Step, int Here, int HeldOut);

/// <summary>One run under way.</summary>
public sealed record PersonInJourney(string CustomerId, string Version, string? Step, DateTimeOffset DueAt, DateTimeOffset EnteredAt, bool HeldOut);
