using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;
using Segue.Calls;
using Segue.Campaigns;
using Segue.Customers;
using Segue.Email;
using Segue.Email.Reports;
using Segue.Email.Suppression;
using Segue.Events;
using Segue.Journeys;
using Segue.Measurement;
using Segue.Measurement.Reports;
using Segue.Messaging;
using Segue.Offers;
using Segue.Orders;
using Segue.Ports;
using Segue.Privacy;
using Segue.Products;
using Segue.Recommendations;
using Segue.Segmentation;
using Segue.Storage;
using Segue.Surveys;
using Segue.Webhooks;

namespace Segue;

/// <summary>What the engine stands on.</summary>
/// <param name="Store">Tables.</param>
/// <param name="Bus">Queues.</param>
/// <param name="Sender">E-mail.</param>
/// <param name="Clock">The only clock.</param>
public sealed record EnginePorts(ITableStore Store, IMessageBus Bus, IEmailSender Sender, TimeProvider Clock)
{
    /// <summary>Calls journeys' webhooks; where no host has said how, each call fails and says so.</summary>
    public IWebhookCaller Webhooks { get; init; } = new NoWebhooks();
}

/// <summary>
/// The whole product on four ports: the functions that a host runs, and the use cases that its endpoints and commands call.
/// </summary>
public sealed class SegueEngine
{
    private readonly Reliably _reliably;
    private readonly CustomerHandler _customers;
    private readonly SendHandler _sends;
    private readonly WebhookHandler _webhooks;
    private readonly Limits _limits;
    private readonly CustomerEraser _eraser;
    private readonly Visitors _visitors;
    private readonly Budgets _budgets;
    private readonly ShardWorkHandler _shards;
    private readonly CalibrationRunner _calibrations;
    private readonly RecommendationBuilder _recommendations;
    private readonly RecomputeSegments _recompute;
    private readonly RollUpReports _rollUp;

