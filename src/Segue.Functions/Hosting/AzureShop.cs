using Microsoft.Extensions.Logging;
using Segue.Campaigns;
using Segue.Messaging;
using Segue.Ports;
using Segue.Storage;

namespace Segue.Functions.Hosting;

/// <summary>
/// The engine on Azure's services. It is put together at the first use, since that reads the installation's secret and
/// publishes the campaigns that were deployed; what fails then is tried again at the next use.
/// </summary>
public sealed class AzureShop(
    EnginePorts ports, CampaignSet campaigns, Func<CampaignSet, CampaignSet> adapt, ILoggerFactory loggers) : IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private readonly ILogger<AzureShop> _logger = loggers.CreateLogger<AzureShop>();
    private readonly SemaphoreSlim _opening = new(1, 1);
    private volatile SegueEngine? _engine;
    private CampaignPublisher? _publisher;

    /// <summary>The engine, for what is only reached through <see cref="OpenAsync"/>.</summary>
    /// <exception cref="InvalidOperationException">It has not been put together yet.</exception>
    public SegueEngine Engine => _engine ?? throw new InvalidOperationException("The engine is used before it was put together.");

    /// <summary>Publishes campaigns, for what is only reached through <see cref="OpenAsync"/>.</summary>
    /// <exception cref="InvalidOperationException">The engine has not been put together yet.</exception>
    public CampaignPublisher Publisher => _publisher ?? throw new InvalidOperationException("The publisher is used before it was put together.");

    /// <summary>The engine; puts it together if nobody has.</summary>
    /// <exception cref="PortUnavailableException">The tables or queues can't be reached.</exception>
    public async ValueTask<SegueEngine> OpenAsync(CancellationToken cancellation)
    {
        if (_engine is { } open)
        {
            return open;
        }

        await _opening.WaitAsync(cancellation);
        try
        {
            return _engine ??= await PutTogetherAsync(cancellation);
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <summary>
    /// The engine, however long its services are away: a message must not count deliveries, on its way to the dead letters,
    /// for an outage that is no fault of its own.
    /// </summary>
    public async Task<SegueEngine> WaitForItAsync(CancellationToken cancellation)
    {
        for (var wait = TimeSpan.FromSeconds(1); ; wait = wait * 2 < LongestWait ? wait * 2 : LongestWait)
        {
            try
            {
                return await OpenAsync(cancellation);
            }
            catch (Exception e) when (e is PortUnavailableException or TableConflictException)
            {
                _logger.NotOpenYet(wait, e);
                await Task.Delay(wait, ports.Clock, cancellation);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _opening.Dispose();

    private async Task<SegueEngine> PutTogetherAsync(CancellationToken cancellation)
    {
        var names = new DerivedNames(await InstallationSecret.ReadOrDrawAsync(ports.Store, cancellation));
        var catalog = new CampaignCatalog(ports.Store, campaigns, ports.Clock, loggers.CreateLogger<CampaignCatalog>()) { Follows = true, Adapt = adapt };
        var engine = new SegueEngine(ports, catalog, names, RetryOptions.Default, loggers);
        var publisher = new CampaignPublisher(engine, catalog);
        if (!await publisher.BringAsync(campaigns, once: true, cancellation))
        {
            _logger.NotBrought(campaigns.Version, catalog.Set.Version);
        }

        _logger.Opened(catalog.Set.Version, catalog.Set.Journeys.Count);
        _publisher = publisher;
        return engine;
    }
}
