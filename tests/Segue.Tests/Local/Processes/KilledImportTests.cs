using System.Diagnostics;
using System.Text.Json;
using Segue.Storage;

namespace Segue.Tests.Local.Processes;

public sealed class KilledImportTests : IDisposable
{
    private const int Rows = 20_000;
    private const int Customers = 2_500;

    private readonly ProcessShop _undisturbed = new();
    private readonly ProcessShop _killed = new();

    public void Dispose()
    {
        _undisturbed.Dispose();
        _killed.Dispose();
    }

    [Fact]
    public async Task Import_KilledAtAnyMomentAndRunAgain_EndsAsAnUndisturbedOne()
    {
        var file = GeneratedOrders.Write(_undisturbed.PathOf("orders.csv"), Rows, Customers);
        var began = Stopwatch.GetTimestamp();
        var whole = await _undisturbed.RunAsync("import", file, "--format", "json");
        var took = Stopwatch.GetElapsedTime(began);
        Assert.True(whole.Code == 0, whole.Error);

        var random = new Random(11);
        var kept = new List<int>();
        for (var kill = 0; kill < 4; kill++)
        {
            using var process = _killed.Start("import", file);
            if (kill > 0)
            {
                // The first may die before it has written anything at all; the others in the middle of the writing.
                await process.LineAsync("Recording orders");
            }

            await Task.Delay((kill == 0 ? took : took / 3) * random.NextDouble(), TestContext.Current.CancellationToken);
            await process.KillAsync();
            kept.Add(Directory.Exists(_killed.Data) && File.Exists(Path.Combine(_killed.Data, "segue.db")) ? _killed.Orders().Count : 0);
        }

        var last = await _killed.RunAsync("import", file, "--format", "json");

        Assert.True(last.Code == 0, last.Error);
        Assert.Contains(kept, k => k is > 0 and < Rows);
        var (first, second) = (Result(whole.Output), Result(last.Output));
        Assert.Equal(Rows, first.Accepted);
        Assert.Equal((Rows, 0), (second.Accepted + second.Duplicates, second.Refused));
        Assert.Equal(first.Revenue, _killed.Orders().Sum(o => o.Amount));
        Assert.Equal(_undisturbed.Orders(), _killed.Orders());
        Assert.Equal(_undisturbed.Profiles(), _killed.Profiles());
        Assert.Equal(await _undisturbed.SegmentsAsync(), await _killed.SegmentsAsync());
        Assert.True(_killed.IsCalibrated());
        Assert.Empty(Leftovers(_killed));
    }

    [Fact]
    public async Task Import_KilledBeforeItsCalibration_CalibratesOnTheNextRunAndNeverAgain()
    {
        var file = GeneratedOrders.Write(_killed.PathOf("orders.csv"), 3_000, 1_000);
        using (var process = _killed.Start("import", file))
        {
            await process.LineAsync("Calibrating");
            await process.KillAsync();
        }

        Assert.Equal(3_000, _killed.Orders().Count);
        var again = await _killed.RunHereAsync("import", file, "--format", "json");

        Assert.True(again.Code == 0, again.Error);
        Assert.Equal((0, 3_000), (Result(again.Output).Accepted, Result(again.Output).Duplicates));
        Assert.True(_killed.IsCalibrated());
        var before = _killed.Dump();
        Assert.Equal(0, (await _killed.RunHereAsync("import", file)).Code);
        Assert.Equal(before, _killed.Dump());
    }

    /// <summary>What a killed import leaves of a customer is dispatched when the customer is next touched.</summary>
    private static IEnumerable<string> Leftovers(ProcessShop shop) => shop.Rows(Tables.Customers)
        .Where(r => r.Key.StartsWith("0-outbox", StringComparison.Ordinal)).Select(r => r.Partition);

    private static (int Accepted, int Duplicates, int Refused, decimal Revenue) Result(string json)
    {
        var result = JsonDocument.Parse(json).RootElement;
        return (
            result.GetProperty("accepted").GetInt32(), result.GetProperty("duplicates").GetInt32(),
            result.GetProperty("refused").GetInt32(), result.GetProperty("revenue").GetDecimal());
    }
}
