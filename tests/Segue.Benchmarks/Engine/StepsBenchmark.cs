using Segue.Benchmarks.Running;
using Segue.Campaigns;
using Segue.Customers;
using Segue.Messaging;
using Segue.Orders;

namespace Segue.Benchmarks.Engine;

/// <summary>Steps of journeys: a wait has ended, something is noted, and the next wait begins.</summary>
internal sealed class StepsBenchmark : IBenchmark
{
    private static readonly TimeSpan OneWait = TimeSpan.FromMinutes(121);

    public string Name => "steps";

    public async Task<Finding?> RunAsync(Settings settings, CancellationToken cancellation)
    {
        using var scratch = new Scratch();
        var campaigns = BenchmarkCampaigns.LongWalk();
        var count = settings.Pick(30, 1000, 5000);
        var clock = new MovedClock();
        var prepared = await PrepareAsync(scratch, campaigns, clock, count);
        var figures = new Dictionary<string, double>();
        IReadOnlyList<double> ratios = [];
        foreach (var atATime in new[] { 64, 4 })
        {
            var (rounds, messages, allocated) = await new BesideBare(scratch, prepared, campaigns, clock, Queues.JourneySteps, atATime).RunAsync(settings.Rounds);
            ratios = rounds.Ratios();
            figures[$"ratio, {atATime} at a time"] = Statistics.Median(ratios);
            figures[$"steps/s, {atATime} at a time"] = messages / Statistics.Median(rounds.Select(r => r.Ours));
            figures["KB allocated a step"] = allocated / 1024;
            figures["steps"] = messages;
        }

        return new()
        {
            Name = Name, Work = "Journey steps on SQLite", Beside = "the same commits and queue operations, bare", Reach = 2, Ratios = ratios, Figures = figures,
        };
    }

    /// <summary>A database whose customers' first waits have all just ended, with the tick's messages in the queue.</summary>
    private static async Task<string> PrepareAsync(Scratch scratch, CampaignSet campaigns, MovedClock clock, int count)
    {
        var folder = scratch.Next("steps");
        using var shop = new SqliteShop(folder, campaigns, clock);
        await shop.Catalog.PublishAsync();
        var now = clock.GetUtcNow();
        await shop.Engine.Orders.AcceptAsync(
            Enumerable.Range(0, count).Select(i => new IncomingOrder(
                new() { OrderId = FormattableString.Invariant($"o{i}"), CustomerId = FormattableString.Invariant($"c{i}"), OrderedAt = now, Amount = 20 },
                new() { Email = FormattableString.Invariant($"c{i}@example.com"), EmailConsent = Consent.Granted })),
            now);
        await shop.DrainAsync(Queues.Customers, 64);
        await shop.DrainAsync(Queues.JourneySteps, 64);
        clock.By = OneWait;
        await shop.Engine.Timers.Single(t => t.Name == "RecomputeSegments").Handle(default);

        // The tick has told the bus the second of each; a few lie ahead.
        clock.By += TimeSpan.FromMinutes(14);
        return folder;
    }
}
