using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Segue.Campaigns;
using Segue.Files;
using Segue.Http.Webhooks.Outgoing;
using Segue.Journeys.Definitions;
using Segue.Local.Commands;
using Segue.Local.DeadLetters;
using Segue.Local.Demo;
using Segue.Local.Email;
using Segue.Local.Serving;
using Segue.Local.Storage;
using Segue.Messaging;
using Segue.Storage;

namespace Segue.Local.Shop;

/// <summary>Puts the engine together on a data folder and a campaigns folder.</summary>
public sealed class LocalShopOpener(TimeProvider clock, ILoggerFactory loggers) : IShopOpener
{
    /// <summary>How many customers a demo shop has.</summary>
    public int DemoCustomers { get; init; } = DemoShop.Customers;

    /// <inheritdoc/>
    public ValidateResult Validate(string campaigns)
    {
        var errors = new FileErrors();
        CampaignFolder.Check(CampaignFiles.Read(campaigns, errors), errors);
        return new(errors.None, errors.Errors, errors.Warnings);
    }

    /// <inheritdoc/>
    public async Task<DiffResult> DiffAsync(string data, string campaigns, string journey, CancellationToken cancellation)
    {
        var set = Load(campaigns);
        using var database = Open(Existing(data), writes: false);
        var catalog = new CampaignCatalog(new SqliteTableStore(database), set, clock, loggers.CreateLogger<CampaignCatalog>());
        var (current, previous) = await catalog.TextsAsync(journey, cancellation);
        var file = set.Journeys.GetValueOrDefault(journey)?.Source;
        if (current is null)
        {
            throw new RefusedException(file is null ? $"There is no journey '{journey}'." : $"No version of '{journey}' is in force yet.");
        }

        return file != current
            ? new(journey, "the version in force", file is null ? "no file any more" : "the file", file is null ? ["The file is gone: nobody enters any more, and who is under way finishes."] : JourneyDiff.Of(current, file))
            : new(journey, "the version before", "the version in force", previous is null ? [] : JourneyDiff.Of(previous, current));
    }

    /// <inheritdoc/>
    public async Task<IShop> OpenAsync(ShopOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        var set = Load(options.Campaigns);
        if (!options.Writes && !DataFolder.Exists(options.Data))
        {
            throw new RefusedException($"There is no data in {Path.GetFullPath(options.Data)}: import something first, or name another folder with --data.");
        }

        var folder = DataFolder.Open(options.Data);
        return await OpenAsync(folder, set, options.Writes, cancellation);
    }

    /// <inheritdoc/>
    public async Task<ISwitchboard> OpenSwitchboardAsync(ShopOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);

        // Before anything else: to pause a journey must work also while somebody edits the campaigns folder.
        return ServerAddress.Read(Path.Combine(options.Data, DataFolder.ServerAddressName)) is { } server
            && DataFolderLock.IsHeld(options.Data)
                ? new ServerSwitchboard(server)
                : await OpenAsync(options, cancellation);
    }

    /// <inheritdoc/>
    public IReadOnlyList<DeadLetter> ListDeadLetters(string data, string? queue)
    {
        using var database = Open(Existing(data), writes: false);
        return new SqliteDeadLetters(database, clock).List(queue, atMost: int.MaxValue);
    }

    /// <inheritdoc/>
    public IDeadLetters OpenDeadLetters(string data)
    {
        var folder = Existing(data);
        if (ServerAddress.Read(folder.ServerAddress) is { } server && DataFolderLock.IsHeld(data))
        {
            return new ServerDeadLetters(server);
        }

        var database = Open(folder, writes: true);
        return new FolderDeadLetters(database, new(database, clock));
    }

    private static DataFolder Existing(string data) => DataFolder.Exists(data)
        ? DataFolder.Open(data)
        : throw new RefusedException($"There is no data in {Path.GetFullPath(data)}: name the folder with --data.");

    /// <inheritdoc/>
    public async Task<IPublishing> OpenPublishingAsync(ShopOptions options, Uri? to, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (to is not null)
        {
            return new ServerPublishing(to, Environment.GetEnvironmentVariable(ServerPublishing.KeyVariable));
        }

        if (ServerAddress.Read(Path.Combine(options.Data, DataFolder.ServerAddressName)) is { } server && DataFolderLock.IsHeld(options.Data))
        {
            return new ServerPublishing(server, null);
        }

        var folder = DataFolder.Open(options.Data);
        var database = Open(folder, writes: true);
        try
        {
            // By what is in force, not by a folder of its own, which would be put in force as it starts.
            ServerAddress.Withdraw(folder.ServerAddress);
            var versions = new CampaignVersions(new SqliteTableStore(database));
            var inForce = (await versions.HistoryAsync(1, cancellation)) is [var latest] ? await versions.FilesAsync(latest.Version, cancellation) : null;
            var set = (inForce is null ? null : CampaignFolder.Load(inForce, new())) ?? Load(options.Campaigns);
            return new LocalPublishing(database, Compose(folder, database, set).Publisher);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    private async Task<IShop> OpenAsync(DataFolder folder, CampaignSet set, bool writes, CancellationToken cancellation)
    {
        var database = Open(folder, writes);
        try
        {
            var parts = Compose(folder, database, set);
            if (writes)
            {
                ServerAddress.Withdraw(folder.ServerAddress);
                await parts.Publisher.BringAsync(set, once: false, cancellation);
            }
            else if (await parts.Publisher.InForceInsteadAsync(set, cancellation) is { } published)
            {
                parts = Compose(folder, database, published);
            }

            return new LocalShop(folder, database, parts.Store, parts.Engine, parts.Publisher, parts.Catalog.Set, parts.Names, DemoCustomers);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    private (SqliteTableStore Store, CampaignCatalog Catalog, SegueEngine Engine, CampaignPublisher Publisher, DerivedNames Names) Compose(
        DataFolder folder, SqliteDatabase database, CampaignSet set)
    {
        var store = new SqliteTableStore(database);
        var names = new DerivedNames(folder.Secret.ToArray());
        var catalog = new CampaignCatalog(store, set, clock, loggers.CreateLogger<CampaignCatalog>());
        var webhooks = new HttpWebhookCaller(new ConfigurationBuilder().AddEnvironmentVariables().Build(), clock);
        var ports = new EnginePorts(store, new SqliteMessageBus(database, clock), new PickupFolder(folder.Mails, clock), clock) { Webhooks = webhooks };
        var engine = new SegueEngine(ports, catalog, names, RetryOptions.Default, loggers);
        return (store, catalog, engine, new(engine, catalog), names);
    }

    private static CampaignSet Load(string campaigns)
    {
        var errors = new FileErrors();
        return CampaignFolder.Load(CampaignFiles.Read(campaigns, errors), errors) ?? throw new RefusedException(
            string.Join(Environment.NewLine, errors.Errors.Select(e => e.ToString()).Prepend($"The campaigns in {campaigns} are not valid:")));
    }

    private static SqliteDatabase Open(DataFolder folder, bool writes)
    {
        try
        {
            return writes ? SqliteDatabase.Open(folder.Path) : SqliteDatabase.OpenReadOnly(folder.Path);
        }
        catch (Exception e) when (e is DataFolderInUseException or InvalidDataException)
        {
            throw new RefusedException(e.Message, e);
        }
    }
}
