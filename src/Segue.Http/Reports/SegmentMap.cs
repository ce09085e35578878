namespace Segue.Http.Reports;

/// <summary>Where all customers stand at a moment.</summary>
/// <param name="At">The moment.</param>
/// <param name="Currency">ISO 4217 code of all money.</param>
/// <param name="CalibratedAt">When the scores were calibrated, or null.</param>
/// <param name="Customers">All of them.</param>
/// <param name="Buyers">Those with a counted order.</param>
/// <param name="Segments">In the order of the segments file.</param>
/// <param name="Tags">In the order of the segments file.</param>
/// <param name="Rfm">By recency and frequency score; empty cells are left out.</param>
/// <param name="Tiers">By how long and how lately they buy: indexes into the two lists of bands; empty cells are left out.</param>
/// <param name="Longevity">Bands of time since the first order.</param>
/// <param name="Recency">Bands of time since the last order.</param>
public sealed record SegmentMap(
    DateTimeOffset At,
    string Currency,
    DateTimeOffset? CalibratedAt,
    int Customers,
    int Buyers,
    IReadOnlyList<SegmentPicture> Segments,
    IReadOnlyList<TagPicture> Tags,
    IReadOnlyList<RfmCell> Rfm,
    IReadOnlyList<TierCell> Tiers,
    IReadOnlyList<string> Longevity,
    IReadOnlyList<string> Recency)
{
    /// <summary>Guard rails that segments touch, one sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}

/// <summary>A segment.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">For people.</param>
/// <param name="Rule">Its rule on one line; null for the one that takes the rest.</param>
/// <param name="Journeys">Ids of the journeys that its members enter.</param>
/// <param name="Customers">Members.</param>
/// <param name="Reachable">Members with an address and consent.</param>
/// <param name="Orders">Their counted orders.</param>
/// <param name="Revenue">Their net spend.</param>
/// <param name="MedianSpend">The median buyer's net spend, or null.</param>
/// <param name="MedianSilence">Days since the median buyer's last order, or null.</param>
public sealed record SegmentPicture(
    string Id, string Name, string? Rule, IReadOnlyList<string> Journeys, int Customers, int Reachable, int Orders, decimal Revenue,
    decimal? MedianSpend, decimal? MedianSilence);

/// <summary>A tag.</summary>
public sealed record TagPicture(string Id, string Name, int Customers);

/// <summary>Customers of a recency and a frequency score, each 1 to 5, and their net spend.</summary>
public sealed record RfmCell(int Recency, int Frequency, int Customers, decimal Revenue);

/// <summary>Customers of a longevity and a recency band, and their net spend.</summary>
public sealed record TierCell(int Longevity, int Recency, int Customers, decimal Revenue);
