using Microsoft.Extensions.Logging.Abstractions;
using Segue.Campaigns;
using Segue.Customers;
using Segue.Messaging;
using Segue.Privacy;
using Segue.Simulation;
using Segue.Storage;
using Segue.Tests.Support;

namespace Segue.Tests.Simulation;

/// <summary>
/// Customers are erased in the middle of journeys, at a moment that the seed draws, while everything goes wrong. Once nothing can be on its
/// way any more there is not a byte of them in any table, and no mail has gone after their word.
/// </summary>
public sealed class ErasureFaultTests(ITestOutputHelper output)
{
    /// <summary>Another number of seeds, for long runs by hand.</summary>
    private static readonly int Seeds = int.TryParse(Environment.GetEnvironmentVariable("SEGUE_ERASURE_SEEDS"), out var n) ? n : 20;

    /// <summary>What was claimed before the word may go after it by so much.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);

    private static readonly string[] Everybody = ["anna", "ben", "cleo", "dan", "eve", "gus", "fay"];

    [Fact]
    public void Hold_ErasedInTheMiddle_NothingIsLeftAndNobodyIsMailed()
    {
        var (erased, before, others) = (0, 0, 0);
        var coverage = new FaultCoverage();
        FaultSeeds.Hold(Seeds, plan =>
        {
            var erasures = ErasuresOf(plan.Seed);
            var world = Run(plan, erasures);
            var store = (InMemoryTableStore)world.Store;

            Assert.Empty(world.DeadLetters);
            Assert.Empty(world.Sender.Copies);
            foreach (var (customer, at) in erasures)
            {
                AssertForgotten(store, customer, at);
                var mails = world.Sender.Accepted.Where(m => m.Email.To == $"{customer}@example.com").ToList();
                if (!MatrixShop.Facts().Any(f => f.At <= at && f.Message.Body.Contains($"\"{customer}\"", StringComparison.Ordinal)))
                {
                    // Nobody whom anyone knew: whoever orders and agrees after it is new.
                    continue;
                }

                Assert.All(mails, m => Assert.True(m.At <= at + Grace, $"{customer}, erased at {at:O}, was mailed at {m.At:O}"));
                before += mails.Count;
            }

            erased += erasures.Count;
            others += world.Sender.Accepted.Count(m => erasures.All(e => m.Email.To != $"{e.Customer}@example.com"));
            Assert.Equal(0, ShopState.Of(store).Outboxes);
            coverage.Add(world.Coverage);
        });
        output.WriteLine($"{Seeds} seeds: {erased} erased, who had {before} mails before it; {others} mails to others");
        output.WriteLine(coverage.ToString());
        Assert.True(before > 0 && others > 0);
    }

    /// <summary>Every port call of an erasure, found by running, with everything that can go wrong there.</summary>
    [Fact]
    public void Run_EveryPortCallOfAnErasureWithEveryFault_LeavesNothing()
    {
        (string, DateTimeOffset)[] erasures = [("anna", MatrixShop.At(1.04)), ("gus", MatrixShop.At(1.2))];
        var matrix = new CrashMatrix(1, plan => Run(plan, erasures), (_, world) =>
        {
            Assert.Empty(world.DeadLetters);
            Assert.Empty(world.Sender.Copies);
            foreach (var (customer, at) in erasures)
            {
                AssertForgotten((InMemoryTableStore)world.Store, customer, at);
            }

            return "nothing left";
        });
        matrix.Run(211);

        output.WriteLine(matrix.ToString());
        Assert.True(matrix.Failures.Count == 0, string.Join("\n", matrix.Failures.Take(20)) + $"\n{matrix.Failures.Count} of {matrix.Cases} cases");
    }

    /// <summary>Who comes again after it is somebody new; who does not is not there.</summary>
    private static void AssertForgotten(InMemoryTableStore store, string customer, DateTimeOffset at)
    {
        var orders = MatrixShop.Facts().Select(f => (f.At, Message: System.Text.Json.JsonSerializer.Deserialize(f.Message.Body, SegueJson.Default.CustomerMessage)))
            .Where(m => m.Message is OrderArrived or CustomerChanged && m.Message!.CustomerId == customer).ToList();
        var gone = orders.Where(o => o.At <= at).Select(o => o.Message).OfType<OrderArrived>().Select(o => o.Order.Order.OrderId).ToHashSet();
        gone.ExceptWith(orders.Where(o => o.At > at).Select(o => o.Message).OfType<OrderArrived>().Select(o => o.Order.Order.OrderId));

        // One order goes from dan to eve: it is hers, whichever of them is erased before.
        gone.Remove("moved");
        if (orders.All(o => o.At <= at))
        {
            Assert.Equal([], Traces.Of(store, $"{customer}@example.com").Concat(Named(store, customer)));
        }

        var kept = store.AllRows().Where(r => gone.Contains(Keys.Unescape(r.Row.Key[(r.Row.Key.IndexOf('-', StringComparison.Ordinal) + 1)..].Split('~')[0]))
            || (r.Table == Tables.Orders && gone.Contains(r.Row.Key))).Select(r => $"{r.Table} {r.Row.Partition} {r.Row.Key}");
        Assert.Equal([], kept.Where(k => !k.StartsWith(Tables.Due, StringComparison.Ordinal)));
        Assert.DoesNotContain(store.AllRows(), r => r.Row.Key.StartsWith(CustomerRows.Erasures, StringComparison.Ordinal) && r.Row.Partition == customer);
    }

    /// <summary>The names are short words: they count where they stand as an id.</summary>
    private static IEnumerable<string> Named(InMemoryTableStore store, string customer) => store.AllRows()
        .Where(r => r.Row.Partition == customer || r.Row.Key == customer || r.Row.Key.StartsWith($"{customer}~", StringComparison.Ordinal)
            || Traces.Text(r.Row).Contains($"\"{customer}\"", StringComparison.Ordinal) || r.Row.Properties.Values.Any(v => v is string text && text == customer))
        .Select(r => $"{r.Table} {r.Row.Partition} / {r.Row.Key}");

    /// <summary>Two of them, while their journeys are under way.</summary>
    private static List<(string Customer, DateTimeOffset At)> ErasuresOf(ulong seed)
    {
        var random = new Random((int)seed);
        return [.. random.GetItems(Everybody, 2).Distinct().Select(c => (c, MatrixShop.At(0.06 + (random.NextDouble() * 3))))];
    }

    private static FaultyWorld Run(FaultPlan plan, IReadOnlyList<(string Customer, DateTimeOffset At)> erasures)
    {
        var store = new InMemoryTableStore();
        new CampaignCatalog(store, MatrixShop.Campaigns, new VirtualTimeProvider(MatrixShop.Start), NullLogger<CampaignCatalog>.Instance)
            .PublishAsync().GetAwaiter().GetResult();
        var facts = MatrixShop.Facts().Concat(erasures.Select(e => new HistoricFact(e.At, Queues.Customers, ErasureIntake.Message(e.Customer, e.At)))).OrderBy(f => f.At);
        var world = new FaultyWorld(plan, MatrixShop.Start, (s, b, e, c) => MatrixShop.Engine(new(s, b, e, c)), facts, store, handlersAtOnce: 3);
        world.RunUntil(MatrixShop.At(5.4));
        return world;
    }
}
