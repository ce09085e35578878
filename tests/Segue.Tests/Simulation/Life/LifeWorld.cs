using Microsoft.Extensions.Logging.Abstractions;
using Segue.Campaigns;
using Segue.Customers;
using Segue.Measurement.Reports;
using Segue.Messaging;
using Segue.Ports;
using Segue.Simulation;
using Segue.Storage;
using Segue.Tests.Support;

namespace Segue.Tests.Simulation.Life;

/// <summary>A story told to the engine, by workers that fail as the plan says.</summary>
internal sealed class LifeWorld
{
    private static readonly DerivedNames Names = new(new byte[32]);

    private sealed record Program(CampaignCatalog Catalog, SegueEngine Engine);

    private readonly Func<EnginePorts, EnginePorts> _through;
    private int _edition;

    /// <summary>Runs the whole story, or the part of it that comes after a state of things.</summary>
    /// <param name="plan">What goes wrong.</param>
    /// <param name="story">What happens.</param>
    /// <param name="through">What the engine sees its ports through; null for the ports themselves.</param>
    /// <param name="from">Where it begins; null for the beginning.</param>
    /// <param name="until">Where it ends; null for <see cref="ShopLife.End"/>.</param>
    public LifeWorld(
        FaultPlan plan, IReadOnlyList<LifeEvent> story, Func<EnginePorts, EnginePorts>? through = null, InFlightState? from = null, DateTimeOffset? until = null)
    {
        _through = through ?? (ports => ports);
        Store = new();
        var start = from?.At ?? ShopLife.Start;
        From = start;
        if (from is null)
        {
            new CampaignCatalog(Store, LifeCampaigns.Editions[0], new VirtualTimeProvider(start), NullLogger<CampaignCatalog>.Instance)
                .PublishAsync().GetAwaiter().GetResult();
        }
        else
        {
            Store.Load(from.Rows);
        }

        // What waited on the bus comes at its time, as the rest of the story does.
        var facts = story.Select(e => e.Fact).Where(f => f.At >= start).Concat(from?.Messages ?? []).OrderBy(f => f.At);
        World = new(plan, start, Engine, facts, Store, handlersAtOnce: 4);
        World.RunUntil(until ?? ShopLife.End);
    }

    /// <summary>Where it began.</summary>
    public DateTimeOffset From { get; }

    /// <summary>The tables, as they ended.</summary>
    public InMemoryTableStore Store { get; }

    /// <summary>The workers, and the mail service's memory.</summary>
    public FaultyWorld World { get; }

    /// <summary>The campaigns in force at the end.</summary>
    public CampaignSet Campaigns => LifeCampaigns.Editions[_edition];

    /// <summary>The customers' rows of a kind.</summary>
    public IEnumerable<(string Customer, T Value)> Of<T>(string prefix, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) =>
        Store.AllRows().Where(r => r.Table == Tables.Customers && r.Row.Key.StartsWith(prefix, StringComparison.Ordinal))
            .Select(r => (r.Row.Partition, RowJson.Unpack(r.Row, type)));

    /// <summary>A worker has both editions' programs; a message that comes in goes to the one that is deployed.</summary>
    private (IReadOnlyList<QueueTrigger> Queues, IReadOnlyList<TimerTrigger> Timers) Engine(
        ITableStore store, IMessageBus bus, IEmailSender sender, TimeProvider clock)
    {
        var ports = _through(new(store, bus, sender, clock));
        var editions = LifeCampaigns.Editions.Select(set => new Lazy<Program>(() =>
        {
            var catalog = new CampaignCatalog(ports.Store, set, ports.Clock, NullLogger<CampaignCatalog>.Instance);
            return new(catalog, new(ports, catalog, Names, RetryOptions.Immediate, NullLoggerFactory.Instance));
        })).ToArray();
        var first = editions[_edition].Value.Engine;
        return (
            [
                .. first.Queues.Select((q, i) => q with { Handle = (body, c) => editions[_edition].Value.Engine.Queues[i].Handle(body, c) }),
                new("Act", ShopLife.Acts, (body, c) => ActAsync(editions, ports, body, c)),
            ],
            [
                .. first.Timers.Select((t, i) => t with
                {
                    // What would find nothing to do most times comes seldom: every tick is a delivery with faults of its own.
                    Schedule = t.Name == RollUpReports.Name ? "0 5 */3 * * *" : t.Name == "StartRecurring" ? "0 0 * * * *" : t.Schedule,
                    Handle = c => editions[_edition].Value.Engine.Timers[i].Handle(c),
                }),
            ]);
    }

    /// <summary>What the shop's people do; whoever is told to do it again does what is left of it.</summary>
    private async Task ActAsync(Lazy<Program>[] editions, EnginePorts ports, string body, CancellationToken cancellation)
    {
        var (what, name) = (body.Split(' ')[0], body.Split(' ')[1]);
        var switches = editions[_edition].Value.Engine.Switches;
        try
        {
            switch (what)
            {
                case "pause":
                    await switches.PauseAsync(name, "somebody", cancellation);
                    break;
                case "resume":
                    await switches.ResumeAsync(name, "somebody", ports.Bus, cancellation);
                    break;
                case "deploy":
                    var next = int.Parse(name, System.Globalization.CultureInfo.InvariantCulture);
                    if (await editions[next].Value.Catalog.ChangesSegmentsAsync(cancellation))
                    {
                        await editions[next].Value.Engine.ReevaluateAllAsync(cancellation);
                    }

                    await editions[next].Value.Catalog.PublishAsync(cancellation);
                    _edition = next;
                    break;
            }
        }
        catch (JourneySwitchException)
        {
            // Done by the delivery before this one.
        }
    }
}
