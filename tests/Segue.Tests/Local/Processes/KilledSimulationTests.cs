using System.Diagnostics;

namespace Segue.Tests.Local.Processes;

public sealed class KilledSimulationTests : IDisposable
{
    private readonly ProcessShop _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task Simulate_KilledAtAnyMomentAndRunAgain_GivesTheSameResultAndFile()
    {
        var orders = GeneratedOrders.Write(_shop.PathOf("orders.csv"), 1_500, 500);
        Assert.Equal(0, (await _shop.RunHereAsync("import", orders)).Code);
        var data = _shop.Dump();
        var began = Stopwatch.GetTimestamp();
        var whole = await _shop.RunAsync(Words("whole.csv"));
        var took = Stopwatch.GetElapsedTime(began);
        Assert.True(whole.Code == 0, whole.Error);

        var random = new Random(5);
        for (var kill = 0; kill < 3; kill++)
        {
            using var process = _shop.Start(Words("again.csv"));
            if (kill > 0)
            {
                await process.LineAsync("Simulating days");
            }

            await Task.Delay(took * random.NextDouble() / 3, TestContext.Current.CancellationToken);
            await process.KillAsync();
            Assert.False(File.Exists(_shop.PathOf("again.csv")), "A run that was cut off left a file that looks whole.");
        }

        var again = await _shop.RunAsync(Words("again.csv"));

        Assert.Equal((0, whole.Output), (again.Code, again.Output));
        var sends = await File.ReadAllBytesAsync(_shop.PathOf("whole.csv"), TestContext.Current.CancellationToken);
        Assert.True(sends.Length > 1_000);
        Assert.Equal(sends, await File.ReadAllBytesAsync(_shop.PathOf("again.csv"), TestContext.Current.CancellationToken));
        Assert.Equal(data, _shop.Dump());
    }

    private string[] Words(string sends) =>
    [
        "simulate", "--from", "2023-06-01", "--until", "2023-10-01", "--journey", "wake", "--assume-reachable",
        "--sends", _shop.PathOf(sends), "--format", "json",
    ];
}
