namespace Segue.Segmentation.Clusters;

/// <summary>How customers are grouped.</summary>
public sealed record ClusterSettings
{
    // Shared, so that settings that say nothing are equal.
    private static readonly string[] Usual = ["silence", "orders", "averageOrder", "engagement"];
    private static readonly Dictionary<string, string> NoNames = [];

    /// <summary>The fewest clusters to try, 2 or more.</summary>
    public int From { get; set; } = 3;

    /// <summary>The most clusters to try.</summary>
    public int To { get; set; } = 8;

    /// <summary>What customers are to be alike in: names of features.</summary>
    public IReadOnlyList<string> Features { get; set; } = Usual;

    /// <summary>Names that people have given to clusters, by id.</summary>
    public IReadOnlyDictionary<string, string> Names { get; set; } = NoNames;
}
