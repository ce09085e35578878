using Segue.Benchmarks.Running;

namespace Segue.Tests.Benchmarks;

/// <summary>Every benchmark still runs, at a size that says nothing about speed.</summary>
public sealed class SmokeTests
{
    public static TheoryData<string> Names => [.. CommandLine.All.Select(b => b.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task RunAsync_AtItsSmallest_Measures(string name)
    {
        var measured = await CommandLine.All.Single(b => b.Name == name).RunAsync(new(Scale.Smoke, Rounds: 1), TestContext.Current.CancellationToken);
        Assert.NotNull(measured);
        Assert.Equal(name, measured.Name);
        Assert.NotEmpty(measured.Figures);
        Assert.All(measured.Ratios, ratio => Assert.InRange(ratio, double.Epsilon, double.MaxValue));
        Assert.All(measured.Curves.SelectMany(c => c.Points), point => Assert.True(point is { X: > 0, Y: > 0 }, $"{point}"));
    }
}
