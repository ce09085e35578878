using Microsoft.Extensions.Logging.Abstractions;
using Segue.Campaigns;
using Segue.Messaging;
using Segue.Orders;
using Segue.Simulation;
using Segue.Storage;
using Segue.Tests.Simulation;
using Segue.Tests.Support;

namespace Segue.Tests.Measurement.Reports;

/// <summary>Reports equal the rows whatever happened on the way: crashes, duplicates, lost locks, skewed clocks.</summary>
public sealed class ReportFaultTests
{
    private static readonly DateTimeOffset From = new(1997, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly CampaignSet Campaigns = ReportedShop.Campaigns().Load();

    [Fact]
    public void Hold_FaultsInEveryPortCall_FiguresEqualTheRows() => FaultSeeds.Hold(12, plan =>
    {
        var purchases = Purchase.Make((int)plan.Seed, 5, TimeSpan.FromDays(1));
        var (store, until) = (new InMemoryTableStore(), From.AddDays(150));
        Catalog(store, new VirtualTimeProvider(From)).PublishAsync().GetAwaiter().GetResult();
        var facts = purchases.Where(p => p.At < until).OrderBy(p => p.At)
            .Select(p => new HistoricFact(p.At, Queues.Customers, OrderMessages.Arrived(p.ToOrder(), p.At)));
        var world = new FaultyWorld(plan, From, (s, b, e, c) => Engine(new(s, b, e, c)) is var engine ? (engine.Queues, engine.Timers) : default, facts, store);
        world.RunUntil(until);

        var clock = new VirtualTimeProvider(until);
        var after = Engine(new(store, new VirtualBus(clock), new RecordingNothing(), clock));
        after.RollUpReportsAsync().GetAwaiter().GetResult();
        ReportedShop.AgreesAsync(after, store, attribution: false).GetAwaiter().GetResult();
    });

    private static CampaignCatalog Catalog(Segue.Ports.ITableStore store, TimeProvider clock) =>
        new(store, Campaigns, clock, NullLogger<CampaignCatalog>.Instance);

    private static SegueEngine Engine(EnginePorts ports) =>
        new(ports, Catalog(ports.Store, ports.Clock), new(new byte[32]), RetryOptions.Immediate, NullLoggerFactory.Instance);

    private sealed class RecordingNothing : Segue.Ports.IEmailSender
    {
        public Task<Segue.Ports.SendAnswer> SendAsync(Segue.Ports.RenderedEmail email, CancellationToken cancellation = default) =>
            throw new InvalidOperationException("No mail is due any more.");

        public Task<bool?> WasAcceptedAsync(string sendId, CancellationToken cancellation = default) => Task.FromResult<bool?>(null);
    }
}
