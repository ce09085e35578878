using Segue.Benchmarks.Engine;
using Segue.Benchmarks.Running;
using Segue.Messaging;

namespace Segue.Benchmarks.Recompute;

/// <summary>A tick of the timer in a shop of whom one in a hundred is due, beside a look at everybody.</summary>
internal sealed class RecomputeBenchmark : IBenchmark
{
    private const int AtATime = 64;

    public string Name => "recompute";

    public async Task<Finding?> RunAsync(Settings settings, CancellationToken cancellation)
    {
        using var scratch = new Scratch();
        var campaigns = BenchmarkCampaigns.ThreeOrdersEnter();
        var figures = new Dictionary<string, double>();
        var (ticks, handled, passes) = (new List<CurvePoint>(), new List<CurvePoint>(), new List<CurvePoint>());
        IReadOnlyList<double> ratios = [];
        foreach (var customers in settings.Pick([300], [10_000, 100_000], [10_000, 100_000, 1_000_000]))
        {
            var clock = new MovedClock();
            var prepared = scratch.Next("many");
            int due;
            using (var shop = new SqliteShop(prepared, campaigns, clock))
            {
                await shop.Catalog.PublishAsync(cancellation);
                due = await ManyCustomers.FillAsync(shop, campaigns, customers, clock.GetUtcNow());
            }

            var rounds = new List<(double Tick, double Handle, double Pass)>();
            for (var round = 0; round < (customers >= 1_000_000 ? Math.Min(settings.Rounds, 3) : settings.Rounds); round++)
            {
                var folder = scratch.Copy(prepared);
                using (var shop = new SqliteShop(folder, campaigns, clock))
                {
                    var tick = await Turns.TimeAsync(() => shop.Engine.Timers.Single(t => t.Name == "RecomputeSegments").Handle(cancellation));
                    var found = 0;
                    var handle = await Turns.TimeAsync(async () => found = await shop.DrainAsync(Queues.Customers, AtATime));
                    if (found != due)
                    {
                        throw new InvalidOperationException($"{found} were woken, and {due} are due.");
                    }

                    // Whoever is due has been seen to, so that the pass reads and evaluates everybody and has nothing to write.
                    var pass = await Turns.TimeAsync(async () =>
                    {
                        await shop.Engine.ReevaluateAllAsync(cancellation);
                        clock.By += TimeSpan.FromMinutes(1);
                        await shop.DrainAsync(Queues.ShardWork, 2);
                        clock.By -= TimeSpan.FromMinutes(1);
                    });
                    rounds.Add((tick, handle, pass));
                }

                Scratch.Remove(folder);
            }

            Scratch.Remove(prepared);
            ratios = [.. rounds.Select(r => r.Tick / r.Pass)];
            var (t, h, p) = (Statistics.Median(rounds.Select(r => r.Tick)), Statistics.Median(rounds.Select(r => r.Handle)), Statistics.Median(rounds.Select(r => r.Pass)));
            ticks.Add(new(customers, t));
            handled.Add(new(customers, t + h));
            passes.Add(new(customers, p));
            figures[FormattableString.Invariant($"tick s, {customers} customers")] = t;
            figures[FormattableString.Invariant($"handling the due s, {customers} customers")] = h;
            figures[FormattableString.Invariant($"reading and evaluating all s, {customers} customers")] = p;
            figures[FormattableString.Invariant($"ratio of the tick, {customers} customers")] = Statistics.Median(ratios);
            figures[FormattableString.Invariant($"ratio of tick and handling, {customers} customers")] = Statistics.Median(rounds.Select(r => (r.Tick + r.Handle) / r.Pass));
            figures[FormattableString.Invariant($"ratio to handling everybody at the same rate, {customers} customers")] =
                Statistics.Median(rounds.Select(r => (r.Tick + r.Handle) / (r.Handle / due * customers)));
        }

        return new()
        {
            Name = Name, Work = "The timer's tick with 1 % of the customers due", Beside = "a pass that reads and evaluates every customer", Reach = 0.02,
            Ratios = ratios, Figures = figures,
            Curves = [new("tick", "customers, 1 % of them due", "seconds", ticks), new("tick, and handling whom it woke", "", "", handled), new("reading and evaluating everybody", "", "", passes)],
        };
    }
}
