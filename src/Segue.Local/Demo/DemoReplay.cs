using Segue.Campaigns;
using Segue.Customers;
using Segue.Local.Commands;
using Segue.Local.Shop;
using Segue.Messaging;
using Segue.Orders;
using Segue.Ports;
using Segue.Simulation;
using Segue.Storage;

namespace Segue.Local.Demo;

/// <summary>Plays the demo shop's history through the engine on a virtual clock, with every shipped journey live.</summary>
internal static class DemoReplay
{
    /// <summary>The rows that the shop has at the end.</summary>
    public static async Task<IReadOnlyList<(string Table, Row Row)>> RunAsync(
        CampaignSet set, DerivedNames names, DateTimeOffset now, int customers, IProgress<WorkDone> progress, CancellationToken cancellation)
    {
        progress.Report(new("Making the demo shop up", 0, null));
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var start = new DateTimeOffset(today.AddDays(-DemoShop.Days), TimeOnly.MinValue, TimeSpan.Zero);
        var facts = DemoShop.Generate(today, customers).Select(Historic).ToList();
        var world = new EngineWorld(start, set with { Settings = set.Settings with { Sending = Sending.On, CalibrationApproval = 1 } }, names, new NobodysPost());
        await world.Catalog.PublishAsync(cancellation);
        foreach (var journey in set.Journeys.Values)
        {
            await world.Engine.Switches.GoLiveAsync(journey, "demo", world.Bus, cancellation);
        }

        var days = new ProgressMap<SimulationProgress>(
            progress, p => new("Replaying 18 months", (long)(p.Now - start).TotalDays, DemoShop.Days));
        await world.RunAsync(facts, now, days, cancellation);
        progress.Report(new("Rolling up reports", 0, null));
        await world.Engine.RollUpReportsAsync(cancellation);
        return [.. world.Store.AllRows()];
    }

    private static HistoricFact Historic(DemoFact fact) => new(
        fact.At, Queues.Customers, OrderMessages.Arrived(new(fact.Order, Facts(fact)), fact.At));

    private static CustomerFacts Facts(DemoFact fact) => new()
    {
        Email = fact.Customer.Email,
        Name = fact.Customer.Name,
        EmailConsent = fact.Customer.Consent,
        ConsentAt = fact.Customer.Consent == Consent.Unknown ? null : fact.Order.OrderedAt,
        ConsentSource = fact.Customer.Consent == Consent.Unknown ? null : "checkout",
        Locale = fact.Customer.Locale,
        TimeZone = fact.Customer.TimeZone,
        Balance = fact.Customer.Balance,
        Attributes = new Dictionary<string, string> { ["country"] = fact.Customer.Country },
    };

    /// <summary>Takes every mail and delivers none.</summary>
    private sealed class NobodysPost : IEmailSender
    {
        public Task<SendAnswer> SendAsync(RenderedEmail email, CancellationToken cancellation = default) =>
            Task.FromResult<SendAnswer>(new SendAnswer.Accepted());

        public Task<bool?> WasAcceptedAsync(string sendId, CancellationToken cancellation = default) => Task.FromResult<bool?>(true);
    }
}
