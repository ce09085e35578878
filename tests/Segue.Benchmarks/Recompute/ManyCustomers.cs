using Microsoft.Extensions.Logging.Abstractions;
using Segue.Benchmarks.Engine;
using Segue.Benchmarks.Ports;
using Segue.Campaigns;
using Segue.Customers;
using Segue.Messaging;
using Segue.Orders;
using Segue.Ports;
using Segue.Simulation;
using Segue.Storage;

namespace Segue.Benchmarks.Recompute;

/// <summary>
/// The rows of a shop of any size without handling its orders one by one: two customers go through the engine, one who is now
/// 60 days silent and one who is not, and every other is a copy of theirs under an id of their own.
/// </summary>
internal static class ManyCustomers
{
    /// <summary>One in so many is due.</summary>
    public const int OneIn = 100;

    /// <summary>Fills a store: customers, summaries, and the Due row of each whose moment has come.</summary>
    /// <returns>How many are due.</returns>
    public static async Task<int> FillAsync(SqliteShop shop, CampaignSet campaigns, int customers, DateTimeOffset now)
    {
        // Due five minutes ago; and a month from now.
        var (due, calm) = (await TemplateAsync(campaigns, now.AddDays(-60).AddMinutes(-5)), await TemplateAsync(campaigns, now.AddDays(-30)));
        foreach (var chunk in Enumerable.Range(0, customers).Chunk(50_000))
        {
            await shop.Store.LoadAsync(chunk.SelectMany(i => Rows(FormattableString.Invariant($"c{i}"), i % OneIn == 0 ? due : calm, i % OneIn == 0, now)));
        }

        return (customers + OneIn - 1) / OneIn;
    }

    private static IEnumerable<(string Table, Row Row)> Rows(string id, (CustomerProfile Profile, SummaryRow Summary) of, bool isDue, DateTimeOffset now)
    {
        yield return (Tables.Customers, new(CustomerRows.Partition(id), CustomerRows.Profile, "", RowJson.Pack(of.Profile with { CustomerId = id, DrawId = id }, SegueJson.Default.CustomerProfile)));
        yield return (Tables.Summaries, new(Shards.Text(Shards.Of(id)), Keys.Escape(id), "", RowJson.Pack(of.Summary with { CustomerId = id }, SegueJson.Default.SummaryRow)));
        if (isDue)
        {
            var at = of.Profile.Standing!.ChangesAt!.Value;
            var moment = new DueMoment(at, Queues.Customers, "evaluate", new WakeUp { CustomerId = id, At = at, Why = "evaluate" });
            yield return (Tables.Due, new(moment.PartitionAt(now), moment.Key, "", moment.ToProperties()));
        }
    }

    private static async Task<(CustomerProfile Profile, SummaryRow Summary)> TemplateAsync(CampaignSet campaigns, DateTimeOffset orderedAt)
    {
        var clock = new VirtualTimeProvider(orderedAt);
        var (store, bus) = (new InMemoryTableStore(), new HeldMessages());
        var catalog = new CampaignCatalog(store, campaigns, clock, NullLogger<CampaignCatalog>.Instance);
        await catalog.PublishAsync();
        var engine = new SegueEngine(new(store, bus, new AcceptingSender(), clock), catalog, new DerivedNames(new byte[32]), RetryOptions.Immediate, NullLoggerFactory.Instance);
        await engine.Orders.AcceptAsync(
            [new(new() { OrderId = "o", CustomerId = "c", OrderedAt = orderedAt, Amount = 20 }, new() { Email = "c@example.com", EmailConsent = Consent.Granted })], orderedAt);
        while (bus.TakeDue(orderedAt) is { } message)
        {
            await engine.Queues.Single(q => q.Queue == message.Queue && q.Name != "AdvanceJourney").Handle(message.Message.Body, default);
        }

        var rows = store.AllRows().ToList();
        return (
            RowJson.Unpack(rows.Single(r => r.Table == Tables.Customers && r.Row.Key == CustomerRows.Profile).Row, SegueJson.Default.CustomerProfile),
            RowJson.Unpack(rows.Single(r => r.Table == Tables.Summaries).Row, SegueJson.Default.SummaryRow));
    }
}
