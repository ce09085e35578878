using Segue.Campaigns;

namespace Segue.Http.Campaigns;

/// <summary>Publishes campaigns folders, and shows what is and was in force.</summary>
public interface ICampaignDesk
{
    /// <summary>Checks a folder and puts it in force whole, or not at all.</summary>
    /// <exception cref="CampaignsMovedOnException">Another version is in force than was expected.</exception>
    Task<PublishResult> PublishAsync(CampaignFiling filing, CancellationToken cancellation);

    /// <summary>Puts an earlier folder in force again; null for the one before.</summary>
    /// <exception cref="CampaignVersionNotFoundException">There is no such version, or none before.</exception>
    Task<PublishResult> RevertAsync(string? version, string by, bool dryRun, CancellationToken cancellation);

    /// <summary>What is in force and what was, the latest first.</summary>
    Task<CampaignHistory> HistoryAsync(CancellationToken cancellation);

    /// <summary>A folder's files by path, or null where there is no such version.</summary>
    Task<IReadOnlyDictionary<string, string>?> FilesAsync(string version, CancellationToken cancellation);
}

/// <summary>A folder to publish.</summary>
/// <param name="Files">Texts by path within the folder.</param>
/// <param name="By">Who decided it.</param>
/// <param name="Expected">Refused unless this version is in force; null for whatever is.</param>
/// <param name="DryRun">Says what it would do, and changes nothing.</param>
public sealed record CampaignFiling(IReadOnlyDictionary<string, string> Files, string By, string? Expected = null, bool DryRun = false);

/// <summary>What is and was in force.</summary>
/// <param name="Current">The folder in force; null before the first.</param>
/// <param name="History">The latest first, that in force among them.</param>
public sealed record CampaignHistory(PublishedVersion? Current, IReadOnlyList<PublishedVersion> History);

/// <summary>Asks the publisher.</summary>
public sealed class CampaignDesk(CampaignPublisher publisher) : ICampaignDesk
{
    /// <inheritdoc/>
    public Task<PublishResult> PublishAsync(CampaignFiling filing, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(filing);
        return publisher.PublishAsync(filing.Files, filing.By, filing.Expected, filing.DryRun, cancellation);
    }

    /// <inheritdoc/>
    public Task<PublishResult> RevertAsync(string? version, string by, bool dryRun, CancellationToken cancellation) =>
        publisher.RevertAsync(version, by, dryRun, cancellation);

    /// <inheritdoc/>
    public async Task<CampaignHistory> HistoryAsync(CancellationToken cancellation)
    {
        var (current, history) = await publisher.HistoryAsync(cancellation);
        return new(current, history);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<string, string>?> FilesAsync(string version, CancellationToken cancellation) =>
        publisher.FilesAsync(version, cancellation);
}
