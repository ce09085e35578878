using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Segue.Campaigns;
using Segue.Measurement.Reports;
using Segue.Messaging;
using Segue.Ports;
using Segue.Storage;
using Segue.Webhooks;

namespace Segue.Simulation;

/// <summary>The whole engine on a store, a bus and a clock in memory.</summary>
public sealed class EngineWorld
{
    private readonly VirtualTimeProvider _clock;

    /// <summary>An empty shop at a moment.</summary>
    /// <param name="start">The moment.</param>
    /// <param name="set">Its campaigns.</param>
    /// <param name="names">The secret names to use.</param>
    /// <param name="sender">Takes the mail.</param>
    /// <param name="loggers">Where the engine logs; null for nowhere.</param>
    public EngineWorld(
        DateTimeOffset start, CampaignSet set, DerivedNames names, IEmailSender sender, ILoggerFactory? loggers = null)
    {
        var logs = loggers ?? NullLoggerFactory.Instance;
        _clock = new(start);
        Store = new();
        Bus = new(_clock);
        Catalog = new(Store, set, _clock, logs.CreateLogger<CampaignCatalog>());
        Engine = new(new(Store, Bus, sender, _clock) { Webhooks = new SimulatedWebhooks() }, Catalog, names, RetryOptions.Immediate, logs);
    }

    /// <summary>Its tables.</summary>
    public InMemoryTableStore Store { get; }

    /// <summary>Its queues.</summary>
    public VirtualBus Bus { get; }

    /// <summary>Its campaigns.</summary>
    public CampaignCatalog Catalog { get; }

    /// <summary>The engine.</summary>
    public SegueEngine Engine { get; }

    /// <summary>What the last run did; null before the first.</summary>
    public SimulationStatistics? Statistics { get; private set; }

    /// <summary>All but the reports', which are quicker rolled up once at the end.</summary>
    private IReadOnlyList<TimerTrigger> Timers => [.. Engine.Timers.Where(t => t.Name != RollUpReports.Name)];

    /// <summary>Lets facts arrive at their times, and time pass until a moment, exclusive.</summary>
    /// <exception cref="InvalidOperationException">The facts are not sorted by time.</exception>
    public async Task RunAsync(
        IEnumerable<HistoricFact> facts,
        DateTimeOffset until,
        IProgress<SimulationProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        await using var world = new VirtualWorld(_clock, Bus, Engine.Queues, Timers, facts, strict: true);
        await world.RunUntilAsync(until, progress, cancellation);
        Statistics = world.Statistics;
    }
}
