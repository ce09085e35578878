using Segue.Journeys;

namespace Segue.Campaigns;

/// <summary>The campaigns in force, and every definition that someone is still under way on.</summary>
public interface ICampaigns
{
    /// <summary>What is in force; at most <see cref="CampaignCatalog.MaxAge"/> old.</summary>
    ValueTask<CampaignState> CurrentAsync(CancellationToken cancellation = default);

    /// <summary>
    /// A journey's definition by version; null only where it was never stored or can no longer be read.
    /// </summary>
    ValueTask<Journey?> DefinitionAsync(string journey, string version, CancellationToken cancellation = default);

    /// <summary>Has the next call of <see cref="CurrentAsync"/> read anew: something was just put in force here.</summary>
    void Invalidate();
}
