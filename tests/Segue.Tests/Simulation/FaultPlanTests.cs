using System.Globalization;

namespace Segue.Tests.Simulation;

public sealed class FaultPlanTests
{
    private static readonly FaultKind[] Kinds = [FaultKind.FailBefore, FaultKind.CrashAfter];

    [Fact]
    public void Draw_SameSeed_IsTheSame() => Assert.Equal(DrawAll(new(7)), DrawAll(new(7)));

    [Fact]
    public void Draw_OtherSeed_IsAnother() => Assert.NotEqual(DrawAll(new(7)), DrawAll(new(8)));

    [Fact]
    public void Draw_ManyCalls_StrikesAsOftenAsItsRateSays()
    {
        var faults = DrawAll(new(7, FaultRates.None.With(FaultKind.FailBefore, 0.05).With(FaultKind.CrashAfter, 0.1)));

        Assert.InRange(faults.Count(fault => fault.Kind == FaultKind.FailBefore), 430, 570);
        Assert.InRange(faults.Count(fault => fault.Kind == FaultKind.CrashAfter), 900, 1100);
    }

    [Fact]
    public void Draw_OnlySome_InjectsTheseAtTheSamePlaces()
    {
        var all = DrawAll(new(7));
        var some = all.Where((_, i) => i % 3 == 0).ToList();

        Assert.Equal(some, DrawAll(new(7, only: some.ToHashSet())));
    }

    [Fact]
    public void Draw_Undisturbed_InjectsNothing() => Assert.Empty(DrawAll(FaultPlan.Undisturbed(7)));

    [Fact]
    public void Times_LargeFactor_StaysBelowOneInFive()
    {
        var rates = FaultRates.Default.Times(100);

        Assert.Equal(0.2, rates[FaultKind.Conflict]);
        Assert.Equal(FaultRates.Default[FaultKind.ClockSkew], rates[FaultKind.ClockSkew]);
        Assert.Equal(0, rates[FaultKind.Rejected]);
    }

    private static List<InjectedFault> DrawAll(FaultPlan plan)
    {
        for (var i = 0; i < 10_000; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"customers/{i} #1");
            plan.Draw(SeedHash.Of(name), () => name, 1, "Customers/commit", Kinds);
        }

        return [.. plan.Injected];
    }
}
