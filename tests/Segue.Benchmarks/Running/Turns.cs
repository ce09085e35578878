using System.Diagnostics;

namespace Segue.Benchmarks.Running;

/// <summary>Measures two sides in turn, so that whatever else the machine does falls on both.</summary>
internal static class Turns
{
    /// <summary>Seconds of both sides, round by round; who begins changes from round to round.</summary>
    public static async Task<IReadOnlyList<(double Ours, double Theirs)>> TakeAsync(int rounds, Func<Task<double>> ours, Func<Task<double>> theirs)
    {
        var all = new List<(double, double)>();
        for (var round = 0; round < rounds; round++)
        {
            double mine, other;
            if (round % 2 == 0)
            {
                mine = await ours();
                other = await theirs();
            }
            else
            {
                other = await theirs();
                mine = await ours();
            }

            all.Add((mine, other));
        }

        return all;
    }

    /// <summary>Seconds that something takes, begun with a clean heap.</summary>
    public static async Task<double> TimeAsync(Func<Task> work)
    {
        GC.Collect();
        var watch = Stopwatch.StartNew();
        await work();
        return watch.Elapsed.TotalSeconds;
    }

    /// <summary>Each round's ratio.</summary>
    public static IReadOnlyList<double> Ratios(this IEnumerable<(double Ours, double Theirs)> rounds) => [.. rounds.Select(r => r.Ours / r.Theirs)];
}
