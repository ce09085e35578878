using System.Runtime.CompilerServices;
using Segue.Campaigns;
using Segue.Customers;
using Segue.Events;
using Segue.Journeys;
using Segue.Messaging;
using Segue.Orders;
using Segue.Ports;
using Segue.Storage;

namespace Segue.Simulation;

/// <summary>What a simulation plays.</summary>
/// <param name="From">The first moment; facts before it are history.</param>
/// <param name="Until">The end, exclusive.</param>
/// <param name="Journeys">The journeys to run, drafts too; empty for all that are live.</param>
/// <param name="AssumeReachable">Everyone has an address and has granted consent.</param>
public sealed record SimulationRequest(
    DateTimeOffset From, DateTimeOffset Until, IReadOnlyList<string> Journeys, bool AssumeReachable);

/// <summary>
/// Shows what campaigns would have done: replays a shop's facts on a virtual clock, in a copy in memory, through the very
/// handlers that run live. Sends nothing, and learns only from what lies before the virtual moment.
/// </summary>
public sealed class CampaignSimulation(ITableStore source, CampaignSet set, DerivedNames names)
{
    /// <summary>Plays the request.</summary>
    /// <param name="request">What to play.</param>
    /// <param name="live">Ids of the journeys that are live, for a request that names none.</param>
    /// <param name="progress">Told the virtual moment now and then.</param>
    /// <param name="cancellation">Ends the run between two messages.</param>
    /// <exception cref="ArgumentException">A journey is named that there is none of, or the period is empty.</exception>
    public async Task<SimulationResult> RunAsync(
        SimulationRequest request,
        IReadOnlyCollection<string> live,
        IProgress<SimulationProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Until <= request.From)
        {
            throw new ArgumentException($"The period from {request.From:u} until {request.Until:u} is empty.", nameof(request));
        }

        var journeys = Chosen(request, live);
        var world = new EngineWorld(
            request.From,
            set with
            {
                Settings = set.Settings with { Sending = Sending.On, InventsCodes = true, CalibrationApproval = 1 },
                Journeys = journeys,
            },
            names,
            new AcceptingSender());
        var history = await LoadAsync(world, request, cancellation);
        await world.Catalog.PublishAsync(cancellation);
        if (history.HasPast)
        {
            await world.Engine.CalibrateAsync(initial: true, cancellation);
        }

        foreach (var journey in journeys.Values)
        {
            await world.Engine.Switches.GoLiveAsync(journey, "simulation", world.Bus, cancellation);
        }

