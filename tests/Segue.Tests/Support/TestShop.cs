using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Segue.Campaigns;
using Segue.Customers;
using Segue.Email;
using Segue.Events;
using Segue.Journeys;
using Segue.Measurement;
using Segue.Messaging;
using Segue.Offers;
using Segue.Orders;
using Segue.Ports;
using Segue.Simulation;
using Segue.Storage;

namespace Segue.Tests.Support;

/// <summary>
/// The whole engine in memory, told in days since <see cref="Start"/>: what happens is put down first, then time passes, then
/// the tables are asked.
/// </summary>
internal sealed class TestShop
{
    /// <summary>A Tuesday, noon UTC.</summary>
    public static readonly DateTimeOffset Start = new(2024, 1, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly VirtualTimeProvider _clock = new(Start);
    private readonly ILoggerFactory _loggers;
    private List<HistoricFact> _facts = [];

    private TestShop(CampaignSet set, ILoggerFactory? loggers)
    {
        _loggers = loggers ?? NullLoggerFactory.Instance;
        Rows = new();
        Store = new(Rows);
        Bus = new(_clock);
        Sender = new(_clock);
        Webhooks = new(_clock);
        (Set, Catalog, Engine) = Compose(set);
    }

    /// <summary>The tables, as they are.</summary>
    public InMemoryTableStore Rows { get; }

    /// <summary>The tables, as the engine reaches them.</summary>
    public HookedStore Store { get; }

    public VirtualBus Bus { get; }

    public ScriptedSender Sender { get; }

    /// <summary>Who is called by webhooks.</summary>
    public ScriptedWebhooks Webhooks { get; }

    public CampaignSet Set { get; private set; }

    public CampaignCatalog Catalog { get; private set; }

    public SegueEngine Engine { get; private set; }

    /// <summary>The secret names it uses.</summary>
    public DerivedNames Names { get; } = new(new byte[32]);

    public DateTimeOffset Now => _clock.GetUtcNow();

    /// <summary>A handler's exception ends the run; otherwise its message is delivered again, as a bus does it.</summary>
    public bool Strict { get; set; } = true;

    /// <summary>Told what a handler throws, as a host's pump is.</summary>
    public Action<Exception>? Failed { get; set; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Opens a shop with its campaigns published.</summary>
    public static Task<TestShop> OpenAsync(TestCampaigns campaigns, ILoggerFactory? loggers = null) => OpenAsync(campaigns.Load(), loggers);

    /// <summary>Opens a shop with a campaigns folder published.</summary>
    public static async Task<TestShop> OpenAsync(CampaignSet campaigns, ILoggerFactory? loggers = null)
    {
        var shop = new TestShop(campaigns, loggers);
        await shop.Catalog.PublishAsync(Cancellation);
        return shop;
    }

    /// <summary>Opens a shop with these journeys over the plain segments.</summary>
    public static Task<TestShop> OpenAsync(params string[] journeys) => OpenAsync(new TestCampaigns { Journeys = journeys });

    /// <summary>So many days after the start.</summary>
    public static DateTimeOffset Day(double days) => Start.AddTicks((long)Math.Round(days * TimeSpan.TicksPerDay));

    /// <summary>Other files take the place of those in force, as a restart with a new folder does it.</summary>
    public async Task RepublishAsync(TestCampaigns campaigns)
    {
        (Set, Catalog, Engine) = Compose(campaigns.Load());
        if (await Catalog.ChangesSegmentsAsync(Cancellation))
        {
            await Engine.ReevaluateAllAsync(Cancellation);
        }

        await Catalog.PublishAsync(Cancellation);
    }

    /// <summary>Publishes campaigns while the shop runs.</summary>
    public CampaignPublisher Publisher => new(Engine, Catalog);

    /// <summary>Another process of the same shop, which works by a folder of its own.</summary>
    public (CampaignCatalog Catalog, CampaignPublisher Publisher) Another(CampaignSet set, ITableStore? store = null, IMessageBus? bus = null)
    {
        var catalog = new CampaignCatalog(store ?? Store, set, _clock, NullLogger<CampaignCatalog>.Instance) { Follows = true };
        return (catalog, new(new(new(store ?? Store, bus ?? Bus, Sender, _clock), catalog, Names, RetryOptions.Immediate, NullLoggerFactory.Instance), catalog));
    }

    /// <summary>An order of a reachable customer; it arrives at once unless it is said when.</summary>
    public TestShop Order(
        string customer, double day, decimal amount = 10, string? id = null, double? arrives = null, Func<Order, Order>? change = null)
    {
        var order = new Order { OrderId = id ?? $"{customer}-{day}", CustomerId = customer, OrderedAt = Day(day), Amount = amount };
        var contact = new CustomerFacts { Email = $"{customer}@example.com", EmailConsent = Consent.Granted };
        return Arrives(new(change?.Invoke(order) ?? order, contact), arrives ?? day);
    }

    /// <summary>An order as it stands arrives.</summary>
    public TestShop Arrives(IncomingOrder order, double day) => Happens(day, OrderMessages.Arrived(order, Day(day)));

    /// <summary>The shop says something about a customer.</summary>
    public TestShop Says(string customer, double day, CustomerFacts facts) =>
        Happens(day, OrderMessages.Changed(customer, facts, Day(day)));

    /// <summary>Something happens to a customer; it arrives at once unless it is said when.</summary>
    public TestShop Event(
        string customer, double day, string name, string? id = null, double? arrives = null, Func<CustomerEvent, CustomerEvent>? change = null)
    {
        var fact = new CustomerEvent { EventId = id ?? $"{customer}-{name}-{day}", CustomerId = customer, Name = name, At = Day(day) };
        return Happens(arrives ?? day, EventArrived.ToBus(change?.Invoke(fact) ?? fact, Day(arrives ?? day)));
    }

    /// <summary>A message arrives from outside.</summary>
    public TestShop Happens(double day, BusMessage message, string queue = Queues.Customers)
    {
        _facts.Add(new(Day(day), queue, message));
        return this;
    }

    /// <summary>Lets time pass until a day, exclusive.</summary>
    public async Task RunAsync(double day)
    {
        var now = _facts.Where(f => f.At < Day(day)).OrderBy(f => f.At).ToList();
        _facts = [.. _facts.Where(f => f.At >= Day(day))];
        await using var world = new VirtualWorld(_clock, Bus, Functions(), Timers(), now, Strict);
        await world.RunUntilAsync(Day(day), null, Cancellation);
    }

    private IReadOnlyList<QueueTrigger> Functions() => Failed is not { } failed ? Engine.Queues : [.. Engine.Queues.Select(q => q with
    {
        Handle = async (message, cancellation) =>
        {
            try
            {
                await q.Handle(message, cancellation);
            }
            catch (Exception e)
            {
                failed(e);
                throw;
            }
        },
    })];

    /// <summary>The engine's; the tick that reads Due is left out while there is nothing in the hours that it would read.</summary>
    private IReadOnlyList<TimerTrigger> Timers() =>
        [.. Engine.Timers.Select(t => t.Name == "RecomputeSegments" ? t with { Handle = c => TickAsync(t, c) } : t)];

    private async Task TickAsync(TimerTrigger timer, CancellationToken cancellation)
    {
        if (Store.DueHours.Min is { } first && string.CompareOrdinal(first, DueMoment.HourOf(Ticks.CoveredFrom(Now))) <= 0)
        {
            await timer.Handle(cancellation);
            Store.DueHours.RemoveWhere(hour => string.CompareOrdinal(hour, DueMoment.HourOf(Now.AddHours(-3))) < 0);
        }
    }

    /// <summary>Moves the clock while nothing of the engine runs.</summary>
    public void StandStillUntil(double day) => _clock.AdvanceTo(Day(day));

    public CustomerProfile? Profile(string customer) =>
        In(Tables.Customers, customer, CustomerRows.Profile).Select(r => RowJson.Unpack(r, SegueJson.Default.CustomerProfile)).SingleOrDefault();

    public SummaryRow? Summary(string customer) => Rows.AllRows()
        .Where(r => r.Table == Tables.Summaries && r.Row.Key == Keys.Escape(customer))
        .Select(r => RowJson.Unpack(r.Row, SegueJson.Default.SummaryRow)).SingleOrDefault();

    /// <summary>The journeys a customer is under way in.</summary>
    public IReadOnlyList<Enrolment> UnderWay(string customer) =>
        [.. In(Tables.Customers, customer, CustomerRows.Enrolments).Select(r => RowJson.Unpack(r, SegueJson.Default.Enrolment))];

    /// <summary>The runs a customer has ended, in order.</summary>
    public IReadOnlyList<Enrolment> Ended(string customer) =>
        [.. In(Tables.Customers, customer, CustomerRows.EndedEnrolments).Select(r => RowJson.Unpack(r, SegueJson.Default.Enrolment))];

    /// <summary>A customer's mails, open and settled, by the moment they were due.</summary>
    public IReadOnlyList<Send> Sends(string customer) =>
    [
        .. In(Tables.Customers, customer, CustomerRows.OpenSends).Concat(In(Tables.Customers, customer, CustomerRows.SettledSends))
            .Select(r => RowJson.Unpack(r, SegueJson.Default.Send)).OrderBy(s => s.DueAt),
    ];

    public IReadOnlyList<IssuedOffer> Codes(string customer) =>
        [.. In(Tables.Customers, customer, "code-").Select(r => RowJson.Unpack(r, SegueJson.Default.IssuedOffer))];

    public IReadOnlyList<Order> Orders(string customer) =>
        [.. In(Tables.Customers, customer, CustomerRows.Orders).Select(r => RowJson.Unpack(r, SegueJson.Default.Order))];

    /// <summary>A customer's events, by time.</summary>
    public IReadOnlyList<CustomerEvent> Events(string customer) =>
        [.. In(Tables.Customers, customer, CustomerRows.Events).Select(r => RowJson.Unpack(r, SegueJson.Default.CustomerEvent))];

    /// <summary>What happened of a kind, by time and then customer.</summary>
    public IReadOnlyList<Fact> Facts(string kind, string? customer = null) =>
    [
        .. Rows.AllRows().Where(r => r.Table == Tables.Facts).Select(r => RowJson.Unpack(r.Row, SegueJson.Default.Fact))
            .Where(f => f.Kind == kind && (customer is null || f.CustomerId == customer))
            .OrderBy(f => f.At).ThenBy(f => f.CustomerId, StringComparer.Ordinal),
    ];

    /// <summary>Step and day of every mail that was accepted.</summary>
    public IReadOnlyList<(string Customer, string Step, double Day)> Sent() =>
        [.. Facts(FactKinds.Sent).Select(f => (f.CustomerId, f.Step!, Math.Round((f.At - Start).TotalDays, 6)))];

    /// <summary>Rows of one table.</summary>
    public IReadOnlyList<Row> Table(string table) => [.. Rows.AllRows().Where(r => r.Table == table).Select(r => r.Row)];

    private IEnumerable<Row> In(string table, string customer, string prefix) => Rows.AllRows()
        .Where(r => r.Table == table && r.Row.Partition == CustomerRows.Partition(customer) && r.Row.Key.StartsWith(prefix, StringComparison.Ordinal))
        .Select(r => r.Row);

    private (CampaignSet Set, CampaignCatalog Catalog, SegueEngine Engine) Compose(CampaignSet set)
    {
        var catalog = new CampaignCatalog(Store, set, _clock, _loggers.CreateLogger<CampaignCatalog>());
        return (set, catalog, new(new(Store, Bus, Sender, _clock) { Webhooks = Webhooks }, catalog, Names, RetryOptions.Immediate, _loggers));
    }
}
