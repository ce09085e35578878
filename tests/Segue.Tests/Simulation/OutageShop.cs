using Microsoft.Extensions.Logging.Abstractions;
using Segue.Campaigns;
using Segue.Customers;
using Segue.Email;
using Segue.Messaging;
using Segue.Ports;
using Segue.Simulation;
using Segue.Storage;
using Segue.Tests.Support;

namespace Segue.Tests.Simulation;

/// <summary>A time in which a service can't be reached.</summary>
internal sealed record Outage(DateTimeOffset From, DateTimeOffset Until)
{
    public static Outage None { get; } = new(DateTimeOffset.MaxValue, DateTimeOffset.MaxValue);

    public bool Holds(DateTimeOffset at) => at >= From && at < Until;
}

/// <summary>The matrix's shop on one worker that is as patient as in production, with services that go away.</summary>
internal sealed class OutageShop
{
    private readonly VirtualTimeProvider _clock = new(MatrixShop.Start);
    private readonly VirtualBus _bus;

    private OutageShop()
    {
        _bus = new(_clock);
        Sender = new(_clock);
    }

    public InMemoryTableStore Store { get; } = new();

    public RecordingSender Sender { get; }

    public IReadOnlyList<DeadLetter> DeadLetters => _bus.DeadLetters;

    /// <summary>Calls that found the service away.</summary>
    public int Refused { get; private set; }

    public SimulationStatistics World { get; private set; } = new();

    public ShopState State { get; private set; } = null!;

    /// <summary>Runs it to its end, which comes long after all outages.</summary>
    public static async Task<OutageShop> RunAsync(Outage? storage = null, Outage? bus = null, Outage? mail = null)
    {
        var shop = new OutageShop();
        var store = new HookedStore(shop.Store);
        store.BeforeRead = _ => shop.Refuse(storage);
        store.BeforeCommit = (_, _, _) => shop.Refuse(storage);
        var away = new AwayPorts(shop, bus ?? Outage.None, mail ?? Outage.None);
        var start = new CampaignCatalog(shop.Store, MatrixShop.Campaigns, shop._clock, NullLogger<CampaignCatalog>.Instance);
        await start.PublishAsync();
        var (queues, timers) = MatrixShop.Engine(new(store, away, away, shop._clock), RetryOptions.Default);

        // A bus that is away delivers nothing; and whoever posts an order then is told to come again.
        var patient = queues.Select(q => q with { Handle = async (body, c) =>
        {
            if (bus?.Holds(shop._clock.GetUtcNow()) == true)
            {
                await Task.Delay(bus.Until - shop._clock.GetUtcNow(), shop._clock, c);
            }

            await q.Handle(body, c);
        } }).ToList();
        await using var world = new VirtualWorld(shop._clock, shop._bus, patient, timers, MatrixShop.Facts());
        await world.RunUntilAsync(MatrixShop.At(4), cancellation: TestContext.Current.CancellationToken);
        shop.World = world.Statistics;
        shop.State = ShopState.Of(shop.Store);
        return shop;
    }

    public static IReadOnlyDictionary<string, Send> Sends(InMemoryTableStore store) => store.AllRows()
        .Where(r => r.Table == Tables.Customers && (r.Row.Key.StartsWith(CustomerRows.OpenSends, StringComparison.Ordinal)
            || r.Row.Key.StartsWith(CustomerRows.SettledSends, StringComparison.Ordinal)))
        .Select(r => RowJson.Unpack(r.Row, SegueJson.Default.Send)).ToDictionary(s => s.Id);

    private bool IsAway(Outage? outage)
    {
        if (outage?.Holds(_clock.GetUtcNow()) != true)
        {
            return false;
        }

        Refused++;
        return true;
    }

    private void Refuse(Outage? outage)
    {
        if (IsAway(outage))
        {
            throw new PortUnavailableException("away");
        }
    }

    /// <summary>Bus and mail service.</summary>
    private sealed class AwayPorts(OutageShop shop, Outage bus, Outage mail) : IMessageBus, IEmailSender
    {
        public Task SendAsync(string queue, IReadOnlyList<BusMessage> messages, CancellationToken cancellation = default)
        {
            shop.Refuse(bus);
            return shop._bus.SendAsync(queue, messages, cancellation);
        }

        public Task<SendAnswer> SendAsync(RenderedEmail email, CancellationToken cancellation = default) => shop.IsAway(mail)
            ? Task.FromResult<SendAnswer>(new SendAnswer.TryAfter(TimeSpan.FromMinutes(1), "The connection was refused."))
            : shop.Sender.SendAsync(email, cancellation);

        public Task<bool?> WasAcceptedAsync(string sendId, CancellationToken cancellation = default) =>
            shop.Sender.WasAcceptedAsync(sendId, cancellation);
    }
}
