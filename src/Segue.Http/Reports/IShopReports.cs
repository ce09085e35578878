namespace Segue.Http.Reports;

/// <summary>How the shop stands.</summary>
public interface IShopReports
{
    /// <summary>All that the overview shows, as of now.</summary>
    Task<Overview> OverviewAsync(CancellationToken cancellation);

    /// <summary>A journey's runs so far; who is under way now is left at 0.</summary>
    Task<RunFigures> RunsAsync(string journey, CancellationToken cancellation);
}
