namespace Segue.Tests.Simulation;

/// <summary>Checks something under many seeds.</summary>
internal static class FaultSeeds
{
    /// <summary>
    /// Runs <paramref name="check"/> for each seed. It makes a world by the plan it is given, runs it and asserts; it must
    /// do the same each time for the same plan.
    /// </summary>
    /// <param name="count">Seeds, from <paramref name="first"/> on.</param>
    /// <param name="check">Throws when what must hold does not.</param>
    /// <param name="rates">How often what goes wrong.</param>
    /// <param name="first">The first seed: to run one seed again, give it and a count of one.</param>
    /// <exception cref="FaultSeedException">A seed failed; says which, why, and the smallest set of faults that fails.</exception>
    public static void Hold(int count, Action<FaultPlan> check, FaultRates? rates = null, ulong first = 1)
    {
        for (var seed = first; seed < first + (ulong)count; seed++)
        {
            var plan = new FaultPlan(seed, rates);
            try
            {
                check(plan);
            }
            catch (Exception failure)
            {
                var current = seed;
                var smallest = FaultShrinker.Shrink(plan.Injected, part => Fails(check, new(current, rates, part)));
                throw new FaultSeedException(seed, plan.Injected.Count, smallest, failure);
            }
        }
    }

    private static bool Fails(Action<FaultPlan> check, FaultPlan plan)
    {
        try
        {
            check(plan);
            return false;
        }
        catch (Exception)
        {
            return true;
        }
    }
}

/// <summary>What must hold does not under one seed.</summary>
internal sealed class FaultSeedException(ulong seed, int injected, IReadOnlyList<InjectedFault> smallest, Exception failure)
    : Exception(
        $"Seed {seed}: {failure.Message}\nOf {injected} faults it takes {smallest.Count}:\n{string.Join('\n', smallest)}", failure)
{
    public ulong Seed => seed;

    /// <summary>A smallest part of the seed's faults that fails, too.</summary>
    public IReadOnlyList<InjectedFault> Smallest => smallest;
}
