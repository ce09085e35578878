using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Segue.Analytics.Clustering;
using Segue.Local.Clustering;
using Spectre.Console;

namespace Segue.Local.Commands;

/// <summary><c>cluster FILE</c>.</summary>
internal static class ClusterCommand
{
    private const int Auto = 0;

    public static Command Create(CommandContext context)
    {
        var file = new Argument<string>("FILE") { Description = "A CSV file with a header." };
        var columns = new Option<string[]>("--columns")
        {
            Description = "The columns to cluster by, with commas between.", HelpName = "A,B,C", Required = true, CustomParser = Columns,
        };
        var k = new Option<int>("--k") { Description = "How many clusters; auto tries 2 to 8. [default: auto]", HelpName = "N|auto", CustomParser = K, DefaultValueFactory = _ => Auto };
        var method = new Option<string>("--method") { Description = "kmeans or dbscan.", HelpName = "METHOD", DefaultValueFactory = _ => "kmeans" };
        method.AcceptOnlyFromAmong("kmeans", "dbscan");
        var scale = new Option<string>("--scale")
        {
            Description = "How columns are made comparable: none, zscore, log or robust.", HelpName = "SCALE", DefaultValueFactory = _ => "none",
        };
        scale.AcceptOnlyFromAmong("none", "zscore", "log", "robust");
        var radius = new Option<double>("--radius") { Description = "dbscan: how far a neighbour may be, as scaled.", HelpName = "R", DefaultValueFactory = _ => 0.5 };
        var neighbours = new Option<int>("--neighbours")
        {
            Description = "dbscan: rows that near, itself included, that make a row dense.", HelpName = "N", DefaultValueFactory = _ => 5,
        };
        var seed = new Option<ulong>("--seed") { Description = "What chance is drawn from; the same gives the same.", HelpName = "N", DefaultValueFactory = _ => 1 };
        var command = new Command("cluster", "Clusters the rows of any CSV file.") { file, columns, k, method, scale, radius, neighbours, seed };
        command.SetAction((parsed, cancellation) => context.GuardAsync(
            () =>
            {
                ClusterRequest request = new(parsed.GetValue(columns)!, parsed.GetValue(k) is var n and not Auto ? n : null, Enum.Parse<Scaling>(parsed.GetValue(scale)!, ignoreCase: true))
                {
                    Density = parsed.GetValue(method) == "dbscan" ? (parsed.GetValue(radius), parsed.GetValue(neighbours)) : null,
                    Seed = parsed.GetValue(seed),
                };
                context.PrinterFor(parsed).Print(FileClustering.Run(parsed.GetValue(file)!, request), Write);
                return Task.FromResult(ExitCodes.Done);
            },
            cancellation));
        return command;
    }

    private static string[] Columns(ArgumentResult result)
    {
        string[] names = [.. result.Tokens.SelectMany(t => t.Value.Split(',')).Select(c => c.Trim())];
        if (names.Length == 0 || names.Contains("") || names.Distinct(StringComparer.OrdinalIgnoreCase).Count() < names.Length)
        {
            result.AddError("--columns names the columns to cluster by, each once, such as orders,spend,recency.");
        }

        return names;
    }

    private static int K(ArgumentResult result)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        if (text == "auto")
        {
            return Auto;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var k) && k >= 1)
        {
            return k;
        }

        result.AddError($"--k is a number from 1 on, or auto, not '{text}'.");
        return Auto;
    }

    private static void Write(ClusterResult r, IAnsiConsole console)
    {
        console.Write(ResultTables.Facts(
            ("Clusters", ResultTables.Number(r.K)), ("Rows", ResultTables.Number(r.Labels.Count)),
            ("Noise", ResultTables.Number(r.Labels.Count(l => l == Dbscan.Noise))),
            ("Inertia", Text(r.Inertia)),
            ("Silhouette", Text(r.Silhouette) + (r.SilhouetteError > 0 ? $" ± {Text(r.SilhouetteError)}" : "")),
            ("Davies-Bouldin", Text(r.DaviesBouldin))));
        var table = ResultTables.OfNumbers("Cluster", ["Rows", .. r.Columns]);
        for (var c = 0; c < r.K; c++)
        {
            table.Row([c.ToString(CultureInfo.InvariantCulture), ResultTables.Number(r.Sizes[c]), .. r.Centroids[c].Select(v => Text(v))]);
        }

        console.Write(table);
        if (r.Tried.Count > 0)
        {
            var tried = ResultTables.OfNumbers("Tried k", "Inertia", "Silhouette", "Davies-Bouldin");
            foreach (var q in r.Tried)
            {
                tried.Row(q.K.ToString(CultureInfo.InvariantCulture), Text(q.Inertia), Text(q.Silhouette.Value), Text(q.DaviesBouldin));
            }

            console.Write(tried);
        }
    }

    private static string Text(double? value) => value is { } v ? v.ToString("0.####", CultureInfo.InvariantCulture) : "none";
}
