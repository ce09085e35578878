using System.Diagnostics;

namespace Segue.Tests.Simulation;

/// <summary>Finds out which of many faults, or of the things that happened, it takes to fail.</summary>
internal static class FaultShrinker
{
    /// <summary>
    /// A part of <paramref name="faults"/> that still fails and of which none can be left out: delta debugging (Zeller and
    /// Hildebrandt, Simplifying and isolating failure-inducing input, 2002). Empty when the order of turns alone fails.
    /// </summary>
    /// <param name="faults">What was injected in a run that failed.</param>
    /// <param name="fails">Whether the run fails with only these.</param>
    /// <param name="maxRuns">After so many runs the smallest part found so far is good enough.</param>
    /// <param name="maxTime">After so long, too; 2 minutes unless told. A run that has begun is finished.</param>
    public static IReadOnlyList<T> Shrink<T>(
        IReadOnlyList<T> faults, Func<IReadOnlySet<T>, bool> fails, int maxRuns = 300, TimeSpan? maxTime = null)
    {
        var time = Stopwatch.StartNew();
        var enough = maxTime ?? TimeSpan.FromMinutes(2);
        var runs = 0;
        if (Fails([]))
        {
            return [];
        }

        var left = faults.ToList();
        for (var parts = 2; left.Count > 1 && !IsEnough();)
        {
            var size = (left.Count + parts - 1) / parts;
            var without = Enumerable.Range(0, (left.Count + size - 1) / size)
                .Select(part => left.Take(part * size).Concat(left.Skip((part + 1) * size)).ToList())
                .FirstOrDefault(rest => !IsEnough() && Fails(rest));
            if (without is not null)
            {
                left = without;
                parts = Math.Max(parts - 1, 2);
            }
            else if (size == 1)
            {
                break;
            }
            else
            {
                parts = Math.Min(parts * 2, left.Count);
            }
        }

        return left;

        bool IsEnough() => runs >= maxRuns || time.Elapsed >= enough;

        bool Fails(IEnumerable<T> part)
        {
            runs++;
            return fails(part.ToHashSet());
        }
    }
}
