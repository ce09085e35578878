using System.Globalization;
using Segue.Http.Reports;
using Segue.Segmentation.Clusters;
using Segue.Segmentation.Predictions;
using Spectre.Console;

namespace Segue.Local.Commands;

/// <summary>What a calibration learned, on a terminal.</summary>
internal static class LearnedTables
{
    /// <summary>Shows models, tiers and clusters, each where there is one, and what could not be told.</summary>
    public static void Show(CalibrationReport learned, IAnsiConsole console)
    {
        if (learned.Predictions is { } model)
        {
            console.Write(ResultTables.Facts(Facts(model)));
        }

        if (learned.Tiers is { } tiers)
        {
            console.Write(TableOf(tiers));
        }

        if (learned.Clusters is { Clusters.Count: > 0 } clusters)
        {
            console.Write(TableOf(clusters, learned.Personas));
        }

        foreach (var remark in learned.Remarks)
        {
            console.WriteLine(remark);
        }
    }

    private static (string Name, string Value)[] Facts(ValueModel model)
    {
        var (purchases, spend) = (model.Purchases, model.Spend);
        return
        [
            ("Predicted as of", model.LastDay.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            ("BG/NBD r, alpha, a, b", Text($"{purchases.R:G4}, {purchases.Alpha:G4}, {purchases.A:G4}, {purchases.B:G4}")),
            ("Gamma-Gamma p, q, v", spend is null ? "none" : Text($"{spend.P:G4}, {spend.Q:G4}, {spend.V:G4}")),
            ("Checked on six months", model.Check is not { } check ? "too little history" : Text($"predicted {check.Predicted:N0} purchases, there were {check.Actual:N0}")),
        ];
    }

    private static Table TableOf(ValueTiers tiers)
    {
        var table = ResultTables.OfNumbers("First, last order", [.. tiers.Silence.Select(s => Text($"{s} days or more"))]);
        for (var row = 0; row < tiers.Longevity.Count; row++)
        {
            table.Row([Text($"{tiers.Longevity[row]} days or more"), .. tiers.Silence.Select((_, column) =>
                tiers.Cells.FirstOrDefault(c => c.Longevity == row && c.Silence == column) is { } cell
                    ? Text($"{cell.Value:N0} (tier {cell.Tier}, {cell.Customers:N0})") : "")]);
        }

        return table;
    }

    private static Table TableOf(ClusterModel clusters, Personas personas)
    {
        var table = ResultTables.OfNumbers("Cluster", ["Customers", .. clusters.Features.Select(f => Text($"Typical {f.Name}"))]);
        foreach (var cluster in clusters.Clusters)
        {
            var members = personas.Clusters.FirstOrDefault(p => p.Id == cluster.Id)?.Customers ?? 0;
            table.Row([Text($"{cluster.Id} {cluster.Name}"), ResultTables.Number(members), .. clusters.Features.Select(f => Text($"{cluster.Typical[f.Name]:N1}"))]);
        }

        return table;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
