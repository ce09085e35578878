using Segue.Campaigns;
using Segue.Http.Campaigns;
using Segue.Local.Commands;
using Segue.Local.Storage;

namespace Segue.Local.Shop;

/// <summary>Publishes campaigns in a data folder that no server holds.</summary>
internal sealed class LocalPublishing(SqliteDatabase database, CampaignPublisher publisher) : IPublishing
{
    private readonly CampaignDesk _desk = new(publisher);

    /// <inheritdoc/>
    public Task<PublishResult> PublishAsync(CampaignFiling filing, CancellationToken cancellation) => _desk.PublishAsync(filing, cancellation);

    /// <inheritdoc/>
    public Task<PublishResult> RevertAsync(string? version, string by, bool dryRun, CancellationToken cancellation) =>
        _desk.RevertAsync(version, by, dryRun, cancellation);

    /// <inheritdoc/>
    public Task<CampaignHistory> HistoryAsync(CancellationToken cancellation) => _desk.HistoryAsync(cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<string, string>?> FilesAsync(string version, CancellationToken cancellation) => _desk.FilesAsync(version, cancellation);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        database.Dispose();
        return ValueTask.CompletedTask;
    }
}
