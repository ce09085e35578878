namespace Segue.Http.Reports;

/// <summary>How the shop stands.</summary>
public interface IShopReports
{
    /// <summary>All that the overview shows, as of now.</summary>
    Task<Overview> OverviewAsync(CancellationToken cancellation);
}
