using System.Globalization;
using System.Text.Json;
using Segue.Analytics;
using Segue.Analytics.Clustering;

namespace Segue.Tests.Analytics.Clustering;

/// <summary>Points that other software has clustered (see Fixtures/make.py), and points made here.</summary>
internal static class Fixtures
{
    /// <summary>The 150 irises.</summary>
    public static PointSet Iris => PointSet.FromRows(Rows("iris.csv"));

    /// <summary>What scikit-learn found out about a shape.</summary>
    public static Shape ShapeOf(string name)
    {
        using var file = JsonDocument.Parse(Text("shapes.json"));
        var facts = file.RootElement.GetProperty("shapes").GetProperty(name);
        var dimensions = facts.GetProperty("dimensions").GetInt32();
        var rows = Rows($"shape-{name}.csv");
        return new(
            PointSet.FromRows([.. rows.Select(r => r[..dimensions])]),
            facts.GetProperty("radius").GetDouble(),
            facts.GetProperty("minimum").GetInt32(),
            [.. rows.Select(r => (int)r[dimensions])],
            [.. rows.Select(r => r[(dimensions + 1)..])],
            [.. facts.GetProperty("variances").EnumerateArray().Select(v => v.GetDouble())],
            [.. facts.GetProperty("shares").EnumerateArray().Select(v => v.GetDouble())]);
    }

    /// <summary>Round clouds around centres that lie apart, with the cloud of each point.</summary>
    public static (PointSet Points, int[] Clouds) Clouds(int count, int clouds, int dimensions, ulong seed)
    {
        var random = new SeededRandom(seed);
        var columns = Enumerable.Range(0, dimensions).Select(_ => new double[count]).ToArray();
        var labels = new int[count];
        for (var i = 0; i < count; i++)
        {
            labels[i] = i % clouds;
            for (var j = 0; j < dimensions; j++)
            {
                // The sum of twelve evenly spread numbers is nearly normal.
                var spread = -6.0;
                for (var n = 0; n < 12; n++)
                {
                    spread += random.NextUnit();
                }

                columns[j][i] = (10 * Math.Cos((labels[i] * 2.4) + j)) + (3 * labels[i]) + (spread / 2);
            }
        }

        return (PointSet.FromColumns(columns), labels);
    }

    private static List<double[]> Rows(string name) =>
        [.. Text(name).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(',').Select(c => double.Parse(c, CultureInfo.InvariantCulture)).ToArray())];

    private static string Text(string name)
    {
        using var stream = typeof(Fixtures).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

/// <summary>A shape and what scikit-learn found.</summary>
internal sealed record Shape(
    PointSet Points, double Radius, int Minimum, int[] Labels, double[][] Projected, double[] Variances, double[] Shares);