    /// <summary>Puts the engine together.</summary>
    /// <param name="ports">What it stands on.</param>
    /// <param name="campaigns">The campaigns in force.</param>
    /// <param name="names">The installation's secret names.</param>
    /// <param name="retries">How patiently handlers try again.</param>
    /// <param name="loggers">Where it logs.</param>
    public SegueEngine(
        EnginePorts ports, ICampaigns campaigns, DerivedNames names, RetryOptions retries, ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(ports);
        var (store, bus, sender, clock) = (ports.Store, ports.Bus, ports.Sender, ports.Clock);
        Ports = ports;
        Campaigns = campaigns;
        Names = names;
        UnsubscribeLinks = new(names);
        SurveyLinks = new(names);
        _reliably = new(bus, clock, retries, loggers.CreateLogger<Reliably>());
        var machine = new JourneyMachine(names);
        var timeline = new CustomerTimeline(machine);
        MailReferences = new(names);
        var addressNames = new AddressNames(names);
        var addresses = new AddressBook(store, bus, addressNames);
        Erasures = new(bus);
        Exports = new(store, addresses, clock);
        Preferences = new(store, campaigns, addresses);
        var loader = new CustomerLoader(store, campaigns, addressNames);
        var dispatcher = new OutboxDispatcher(store, bus, campaigns, addresses, clock);
        var committer = new CustomerCommitter(store, dispatcher, clock);
        var recorder = new OrderRecorder(loader);
        var claims = new OrderClaims(store);
        var events = new EventRecorder(store);
        _visitors = new(store, bus, clock);
        Codes = new(store);
        Pools = new(store);
        _budgets = new(store, clock);
        var nobodys = new AnonymousFacts(store, names, clock);
        var copies = new CopyRemover(store);
        var clearing = new CustomerClearing(store, new(bus, addresses, nobodys), copies, new(store, campaigns, clock), nobodys, clock);
        _eraser = new(store, bus, loader, campaigns, clearing, copies, nobodys, _budgets, clock);
        var wishes = new MailWishes(store, new MailReportRecorder(store, events, addresses));
        _customers = new(loader, committer, timeline, recorder, claims, events, new Redemptions(store, Codes), wishes, _eraser, dispatcher, campaigns, bus, clock);
        _calibrations = new(store, bus, campaigns, new CalibrationStore(store), clock, loggers.CreateLogger<CalibrationRunner>());
        Products = new(store, clock);
        var models = new RecommendationStore(store);
        _recommendations = new(store, bus, campaigns, models, clock, loggers.CreateLogger<RecommendationBuilder>());
        _shards = new(store, bus, _calibrations, _recommendations, new ProductHandler(store, bus, Products, campaigns, clock));
        var parts = new MailPartsLoader(loader, Products, new RecommendationModels(models, clock), clock);
        var composer = new EmailComposer(UnsubscribeLinks, SurveyLinks, MailReferences);
        Previews = new(loader, parts, composer, campaigns, names, sender, clock);
        _sends = new(loader, committer, timeline, dispatcher, composer, parts, new OfferDesk(loader, Pools, new(store, Codes, ports.Webhooks), _budgets), _reliably, campaigns, store, bus, sender, addresses, new SendPace(store), clock);
        _webhooks = new(loader, committer, timeline, dispatcher, _reliably, campaigns, ports, loggers.CreateLogger<WebhookHandler>());
        _limits = new(store, bus, names);
        _recompute = new(store, bus, clock, loggers.CreateLogger<RecomputeSegments>());
        _rollUp = new(store, clock, loggers.CreateLogger<RollUpReports>());
        var recurring = new Recurring(store, bus, campaigns, clock);
        Orders = new(bus);
        Events = new(bus);
        Calls = new(store, bus, names, clock);
        IdempotencyKeys = new(store, names, clock);
        MailReports = new(bus, MailReferences, addressNames, new SeenCalls(store, clock));
        var history = new HistoryBatch(loader, committer, timeline, dispatcher, _eraser, campaigns, clock);
        EventImport = new(history, events, _reliably);
        Import = new(loader, history, recorder, claims, _reliably);
        Switches = new(store, campaigns, clock);
        var guard = new SendingGuard(store, campaigns, Switches, clock, loggers.CreateLogger<SendingGuard>());
        var winners = new Winners(store, campaigns, clock, loggers.CreateLogger<Winners>());
        Queues =
        [
            new("HandleCustomer", Messaging.Queues.Customers, (body, c) => HandleCustomerAsync("HandleCustomer", Messaging.Queues.Customers, body, c)),
            new("AdvanceJourney", Messaging.Queues.JourneySteps, (body, c) => HandleCustomerAsync("AdvanceJourney", Messaging.Queues.JourneySteps, body, c)),
            new("SendEmail", Messaging.Queues.Emails, SendEmailAsync),
            new("SendWebhook", Messaging.Queues.Webhooks, SendWebhookAsync),
            new("WorkShard", Messaging.Queues.ShardWork, WorkShardAsync),
        ];
        Timers = Measured(
        [
            new("RecomputeSegments", Ticks.Schedule, _recompute.TickAsync),
            new("StartRecurring", Ticks.Schedule, recurring.TickAsync),
            new("Calibrate", CalibrationRunner.Schedule, _calibrations.StartAsync),
            new(RollUpReports.Name, RollUpReports.Schedule, async c =>
            {
                await _rollUp.TickAsync(c);
                await guard.LookAsync(c);
                await winners.LookAsync(c);
            }),
            new("Recommend", RecommendationBuilder.Schedule, _recommendations.StartAsync),
        ]);
    }

    /// <summary>The installation's secret names.</summary>
    internal DerivedNames Names { get; }

    /// <summary>What it stands on.</summary>
    public EnginePorts Ports { get; }

    /// <summary>The campaigns in force.</summary>
    public ICampaigns Campaigns { get; }

    /// <summary>The functions that queues start.</summary>
    public IReadOnlyList<QueueTrigger> Queues { get; }

    /// <summary>The functions that the clock starts.</summary>
    public IReadOnlyList<TimerTrigger> Timers { get; }

    /// <summary>Takes orders and what the shop says about customers.</summary>
    public OrderIntake Orders { get; }

    /// <summary>Takes events of customers, and of visitors whom nobody knows.</summary>
    public EventIntake Events { get; }

