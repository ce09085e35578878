using Segue.Campaigns;
using Segue.Customers;
using Segue.Journeys;

namespace Segue.Http.Reports;

/// <summary>Draws a journey: its definition, its figures and who is where, put together.</summary>
internal static class JourneyPictures
{
    public static JourneyDetail Of(
        Journey journey, CampaignState state, DateTimeOffset now, RunFigures runs,
        IReadOnlyList<(string CustomerId, JourneyPlace Place)> people, int shown)
    {
        var mailed = people.Where(p => !p.Place.HeldOut).ToList();
        var atStep = mailed.CountBy(p => p.Place.Step ?? "").ToDictionary();
        var toggle = state.Switches.GetValueOrDefault(journey.Id);
        return new()
        {
            At = now,
            Id = journey.Id,
            Name = journey.Name,
            Status = ShopReports.StatusOf(journey, state),
            Group = journey.Enter.Occasion,
            GroupName = state.Set.Evaluator.Segments.Concat(state.Set.Evaluator.Tags)
                .FirstOrDefault(s => s.Id == journey.Enter.Occasion)?.Name ?? journey.Enter.Occasion,
            Version = journey.Version,
            Goal = journey.Goal is { } goal ? $"{goal.Event} within {StepWords.Of(goal.Within)}" : null,
            Exits = [.. journey.ExitWhen.Select(e => e.Event ?? $"leaving {e.Leaves}")],
            Holdout = journey.Holdout,
            Reentry = !journey.Enter.Reentry.Allowed ? "never"
                : journey.Enter.Reentry.After == default ? "at any time" : $"{StepWords.Of(journey.Enter.Reentry.After)} after the last exit",
            LiveSince = toggle is { TakesIn: true } ? toggle.LiveSince : null,
            SwitchedBy = toggle?.By,
            Figures = runs with { Here = mailed.Count, HereHeldOut = people.Count - mailed.Count },
            First = journey.First,
            Steps =
            [
                .. journey.Steps.Values.Select(StepWords.Of).Select(s => s with
                {
                    Here = atStep.GetValueOrDefault(s.Id),
                    Sent = runs.SentByStep.GetValueOrDefault(s.Id),
                    Withheld = runs.WithheldByStep.GetValueOrDefault(s.Id),
                }),
            ],
            Versions =
            [
                .. people.CountBy(p => p.Place.Version).Select(v => new VersionPicture(v.Key, v.Value, v.Key == journey.Version))
                    .Concat(people.Any(p => p.Place.Version == journey.Version) ? [] : [new VersionPicture(journey.Version, 0, true)])
                    .OrderByDescending(v => v.Current).ThenByDescending(v => v.Here),
            ],
            People =
            [
                .. mailed.OrderBy(p => p.Place.DueAt).ThenBy(p => p.CustomerId, StringComparer.Ordinal).Take(shown)
                    .Select(p => new PersonHere(p.CustomerId, p.Place.Step, p.Place.DueAt, p.Place.EnteredAt)),
            ],
        };
    }
}
