namespace Segue.Http.Reports;

/// <summary>How the shop stands.</summary>
public interface IShopReports
{
    /// <summary>All that the overview shows, as of now.</summary>
    Task<Overview> OverviewAsync(CancellationToken cancellation);

    /// <summary>The totals of every journey, by last touch.</summary>
    Task<JourneysReport> JourneysAsync(CancellationToken cancellation);

    /// <summary>One journey; null where there is none of that id.</summary>
    Task<JourneyReport?> JourneyAsync(string id, AttributionRule attribution, CancellationToken cancellation);

    /// <summary>The experiments of all journeys.</summary>
    Task<ExperimentsReport> ExperimentsAsync(CancellationToken cancellation);

    /// <summary>Moves between segments by month.</summary>
    Task<Movements> MovementsAsync(CancellationToken cancellation);
}
