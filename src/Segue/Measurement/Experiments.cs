using System.Globalization;
using System.Text.Json.Serialization;
using Segue.Customers;
using Segue.Journeys;

namespace Segue.Measurement;

/// <summary>An arm of an experiment.</summary>
/// <param name="Experiment">Names the experiment: what its split depends on is part of the name.</param>
/// <param name="Arm">The arm.</param>
public sealed record ExperimentArm(string Experiment, string Arm)
{
    /// <summary>Names the arm among all.</summary>
    [JsonIgnore]
    public string Key => $"{Experiment}|{Arm}";
}

/// <summary>What one customer's entries into one arm came to.</summary>
/// <param name="Entries">Entries, 1 or more.</param>
/// <param name="Conversions">Of them, those that reached the goal.</param>
/// <param name="Revenue">Net revenue within the goals' windows.</param>
public sealed record Outcomes(int Entries, int Conversions, decimal Revenue);

/// <summary>A customer's part in an experiment.</summary>
/// <param name="Arm">The arm.</param>
/// <param name="Segment">The primary segment at the first entry; the customer counts there for good.</param>
/// <param name="Outcomes">What it came to so far.</param>
public sealed record ExperimentRecord(ExperimentArm Arm, string? Segment, Outcomes Outcomes);

/// <summary>
/// Experiments by intention to treat: who could be mailed when they entered is counted in the arm that the lot put them
/// in, whatever became of it; who is held out runs on the same clock.
/// </summary>
internal static class Experiments
{
    /// <summary>The arm of those let in.</summary>
    public const string Treated = "treated";

    /// <summary>The arm of those whom the journey holds out.</summary>
    public const string Control = "control";

    /// <summary>The arm of those held out of all marketing.</summary>
    public const string Global = "global";

    /// <summary>The arm of a journey's holdout that a run counts in; null where the customer could not have been mailed.</summary>
    public static Dictionary<string, string>? OfHoldout(Journey journey, double globalShare, Enrolment run, bool isGlobal)
    {
        if (!run.Reachable)
        {
            return null;
        }

        var arm = isGlobal ? Global : run.HeldOut ? Control : Treated;
        return new() { [HoldoutOf(journey.Id, journey.Holdout, globalShare)] = arm };
    }

    /// <summary>Names a journey's holdout experiment: with another share it is another.</summary>
    public static string HoldoutOf(string journey, double share, double globalShare) =>
        string.Create(CultureInfo.InvariantCulture, $"{journey}~holdout~{share}~{globalShare}");

    /// <summary>Names a test: with other weights it is another.</summary>
    public static string TestOf(string journey, string test, IEnumerable<KeyValuePair<string, double>> weights) =>
        $"{journey}~test~{test}~" + string.Join(',', weights.OrderBy(w => w.Key, StringComparer.Ordinal)
            .Select(w => string.Create(CultureInfo.InvariantCulture, $"{w.Key}:{w.Value}")));

    /// <summary>A run comes to a test: from here on its outcome counts in the variant as well.</summary>
    public static void Join(CustomerWork work, Enrolment run, string experiment, string variant)
    {
        if (!run.Reachable || run.HeldOut)
        {
            return;
        }

        OpenGoal Joined(OpenGoal goal)
        {
            var isOfRun = goal.Journey == run.Journey && goal.Key == run.Key && goal.Run == run.Run;
            return !isOfRun || goal.Arms?.ContainsKey(experiment) == true ? goal
                : goal with { Arms = new Dictionary<string, string>(goal.Arms ?? new Dictionary<string, string>()) { [experiment] = variant } };
        }

        work.Profile = work.Profile with { Goals = [.. work.Profile.Goals.Select(Joined)] };
    }
}
