using Segue.Segmentation;

namespace Segue.Measurement;

/// <summary>The lifecycle stages as reports write them.</summary>
internal static class Stages
{
    /// <summary>Stages, ids and names for people, in the order of a customer's life.</summary>
    public static IReadOnlyList<(Stage Stage, string Id, string Name)> All { get; } =
    [
        (Stage.Prospect, "prospect", "Prospect"), (Stage.New, "new", "New"), (Stage.Active, "active", "Active"),
        (Stage.WonBack, "won back", "Won back"), (Stage.AtRisk, "at risk", "At risk"), (Stage.Churned, "churned", "Churned"),
    ];

    /// <summary>The stage's id.</summary>
    public static string NameOf(Stage stage) => All.First(s => s.Stage == stage).Id;
}
