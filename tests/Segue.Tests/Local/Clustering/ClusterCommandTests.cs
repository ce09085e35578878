using System.Globalization;
using System.Text.Json;
using Segue.Tests.Analytics.Clustering;
using Segue.Tests.Local.Shop;

namespace Segue.Tests.Local.Clustering;

/// <summary><c>cluster</c>, from file to output.</summary>
public sealed class ClusterCommandTests : IDisposable
{
    private readonly ShopFolder _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task Cluster_Iris_IsAsPublished()
    {
        Assert.Equal(0, await RunAsync(Iris(','), "a,b,c,d", "--k", "3", "--format", "json"));
        var result = JsonDocument.Parse(_shop.Output).RootElement;
        Assert.Equal((3, 78.851, 0.5528, 0.6620), (
            result.GetProperty("k").GetInt32(), Math.Round(result.GetProperty("inertia").GetDouble(), 3),
            Math.Round(result.GetProperty("silhouette").GetDouble(), 4), Math.Round(result.GetProperty("daviesBouldin").GetDouble(), 4)));
        Assert.Equal(150, result.GetProperty("labels").GetArrayLength());
        Assert.Equal([62, 50, 38], result.GetProperty("sizes").EnumerateArray().Select(s => s.GetInt32()));
        Assert.Equal(5.9, result.GetProperty("centroids")[0][0].GetDouble(), 0.01);
    }

    [Fact]
    public async Task Cluster_Auto_ShowsWhatItChoseFrom()
    {
        Assert.Equal(0, await RunAsync(Iris(';'), "c, d", "--k", "auto", "--scale", "zscore"));
        Assert.Contains("Tried k", _shop.Output, StringComparison.Ordinal);
        Assert.Contains("Silhouette", _shop.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cluster_Dbscan_HasNoiseAndNoInertia()
    {
        Assert.Equal(0, await RunAsync(Iris('\t'), "a,b,c,d", "--method", "dbscan", "--radius", "0.5", "--neighbours", "5", "--format", "json"));
        var result = JsonDocument.Parse(_shop.Output).RootElement;
        Assert.Equal((2, 17), (result.GetProperty("k").GetInt32(), result.GetProperty("labels").EnumerateArray().Count(l => l.GetInt32() == -1)));
        Assert.Equal(JsonValueKind.Null, result.GetProperty("inertia").ValueKind);
    }

    [Theory]
    [InlineData("a,b\n1,2\n3,x\n", "a,b", "rows.csv:3: b: Found 'x'; expected a number")]
    [InlineData("a,b\n1,2\n3\n", "a,b", "rows.csv:3: b: Found ''; expected a number")]
    [InlineData("a,b\n1,NaN\n", "b", "Found 'NaN'")]
    [InlineData("alpha,beta\n1,2\n", "alhpa", "Did you mean 'alpha'?")]
    [InlineData("a\n1\n1\n", "a", "only 1 different points")]
    [InlineData("a\n", "a", "no rows")]
    [InlineData("", "a", "is empty")]
    public async Task Cluster_FileThatIsWrong_IsRefusedWithTheReason(string text, string columns, string reason)
    {
        Assert.Equal(1, await RunAsync(_shop.Write("rows.csv", text), columns, "--k", "2"));
        Assert.Contains(reason, _shop.Error, StringComparison.Ordinal);
        Assert.Empty(_shop.Output);
    }

    [Fact]
    public async Task Cluster_NoSuchFile_IsRefused()
    {
        Assert.Equal(1, await RunAsync(Path.Combine(_shop.Root, "none.csv"), "a"));
        Assert.Contains("none.csv", _shop.Error, StringComparison.Ordinal);
    }

    private Task<int> RunAsync(string file, string columns, params string[] more) => _shop.RunAsync(["cluster", file, "--columns", columns, .. more]);

    private string Iris(char separator)
    {
        var points = Fixtures.Iris;
        var rows = Enumerable.Range(0, points.Count).Select(i => string.Join(separator, points.Row(i).Select(v => v.ToString(CultureInfo.InvariantCulture))));
        return _shop.Write("iris.csv", string.Join('\n', rows.Prepend(string.Join(separator, "a", "b", "c", "d"))) + "\n");
    }
}