        await world.RunAsync(history.Facts(), request.Until, progress, cancellation);
        return SimulationResult.Of(request, journeys, world.Store, world.Statistics!);
    }

    private Dictionary<string, Journey> Chosen(SimulationRequest request, IReadOnlyCollection<string> live)
    {
        var wanted = request.Journeys.Count > 0 ? request.Journeys : live;
        foreach (var id in wanted.Where(id => !set.Journeys.ContainsKey(id)))
        {
            throw new ArgumentException($"There is no journey '{id}'.{Files.Suggestion.For(id, set.Journeys.Keys)}", nameof(request));
        }

        // A draft runs here as if it were live: that is what simulating it means.
        return wanted.Distinct(StringComparer.Ordinal).ToDictionary(id => id, id => set.Journeys[id] with { Status = JourneyStatus.Draft });
    }

    private async Task<ReplayedHistory> LoadAsync(EngineWorld world, SimulationRequest request, CancellationToken cancellation)
    {
        var history = new ReplayedHistory();
        await foreach (var (profile, orders, events) in CustomersOf(source, cancellation))
        {
            var contact = request.AssumeReachable ? MadeReachable(profile) : profile.Contact;
            var past = orders.Where(o => o.OrderedAt < request.From).OrderBy(o => o.OrderedAt).ToList();
            if (past.Count > 0 || orders.Count == 0)
            {
                history.HasPast = true;
                await world.Engine.Import.ImportAsync(profile.CustomerId, contact, past, cancellation);
            }

            await LoadEventsAsync(world, request, history, profile, events, cancellation);

            var first = past.Count == 0;
            foreach (var order in orders.Where(o => o.OrderedAt >= request.From && o.OrderedAt < request.Until).OrderBy(o => o.OrderedAt))
            {
                history.Add(new IncomingOrder(order, first ? contact : CustomerFacts.None));
                first = false;
            }
        }

        return history;
    }

    /// <summary>What Segue itself derived from other events is left out: it will be derived again.</summary>
    private static async Task LoadEventsAsync(
        EngineWorld world, SimulationRequest request, ReplayedHistory history, CustomerProfile profile, List<CustomerEvent> events, CancellationToken cancellation)
    {
        var told = events.Where(e => !Carts.IsDerived(e)).ToList();
        var past = told.Where(e => e.At < request.From).ToList();
        if (past.Count > 0)
        {
            await world.Engine.EventImport.ImportAsync(profile.CustomerId, CustomerFacts.None, past, cancellation);
        }

        foreach (var fact in told.Where(e => e.At >= request.From && e.At < request.Until))
        {
            history.Add(fact);
        }
    }

    private static CustomerFacts MadeReachable(CustomerProfile profile) => profile.Contact with
    {
        Email = profile.Contact.Email ?? $"{Storage.Keys.Escape(profile.CustomerId)}@simulation.invalid",
        EmailConsent = Consent.Granted,
    };

    private static async IAsyncEnumerable<(CustomerProfile Profile, IReadOnlyList<Order> Orders, List<CustomerEvent> Events)> CustomersOf(
        ITableStore store, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var shard = 0; shard < Shards.Count; shard++)
        {
            await foreach (var row in store.ReadAllAsync(Tables.Summaries, Shards.Text(shard), KeyRange.All, cancellation))
            {
                CustomerProfile? profile = null;
                var orders = new List<Order>();
                var events = new List<CustomerEvent>();
                await foreach (var part in store.ReadAllAsync(Tables.Customers, row.Key, KeyRange.All, cancellation))
                {
                    if (part.Key == CustomerRows.Profile)
                    {
                        profile = RowJson.Unpack(part, SegueJson.Default.CustomerProfile);
                    }
                    else if (part.Key.StartsWith(CustomerRows.Orders, StringComparison.Ordinal))
                    {
                        orders.Add(RowJson.Unpack(part, SegueJson.Default.Order));
                    }
                    else if (part.Key.StartsWith(CustomerRows.Events, StringComparison.Ordinal))
                    {
                        events.Add(RowJson.Unpack(part, SegueJson.Default.CustomerEvent));
                    }
                }

                if (profile is not null)
                {
                    yield return (profile, orders, events);
                }
            }
        }
    }

    /// <summary>The facts that arrive during the run, as their messages, by time.</summary>
    private sealed class ReplayedHistory
    {
        private readonly List<(DateTimeOffset At, BusMessage Message)> _facts = [];

        public bool HasPast { get; set; }

        public void Add(IncomingOrder order) =>
            _facts.Add((order.Order.OrderedAt, OrderMessages.Arrived(order, order.Order.OrderedAt)));

        public void Add(CustomerEvent fact) => _facts.Add((fact.At, EventArrived.ToBus(fact, fact.At)));

        public IEnumerable<HistoricFact> Facts()
        {
            _facts.Sort(static (a, b) => a.At != b.At ? a.At.CompareTo(b.At) : string.CompareOrdinal(a.Message.Id, b.Message.Id));
            return _facts.Select(f => new HistoricFact(f.At, Queues.Customers, f.Message));
        }
    }

    private sealed class AcceptingSender : IEmailSender
    {
        public Task<SendAnswer> SendAsync(RenderedEmail email, CancellationToken cancellation = default) =>
            Task.FromResult<SendAnswer>(new SendAnswer.Accepted());

        public Task<bool?> WasAcceptedAsync(string sendId, CancellationToken cancellation = default) => Task.FromResult<bool?>(null);
    }
}
