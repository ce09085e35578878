namespace Segue.Tests.Simulation;

/// <summary>
/// One fault at a time, everywhere: after any of them the shop ends as it would have, but for a mail that may or may not have
/// gone and is known to be so.
/// </summary>
public sealed class CrashMatrixTests(ITestOutputHelper output)
{
    /// <summary>1 runs all cases; the suite takes a part of them, the same each time.</summary>
    private static readonly int Each = int.TryParse(Environment.GetEnvironmentVariable("SEGUE_MATRIX_EACH"), out var n) && n > 0 ? n : 8;

    [Fact]
    public void Run_EveryPortCallWithEveryFault_EndsAsUndisturbedOrKnownToBeUnknown()
    {
        var matrix = new CrashMatrix(1, MatrixShop.Run, MatrixShop.Compare);
        matrix.Run(Each);

        output.WriteLine(matrix.ToString());
        Assert.True(matrix.Failures.Count == 0, string.Join("\n", matrix.Failures.Take(20)) + $"\n{matrix.Failures.Count} of {matrix.Cases} cases");
        Assert.All(
            new[]
            {
                "customers: Customers/commit", "customers: Orders/commit", "journey-steps: Customers/commit", "emails: email/send",
                "shard-work: Summaries/read", "RecomputeSegments: Due/read",
            },
            place => Assert.Contains(place, matrix.Places));
    }

    [Theory]
    [MemberData(nameof(PlantedBugs.Names), MemberType = typeof(PlantedBugs))]
    public void Run_EngineWithAPlantedBug_IsCaught(string bug)
    {
        var matrix = new CrashMatrix(1, plan => MatrixShop.Run(plan, PlantedBugs.Plant(bug)), MatrixShop.Compare);
        string? caught = null;
        try
        {
            // What a bug already does without any fault shows in the comparison with a sound engine's end.
            MatrixShop.Compare(MatrixShop.Run(FaultPlan.Undisturbed(1)), MatrixShop.Run(FaultPlan.Undisturbed(1), PlantedBugs.Plant(bug)));
            matrix.Run(1, untilFailure: true);
            caught = matrix.Failures.Count > 0 ? matrix.Failures[0] : null;
        }
        catch (Exception e)
        {
            caught = e.Message;
        }

        output.WriteLine($"{bug}: {caught}");
        Assert.NotNull(caught);
    }
}
