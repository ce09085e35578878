using Microsoft.Extensions.Logging.Abstractions;
using Segue.Benchmarks.Engine;
using Segue.Campaigns;
using Segue.Customers;
using Segue.Messaging;
using Segue.Orders;
using Segue.Ports;
using Segue.Simulation;
using Segue.Storage;

namespace Segue.Benchmarks.Ports;

/// <summary>A shop in memory whose every handler's calls are counted apart.</summary>
internal sealed class CountedShop
{
    private static readonly DateTimeOffset Start = new(2025, 3, 4, 12, 2, 0, TimeSpan.Zero);

    private readonly VirtualTimeProvider _clock = new(Start);
    private readonly HeldMessages _messages = new();
    private readonly PortCounter _ports;
    private readonly SegueEngine _engine;
    private int _orders;

    private CountedShop(CampaignSet campaigns)
    {
        _ports = new(new InMemoryTableStore(), _messages);
        Catalog = new CampaignCatalog(_ports, campaigns, _clock, NullLogger<CampaignCatalog>.Instance);
        _engine = new(
            new(_ports, _ports, new AcceptingSender(), _clock), Catalog, new DerivedNames(new byte[32]), RetryOptions.Immediate, NullLoggerFactory.Instance);
    }

    private CampaignCatalog Catalog { get; }

    /// <summary>Opens it with the campaigns published.</summary>
    public static async Task<CountedShop> OpenAsync(CampaignSet campaigns)
    {
        var shop = new CountedShop(campaigns);
        await shop.Catalog.PublishAsync();
        return shop;
    }

    /// <summary>A customer orders now, and nothing is handled yet.</summary>
    public Task OrderAsync(string customer)
    {
        var order = new Order { OrderId = FormattableString.Invariant($"o{_orders++}"), CustomerId = customer, OrderedAt = _clock.GetUtcNow(), Amount = 25 };
        return _engine.Orders.AcceptAsync(
            [new(order, new() { Email = $"{customer}@example.com", EmailConsent = Consent.Granted })], _clock.GetUtcNow());
    }

    /// <summary>Time passes while nothing runs.</summary>
    public void Wait(TimeSpan time) => _clock.AdvanceTo(_clock.GetUtcNow() + time);

    /// <summary>The timer that looks for what is due; what it cost.</summary>
    public async Task<OperationCount> TickAsync()
    {
        _ports.Take();
        await _engine.Timers.Single(t => t.Name == "RecomputeSegments").Handle(default);
        return _ports.Take();
    }

    /// <summary>Handles the next message that is due; the message and what it cost, or null where none is.</summary>
    public async Task<(string Queue, string Body, OperationCount Count)?> HandleAsync()
    {
        if (_messages.TakeDue(_clock.GetUtcNow()) is not { } next)
        {
            return null;
        }

        _ports.Take();
        await _engine.Queues.Single(q => q.Queue == next.Queue).Handle(next.Message.Body, default);
        return (next.Queue, next.Message.Body, _ports.Take());
    }

    /// <summary>Handles all that is due.</summary>
    public async Task SettleAsync()
    {
        while (await HandleAsync() is not null)
        {
        }
    }

    /// <summary>Another customer orders, so that what is kept for seconds or minutes (campaigns, the day's mark) is at hand.</summary>
    public async Task WarmAsync(bool settle = true)
    {
        await OrderAsync("warm");
        while (await HandleAsync() is { } handled && (settle || !handled.Body.Contains("\"warm\"", StringComparison.Ordinal)))
        {
        }
    }
}
