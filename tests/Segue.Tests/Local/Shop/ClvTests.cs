using System.Text.Json;
using Segue.Tests.Support;

namespace Segue.Tests.Local.Shop;

/// <summary><c>clv</c> over imported orders.</summary>
public sealed class ClvTests : IDisposable
{
    private readonly ShopFolder _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task Clv_CdnowSample_IsAsPublishedAndCheckedAgainstWhatCameAfter()
    {
        Assert.Equal(0, await _shop.RunAsync(
            "import", SharedData.Path("cdnow-sample.csv"), "--map", "customerId=customer_id", "--map", "orderedAt=date", "--map", "amount=dollar_value",
            "--date-format", "yyyyMMdd"));
        Assert.Equal(0, await _shop.RunAsync("clv", "--until", "1997-09-30", "--format", "json"));

        var result = JsonDocument.Parse(_shop.Output).RootElement;
        Assert.Equal(2357, result.GetProperty("customers").GetInt32());
        Assert.Equal([0.243, 4.41, 0.793, 2.43, -9580], Digits(result.GetProperty("bgnbd"), "r", "alpha", "a", "b", "logLikelihood"));
        Assert.Equal([6.25, 3.74, 15.4], Digits(result.GetProperty("gammaGamma"), "p", "q", "v"));
        var holdout = result.GetProperty("holdout");
        Assert.Equal((1882, 1653), (holdout.GetProperty("actual").GetInt32(), (int)Math.Round(holdout.GetProperty("predicted").GetDouble())));
        Assert.Equal(8, holdout.GetProperty("byRepeats").GetArrayLength());
        Assert.Equal([3, 6, 12], result.GetProperty("forecast").EnumerateArray().Select(f => f.GetProperty("months").GetInt32()));
    }

    [Fact]
    public async Task Clv_FewOrders_SaysThatTheySayLittleOrNothing()
    {
        await _shop.RunAsync("import", _shop.Write("customers.csv", "customerId,name\nann,Ann\n"), "--kind", "customers");
        Assert.Equal(1, await _shop.RunAsync("clv"));
        Assert.Contains("no orders", _shop.Error, StringComparison.Ordinal);

        await _shop.RunAsync("import", _shop.Write("orders.csv", "customerId,orderedAt,amount\nann,2026-01-01,5\nbob,2026-02-01,7\n"));
        Assert.Equal(1, await _shop.RunAsync("clv"));
        Assert.Contains("more than one day", _shop.Error, StringComparison.Ordinal);
        Assert.Equal(1, await _shop.RunAsync("clv", "--until", "2025-12-31"));
        Assert.Contains("Nobody had bought by 2025-12-31", _shop.Error, StringComparison.Ordinal);
    }

    private static IEnumerable<double> Digits(JsonElement of, params string[] names) => names.Select(n =>
    {
        var value = of.GetProperty(n).GetDouble();
        var unit = Math.Pow(10, Math.Floor(Math.Log10(Math.Abs(value))) - 2);
        return Math.Round(Math.Round(value / unit) * unit, 3);
    });
}
