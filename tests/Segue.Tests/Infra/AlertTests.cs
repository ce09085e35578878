using System.Text.RegularExpressions;
using Segue.Email;
using Segue.Tests.Support;

namespace Segue.Tests.Infra;

/// <summary>Alerts ask for what the app really says: a misspelt name would never raise one, and nobody would notice.</summary>
public sealed partial class AlertTests
{
    private static readonly string Alerts = InfraFiles.Read("modules", "alerts.bicep");

    [Theory]
    [InlineData("missed-ticks")]
    [InlineData("failed-ticks")]
    [InlineData("oldest-due-row")]
    [InlineData("sends-left-unknown")]
    [InlineData("webhook-signatures")]
    [InlineData("dead-letters")]
    public void Alerts_AreAllThere(string name)
    {
        Assert.Contains($"name: '{name}'", Alerts, StringComparison.Ordinal);
    }

    [Fact]
    public void Queries_NameMetricsOfTheApp()
    {
        string[] metrics = [Telemetry.TimerTicks, Telemetry.OldestDue, Telemetry.Sends, Telemetry.WebhooksRefused];
        var named = MetricName().Matches(Alerts).Select(m => m.Groups[1].Value).ToHashSet();
        Assert.Equal(metrics.ToHashSet(), named);
    }

    [Fact]
    public async Task Queries_NameTagsOfTheApp()
    {
        var shop = await TestShop.OpenAsync();
        var tags = Tag().Matches(Alerts).Select(m => (Name: m.Groups[1].Value, Value: m.Groups[2].Value)).ToList();
        Assert.Equal(["outcome", "status", "timer"], tags.Select(t => t.Name).Distinct().Order(StringComparer.Ordinal));
        Assert.All(tags.Where(t => t.Name == "timer"), t => Assert.Contains(t.Value, shop.Engine.Timers.Select(timer => timer.Name)));
        Assert.All(tags.Where(t => t.Name == "outcome"), t => Assert.Contains(t.Value, new[] { "done", "failed" }));
        Assert.All(tags.Where(t => t.Name == "status"), t => Assert.Equal(nameof(SendStatus.Unknown).ToLowerInvariant(), t.Value));
    }

    /// <summary>A query over no rows must still give one, or a rule for "too few" is never evaluated.</summary>
    [Fact]
    public void Queries_AlwaysGiveOneRow()
    {
        var queries = Query().Matches(Alerts).Select(m => m.Groups[1].Value).ToList();
        Assert.Equal(5, queries.Count);
        Assert.All(queries, q => Assert.Matches(@"\| summarize Value = [^|]*$", q));
        Assert.All(queries, q => Assert.DoesNotMatch(@"\| summarize .* by ", q));
    }

    [GeneratedRegex(@"Name == '([^']+)'")]
    private static partial Regex MetricName();

    [GeneratedRegex(@"tostring\(Properties\.(\w+)\) == '([^']+)'")]
    private static partial Regex Tag();

    [GeneratedRegex(@"query: '''\n(.*?)\s*'''", RegexOptions.Singleline)]
    private static partial Regex Query();
}
