using System.Text.RegularExpressions;
using Segue.Tests.Segmentation;

namespace Segue.Tests.Infra;

public sealed class GuaranteesPageTests
{
    [Fact]
    public void Page_EveryTestThatItNames_Exists()
    {
        var page = File.ReadAllText(Path.Combine(Given.Root(), "docs", "guarantees.md"));
        var named = Regex.Matches(page, "`([A-Z][A-Za-z]+Tests)`").Select(m => m.Groups[1].Value).ToHashSet();
        var known = typeof(GuaranteesPageTests).Assembly.GetTypes().Select(t => t.Name).ToHashSet();

        Assert.True(named.Count > 10);
        Assert.Empty(named.Except(known));
    }

    [Fact]
    public void Page_EveryVariableThatItNames_IsReadByATest()
    {
        var root = Given.Root();
        var page = File.ReadAllText(Path.Combine(root, "docs", "guarantees.md"));
        var tests = string.Concat(Directory.EnumerateFiles(Path.Combine(root, "tests", "Segue.Tests"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.EndsWith("GuaranteesPageTests.cs", StringComparison.Ordinal)).Select(File.ReadAllText));

        Assert.All(Regex.Matches(page, "`(SEGUE_[A-Z_]+)=").Select(m => m.Groups[1].Value), v => Assert.Contains($"\"{v}\"", tests, StringComparison.Ordinal));
    }
}
