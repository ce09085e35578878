using Segue.Campaigns;
using Segue.Files;

namespace Segue.Journeys.Definitions;

/// <summary>Checks of a journey's steps as a whole: where links go, cycles without a wait, and steps that nothing leads to.</summary>
internal static class StepGraph
{
    public static void Check(string first, StepReader reader, FileErrors errors)
    {
        var steps = reader.Steps;
        var dangling = steps.Values.OfType<LinkStep>().Where(l => !steps.ContainsKey(l.To)).ToList();
        foreach (var link in dangling)
        {
            var to = reader.Node(link.Id)["link"]!["to"]!;
            errors.Add(to, $"Found '{link.To}'; expected the id of a step of this journey.{Suggestion.For(link.To, steps.Keys)}");
        }

        if (dangling.Count > 0)
        {
            return;
        }

        foreach (var link in steps.Values.OfType<LinkStep>().Where(l => ComesBackAtOnce(l, steps)))
        {
            errors.Add(reader.Node(link.Id)["link"]!["to"]!,
                $"Found a cycle without a wait: from '{link.To}' the journey comes back here at once. Put a wait between, or give the link a minDelay.");
        }

        var reached = Reach(first, steps, s => s.Successors);
        foreach (var id in steps.Keys.Where(id => !reached.Contains(id)))
        {
            errors.Warn(reader.Node(id), $"Nothing leads to the step '{id}'.");
        }
    }

    private static bool ComesBackAtOnce(LinkStep link, IReadOnlyDictionary<string, JourneyStep> steps) =>
        link.MinDelay == default && Reach(link.To, steps, s => s.AtOnce).Contains(link.Id);

    private static HashSet<string> Reach(
        string from, IReadOnlyDictionary<string, JourneyStep> steps, Func<JourneyStep, IEnumerable<string>> successors)
    {
        var reached = new HashSet<string> { from };
        var open = new Queue<string>(reached);
        while (open.TryDequeue(out var id))
        {
            foreach (var next in successors(steps[id]).Where(reached.Add))
            {
                open.Enqueue(next);
            }
        }

        return reached;
    }
}
