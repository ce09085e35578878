namespace Segue.Tests.Simulation;

public sealed class FaultShrinkerTests
{
    private static readonly IReadOnlyList<InjectedFault> Faults =
        [.. Enumerable.Range(0, 100).Select(i =>
            new InjectedFault($"customers/{i} #1", 1, "Customers/commit", FaultKind.CrashAfter))];

    [Theory]
    [InlineData(42)]
    [InlineData(0, 99)]
    [InlineData(3, 4, 5, 77)]
    public void Shrink_SomeFaultsTogetherFail_FindsExactlyThese(params int[] needed)
    {
        var runs = 0;

        var smallest = FaultShrinker.Shrink(Faults, part =>
        {
            runs++;
            return needed.All(i => part.Contains(Faults[i]));
        });

        Assert.Equal(needed.Select(i => Faults[i]), smallest);
        Assert.InRange(runs, 2, 200);
    }

    [Fact]
    public void Shrink_FailsByItself_NeedsNone() => Assert.Empty(FaultShrinker.Shrink(Faults, _ => true));

    [Fact]
    public void Shrink_AnyOneOfThemFails_FindsOne() =>
        Assert.Single(FaultShrinker.Shrink(Faults, part => part.Count > 0));

    [Fact]
    public void Shrink_OutOfRuns_StillFailsWithWhatIsLeft()
    {
        var (one, other) = (Faults[10], Faults[90]);

        var smallest = FaultShrinker.Shrink(Faults, part => part.Contains(one) && part.Contains(other), maxRuns: 8);

        Assert.Contains(one, smallest);
        Assert.Contains(other, smallest);
    }

    [Fact]
    public void Shrink_OutOfTime_StillFailsWithWhatIsLeft()
    {
        var runs = 0;

        var smallest = FaultShrinker.Shrink(Faults, part => ++runs > 0 && part.Contains(Faults[10]), maxTime: TimeSpan.Zero);

        Assert.Equal(Faults, smallest);
        Assert.Equal(1, runs);
    }
}