    /// <summary>Forgets customers.</summary>
    public ErasureIntake Erasures { get; }

    /// <summary>Shows customers what is kept of them.</summary>
    public CustomerExporter Exports { get; }

    /// <summary>Looks up what customers have chosen.</summary>
    public PreferencesReader Preferences { get; }

    /// <summary>Records the history of events, many at once.</summary>
    public EventImport EventImport { get; }

    /// <summary>Records history, many orders at once.</summary>
    public HistoryImport Import { get; }

    /// <summary>Switches journeys.</summary>
    public JourneySwitches Switches { get; }

    /// <summary>Shows mails before they are sent.</summary>
    public MailPreviews Previews { get; }

    /// <summary>Whose each discount code is.</summary>
    public CodeIndex Codes { get; }

    /// <summary>Codes that the shop has made.</summary>
    public CodePools Pools { get; }

    /// <summary>What the shop sells.</summary>
    public ProductCatalog Products { get; }

    /// <summary>Opens the links by which customers answer surveys.</summary>
    public SurveyLinks SurveyLinks { get; }

    /// <summary>The agents' lists of calls.</summary>
    public CallLists Calls { get; }

    /// <summary>Remembers requests that their senders named.</summary>
    public IdempotencyKeys IdempotencyKeys { get; }

    /// <summary>Takes what the mail service tells of mails.</summary>
    public MailReportIntake MailReports { get; }

    /// <summary>Opens what the mail service keeps beside each mail.</summary>
    public MailReferences MailReferences { get; }

    /// <summary>Opens the links by which customers unsubscribe.</summary>
    public UnsubscribeLinks UnsubscribeLinks { get; }

    /// <summary>
    /// Makes a calibration now and has it applied to everyone, through the queue; unless it would move so many that it
    /// waits for approval, as <see cref="CalibrationVersionsAsync"/> then says.
    /// </summary>
    /// <param name="initial">It is the first, or ends an import: who it moves starts no journey by that.</param>
    /// <param name="cancellation">Gives up the call.</param>
    public Task<Calibration> CalibrateAsync(bool initial, CancellationToken cancellation = default) =>
        _calibrations.RunAsync(initial, cancellation);

    /// <summary>The calibrations that were made, newest first.</summary>
    public Task<IReadOnlyList<CalibrationVersion>> CalibrationVersionsAsync(CancellationToken cancellation = default) =>
        _calibrations.VersionsAsync(cancellation);

    /// <summary>Approves a calibration that waits, or goes back to an earlier one; it is applied to everyone through the queue.</summary>
    /// <param name="id">The calibration's.</param>
    /// <param name="by">Who decided it.</param>
    /// <param name="cancellation">Gives up the call.</param>
    /// <exception cref="CalibrationNotFoundException">There is none of that id.</exception>
    public Task<Calibration> PutCalibrationInForceAsync(string id, string by, CancellationToken cancellation = default) =>
        _calibrations.PutInForceAsync(id, by, cancellation);

    /// <summary>Makes a recommendation model of all orders now, and puts it in force.</summary>
    public Task<RecommendationModel> RecommendAsync(CancellationToken cancellation = default) => _recommendations.RunAsync(cancellation);

    /// <summary>Keeps a product here and now, as an import does: what it changes is no news to anybody.</summary>
    public Task PutAsync(Product product, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(product);
        var work = new PutProduct { Shard = Shards.Of(product.ProductId), Product = product, ArrivedAt = Ports.Clock.GetUtcNow(), Silent = true };
        return _reliably.RetryAsync(async c => await _shards.HandleAsync(work, c), cancellation).AsTask();
    }

    /// <summary>Puts products on the bus.</summary>
    /// <param name="products">The products, as the shop describes them now.</param>
    /// <param name="silent">An import: what it changes is no news to anybody.</param>
    /// <param name="cancellation">Gives up the call.</param>
    /// <exception cref="PortUnavailableException">Try again; any of them may have been taken, which does no harm.</exception>
    public Task AcceptAsync(IEnumerable<Product> products, bool silent = false, CancellationToken cancellation = default)
    {
        var now = Ports.Clock.GetUtcNow();
        return Ports.Bus.SendAsync(
            Messaging.Queues.ShardWork,
            [.. products.Select(p => ShardMessages.Of(new PutProduct { Shard = Shards.Of(p.ProductId), Product = p, ArrivedAt = now, Silent = silent }, null))],
            cancellation);
    }

