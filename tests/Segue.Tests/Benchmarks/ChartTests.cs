using System.Xml.Linq;
using Segue.Benchmarks.Running;

namespace Segue.Tests.Benchmarks;

public sealed class ChartTests
{
    [Fact]
    public void Draw_Curves_IsAPictureWithALineForEach()
    {
        var svg = XDocument.Parse(Chart.Draw("Cost & size", [new("a", "rows", "seconds", [new(10, 0.01), new(1000, 1)]), new("b", "", "", [new(10, 0.5)])]));
        XNamespace ns = "http://www.w3.org/2000/svg";
        Assert.Equal(2, svg.Descendants(ns + "polyline").Count());
        Assert.Equal(3, svg.Descendants(ns + "circle").Count());
        Assert.Contains(svg.Descendants(ns + "text"), t => t.Value == "Cost & size");
    }

    [Theory]
    [InlineData(new[] { 3.0, 1, 2 }, 2)]
    [InlineData(new[] { 4.0, 1, 2, 3 }, 2.5)]
    public void Median_OfValues_IsTheMiddle(double[] values, double median) => Assert.Equal(median, Statistics.Median(values));

    [Theory]
    [InlineData(0.5, 50)]
    [InlineData(0.99, 99)]
    [InlineData(1, 100)]
    public void Quantile_OfAHundred_IsItsPlace(double share, double value) =>
        Assert.Equal(value, Statistics.Quantile([.. Enumerable.Range(1, 100).Select(i => (double)i)], share));

    [Fact]
    public void Add_ToAResultsFile_ReplacesOnlyItsOwn()
    {
        using var scratch = new Scratch();
        var file = scratch.Next("results.json");
        ResultsFile.Add(file, new() { Name = "a", Work = "w", Beside = "b", Ratios = [1, 3, 2] });
        ResultsFile.Add(file, new() { Name = "b", Work = "w", Beside = "b" });
        ResultsFile.Add(file, new() { Name = "b", Work = "again", Beside = "b" });
        var all = ResultsFile.Read(file);
        Assert.Equal((2.0, "again"), (all["a"].Ratio, all["b"].Work));
    }
}
