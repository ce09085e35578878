using Microsoft.Extensions.Logging.Abstractions;
using Segue.Benchmarks.Engine;
using Segue.Benchmarks.Import;
using Segue.Benchmarks.Ports;
using Segue.Benchmarks.Running;
using Segue.Campaigns;
using Segue.Customers;
using Segue.Http.Reports;
using Segue.Messaging;
using Segue.Orders;
using Segue.Simulation;
using Segue.Storage;

namespace Segue.Benchmarks.Overview;

/// <summary>What the dashboard's first page reads, in shops of growing size.</summary>
internal sealed class OverviewBenchmark : IBenchmark
{
    public string Name => "overview";

    public async Task<Finding?> RunAsync(Settings settings, CancellationToken cancellation)
    {
        var figures = new Dictionary<string, double>();
        var rows = new List<CurvePoint>();
        foreach (var customers in settings.Pick([10, 40], [100, 1000], [100, 1000, 10_000]))
        {
            var count = await ReadsAsync(customers);
            rows.Add(new(customers, count.RowsRead));
            figures[FormattableString.Invariant($"rows read, {customers} customers")] = count.RowsRead;
            figures[FormattableString.Invariant($"reads, {customers} customers")] = count.Reads.Values.Sum();
        }

        return new()
        {
            Name = Name, Work = "Rows read for the dashboard's overview", Beside = "nothing", Figures = figures,
            Curves = [new("rows read", "customers", "rows", rows)],
        };
    }

    private static async Task<OperationCount> ReadsAsync(int customers)
    {
        var clock = new VirtualTimeProvider(new(2025, 1, 2, 3, 4, 5, TimeSpan.Zero));
        var messages = new HeldMessages();
        var ports = new PortCounter(new InMemoryTableStore(), messages);
        var catalog = new CampaignCatalog(ports, BenchmarkCampaigns.Shipped(), clock, NullLogger<CampaignCatalog>.Instance);
        var engine = new SegueEngine(new(ports, ports, new AcceptingSender(), clock), catalog, new DerivedNames(new byte[32]), RetryOptions.Immediate, NullLoggerFactory.Instance);
        await catalog.PublishAsync();
        foreach (var customer in OrdersFile.Rows(customers * 10).GroupBy(r => r.Customer))
        {
            await engine.Import.ImportAsync(
                customer.Key, CustomerFacts.None,
                [.. customer.Select(r => new Order { OrderId = r.Order, CustomerId = r.Customer, OrderedAt = r.At, Amount = r.Amount })]);
        }

        await engine.RollUpReportsAsync();
        var reports = new ShopReports(engine);
        await reports.OverviewAsync(default);
        ports.Take();
        var overview = await reports.OverviewAsync(default);
        return overview.Customers == customers ? ports.Take() : throw new InvalidOperationException($"The overview shows {overview.Customers} customers of {customers}.");
    }
}
