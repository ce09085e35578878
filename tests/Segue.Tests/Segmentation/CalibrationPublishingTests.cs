using Microsoft.Extensions.Logging.Abstractions;
using Segue.Campaigns;
using Segue.Messaging;
using Segue.Ports;
using Segue.Simulation;
using Segue.Storage;
using Segue.Tests.Campaigns;
using Segue.Tests.Ports;
using Segue.Tests.Simulation;

namespace Segue.Tests.Segmentation;

public sealed class CalibrationPublishingTests : IMessageBus
{
    private readonly ManualTime _time = new(new(2026, 6, 15, 10, 0, 0, TimeSpan.Zero));
    private readonly InMemoryTableStore _store = new();
    private readonly List<BusMessage> _sent = [];
    private bool _away;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    Task IMessageBus.SendAsync(string queue, IReadOnlyList<BusMessage> messages, CancellationToken cancellation)
    {
        _sent.AddRange(messages);
        return _away ? throw new PortUnavailableException("The bus is away.") : Task.CompletedTask;
    }

    [Fact]
    public async Task CalibrateAsync_CutOffBeforeAllAreToLookAtIt_LeavesNothingInForce()
    {
        var (catalog, engine) = Engine();
        _away = true;

        await Assert.ThrowsAsync<PortUnavailableException>(() => engine.CalibrateAsync(initial: true, Cancellation));

        Assert.Null((await catalog.CurrentAsync(Cancellation)).Calibration);
    }

    [Fact]
    public async Task CalibrateAsync_Done_IsInForceAndEveryShardWillLookAtIt()
    {
        var (catalog, engine) = Engine();

        var made = await engine.CalibrateAsync(initial: true, Cancellation);

        Assert.Equal(made.Id, (await catalog.CurrentAsync(Cancellation)).Calibration?.Id);
        Assert.Equal(Shards.Count, _sent.Count);
        Assert.All(_sent, m => Assert.True(m.DeliverAt > _time.GetUtcNow() + CampaignCatalog.MaxAge));
    }

    [Fact]
    public async Task PublishAsync_OfWhatIsThere_WritesNothing()
    {
        var (catalog, _) = Engine();
        Assert.False(await catalog.ChangesSegmentsAsync(Cancellation));
        await catalog.PublishAsync(Cancellation);
        var before = Rows();
        Assert.NotEmpty(before);

        await catalog.PublishAsync(Cancellation);

        Assert.Equal(before, Rows());
        Assert.False(await catalog.ChangesSegmentsAsync(Cancellation));
        var files = FolderText.Sound();
        files["segments.yaml"] = files["segments.yaml"].Replace(">= 60", ">= 61", StringComparison.Ordinal);
        Assert.True(await Engine(files).Catalog.ChangesSegmentsAsync(Cancellation));
    }

    private List<(string, string, string)> Rows() => [.. _store.AllRows().Select(r => (r.Row.Partition, r.Row.Key, r.Row.ETag))];

    private (CampaignCatalog Catalog, SegueEngine Engine) Engine(Dictionary<string, string>? files = null)
    {
        var catalog = new CampaignCatalog(_store, FolderText.Load(files ?? FolderText.Sound()).Set!, _time, NullLogger<CampaignCatalog>.Instance);
        return (catalog, new(
            new(_store, this, new RecordingSender(_time), _time), catalog, new DerivedNames(new byte[32]), RetryOptions.Default, NullLoggerFactory.Instance));
    }
}
