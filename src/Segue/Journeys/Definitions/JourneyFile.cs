using Segue.Campaigns;
using Segue.Files;

namespace Segue.Journeys.Definitions;

/// <summary>Reads one file of <c>journeys/</c>.</summary>
public static class JourneyFile
{
    /// <summary>The keys of a journey.</summary>
    internal static IReadOnlyList<string> Keys { get; } =
        ["id", "name", "status", "enter", "exitWhen", "goal", "holdout", "priority", "migrate", "steps"];

    /// <summary>The values of <c>status</c>.</summary>
    internal static IReadOnlyDictionary<string, JourneyStatus> Statuses { get; } =
        new Dictionary<string, JourneyStatus> { ["draft"] = JourneyStatus.Draft, ["live"] = JourneyStatus.Live };

    private const string HoldoutExpected = "a percentage from 0% to under 100%, such as 10%";

    /// <summary>Reads and checks a journey.</summary>
    /// <param name="file">The file's name, as errors show it.</param>
    /// <param name="text">What is in it.</param>
    /// <param name="references">What the journey may refer to.</param>
    /// <param name="errors">Takes every fault and warning, each with its line and field.</param>
    /// <returns>The journey, or null where there is any error in this file, or its rules can't be read for those of another.</returns>
    public static Journey? Parse(string file, string text, JourneyReferences references, FileErrors errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        ArgumentNullException.ThrowIfNull(references);
        var before = errors.Errors.Count;
        if (YamlValue.Parse(file, text, errors) is not { } root || !root.IsMapOf(errors, Keys))
        {
            return null;
        }

        var id = root.Required("id", "the journey's id, such as core-reactivation", errors)?.ReadId(errors);
        var name = root["name"]?.ReadText("the journey's name, on one line", errors) ?? id;
        var status = root["status"]?.ReadChoice(Statuses, errors) ?? JourneyStatus.Draft;
        var enter = EntryReader.ReadEntry(root, references, errors);
        var exits = EntryReader.ReadExits(root["exitWhen"], references, errors);
        var goal = EntryReader.ReadGoal(root["goal"], errors);
        var holdout = root["holdout"]?.ReadShare(errors, HoldoutExpected, p => p is >= 0 and < 100) ?? 0;
        var priority = root["priority"]?.ReadNumber(errors, "a whole number from 1, first, to 9", n => n is >= 1 and <= 9 && n == decimal.Truncate(n));
        var migrate = root["migrate"]?.ReadBool(errors) ?? false;
        var steps = new StepReader(references, errors) { EnteredBy = enter?.Event?.Name };
        var first = steps.ReadSteps(root);
        if (steps.Sound && errors.Errors.Count == before)
        {
            StepGraph.Check(first!, steps, errors);
        }

        foreach (var test in steps.Steps.Values.OfType<TestStep>().Where(t => t.Winner is not null && root["goal"] is null))
        {
            errors.Add(steps.Node(test.Id)["test"]!["winner"]!, "Found a winner without a goal; expected the journey to have one, such as goal: { event: order, within: 28d }.");
        }

        foreach (var nameless in migrate ? steps.Steps.Keys.Select(steps.Node).Where(n => n["id"] is null) : [])
        {
            errors.Add(nameless, "The step has no id; a journey that migrates needs one for each, since places change from one version to the next.");
        }

        WarnOfGuardRails(root, errors);
        return errors.Errors.Count > before || !steps.Sound ? null : new()
        {
            Id = id!,
            Name = name!,
            Version = ContentHash.Of(text),
            Source = text,
            Status = status,
            Enter = enter!,
            ExitWhen = exits,
            Goal = goal,
            Holdout = holdout,
            Migrate = migrate,
            Priority = (int?)priority ?? Journey.DefaultPriority,
            Steps = steps.Steps,
            First = first!,
        };
    }

    private static void WarnOfGuardRails(YamlValue root, FileErrors errors)
    {
        if (root["goal"] is null)
        {
            errors.Warn(new FileError(root.File, root.Line, "goal",
                "The journey has no goal, so its report can't say how well it works; such as { event: order, within: 28d }."));
        }

        if (root["holdout"] is not { } holdout)
        {
            errors.Warn(new FileError(root.File, root.Line, "holdout",
                "The journey has neither a test nor a holdout, so its uplift can't be measured; such as holdout: 10%."));
        }
        else if (holdout.Text?.TrimEnd('%', ' ') is "0")
        {
            errors.Warn(holdout, "The journey has neither a test nor a holdout, so its uplift can't be measured; such as 10%.");
        }
    }
}