    /// <summary>Brings the report rows up to date with the facts, now.</summary>
    public async Task RollUpReportsAsync(CancellationToken cancellation = default) =>
        await _reliably.RetryAsync(async c => await _rollUp.TickAsync(c), cancellation);

    /// <summary>Makes every report row anew from the facts of all days since one.</summary>
    /// <param name="since">The day (UTC) of the first fact, or one before it.</param>
    /// <param name="cancellation">Gives up; what is there by then is right, and the rest as it was.</param>
    public Task RebuildReportsAsync(DateOnly since, CancellationToken cancellation = default) => _rollUp.RebuildAsync(since, cancellation);

    /// <summary>Has every customer looked at again, after the segments file has changed.</summary>
    public Task ReevaluateAllAsync(CancellationToken cancellation = default) => _calibrations.ApplyEverywhereAsync(cancellation);

    private static IReadOnlyList<TimerTrigger> Measured(IReadOnlyList<TimerTrigger> timers) =>
        [.. timers.Select(t => t with { Handle = cancellation => Telemetry.TickAsync(t.Name, t.Handle, cancellation) })];

    private Task HandleCustomerAsync(string function, string queue, string body, CancellationToken cancellation) => HandleAsync(
        function, queue, body, SegueJson.Default.CustomerMessage,
        (m, c) => m switch
        {
            VisitorEvent seen => _visitors.KeepAsync(seen, c),
            VisitorSignedIn signedIn => _visitors.JoinAsync(signedIn, c),
            VisitorQuiet quiet => _visitors.ForgetAsync(quiet, c),
            LookAtReservation look => _budgets.LookAsync(look, c),
            LimitAsked asked => _limits.AskAsync(asked, c),
            EraseCustomer erase => _eraser.EraseAsync(erase, c),
            SweepErased sweep => _eraser.SweepAsync(sweep, c),
            _ => _customers.HandleAsync(m, queue, c),
        },
        m => (m.Retries, m with { Retries = m.Retries + 1 }), cancellation);

    private Task SendEmailAsync(string body, CancellationToken cancellation) => HandleAsync(
        "SendEmail", Messaging.Queues.Emails, body, SegueJson.Default.CustomerMessage,
        (m, c) => m is SendDue send ? _sends.HandleAsync(send, c) : throw new PermanentException($"A {m.GetType().Name} is no e-mail."),
        m => (m.Retries, m with { Retries = m.Retries + 1 }), cancellation);

    private Task SendWebhookAsync(string body, CancellationToken cancellation) => HandleAsync(
        "SendWebhook", Messaging.Queues.Webhooks, body, SegueJson.Default.CustomerMessage,
        (m, c) => m is WebhookDue call ? _webhooks.HandleAsync(call, c) : throw new PermanentException($"A {m.GetType().Name} is no webhook."),
        m => (m.Retries, m with { Retries = m.Retries + 1 }), cancellation);

    private Task WorkShardAsync(string body, CancellationToken cancellation) => HandleAsync(
        "WorkShard", Messaging.Queues.ShardWork, body, SegueJson.Default.ShardWork,
        _shards.HandleAsync, m => (m.Retries, m with { Retries = m.Retries + 1 }), cancellation);

    private Task HandleAsync<T>(
        string function,
        string queue,
        string body,
        JsonTypeInfo<T> type,
        Func<T, CancellationToken, Task> handle,
        Func<T, (int Retries, T Again)> retry,
        CancellationToken cancellation)
        where T : class =>
        _reliably.HandleAsync(
            function,
            queue,
            () => JsonSerializer.Deserialize(body, type),
            handle,
            message =>
            {
                var (retries, again) = retry(message);
                return (retries, JsonSerializer.Serialize(again, type));
            },
            cancellation);
}
