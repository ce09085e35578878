using Segue.Benchmarks.Running;

namespace Segue.Benchmarks.Import;

/// <summary>A CSV file of orders to committed customers, segments and reports.</summary>
internal sealed class ImportBenchmark : IBenchmark
{
    public string Name => "import";

    public async Task<Finding?> RunAsync(Settings settings, CancellationToken cancellation)
    {
        using var scratch = new Scratch();
        var (times, memory) = (new List<CurvePoint>(), new List<CurvePoint>());
        var figures = new Dictionary<string, double>();
        IReadOnlyList<double> ratios = [];
        foreach (var rows in settings.Pick([200], [10_000, 100_000], [10_000, 100_000, 1_000_000]))
        {
            var csv = scratch.Next("orders.csv");
            OrdersFile.Write(csv, rows);
            var (peaks, committed) = (new List<double>(), new List<double>());
            var rounds = await Turns.TakeAsync(
                rows >= 1_000_000 ? Math.Min(settings.Rounds, 3) : settings.Rounds,
                async () =>
                {
                    var data = scratch.Next("data");
                    var seconds = settings.Scale == Scale.Smoke
                        ? await Turns.TimeAsync(() => ImportMemory.ImportAsync(csv, data))
                        : await Alone(data);
                    committed.Add(await InsertAsync(file => BareInsert.Committed(data, file)));
                    Scratch.Remove(data);
                    return seconds;

                    async Task<double> Alone(string into)
                    {
                        var (taken, peak) = await ImportMemory.InAProcessAsync(csv, into, cancellation);
                        peaks.Add(peak);
                        return taken;
                    }
                },
                () => InsertAsync(file => BareInsert.Rows(csv, file)));
            ratios = rounds.Ratios();
            var ours = Statistics.Median(rounds.Select(r => r.Ours));
            figures[FormattableString.Invariant($"ratio to the CSV rows, {rows} rows")] = Statistics.Median(ratios);
            figures[FormattableString.Invariant($"ratio to the committed rows, {rows} rows")] = ours / Statistics.Median(committed);
            figures[FormattableString.Invariant($"rows/s, {rows} rows")] = rows / ours;
            times.Add(new(rows, ours));
            if (peaks.Count > 0)
            {
                figures[FormattableString.Invariant($"peak MB, {rows} rows")] = Statistics.Median(peaks);
                memory.Add(new(rows, Statistics.Median(peaks)));
            }

            File.Delete(csv);
        }

        return new()
        {
            Name = Name, Work = "Import of CSV rows to committed state", Beside = "the bare SQLite insert of the same rows in large transactions", Reach = 3,
            Ratios = ratios, Figures = figures, Curves = [new("seconds", "rows", "seconds, megabytes", times), new("most memory, MB", "rows", "", memory)],
        };

        async Task<double> InsertAsync(Action<string> insert)
        {
            var folder = scratch.Next("bare");
            Directory.CreateDirectory(folder);
            var seconds = await Turns.TimeAsync(() =>
            {
                insert(Path.Combine(folder, "bare.db"));
                return Task.CompletedTask;
            });
            Scratch.Remove(folder);
            return seconds;
        }
    }
}
