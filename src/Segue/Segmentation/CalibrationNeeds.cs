namespace Segue.Segmentation;

/// <summary>What rules ask of a calibration, collected from them.</summary>
public sealed class CalibrationNeeds
{
    private readonly HashSet<RankRequest> _ranks = [];
    private readonly HashSet<string> _scores = ["recency", "frequency", "monetary"];

    /// <summary>Ranks, each once, in order of their names.</summary>
    public IReadOnlyList<RankRequest> Ranks => [.. _ranks.OrderBy(r => r.Key, StringComparer.Ordinal)];

    /// <summary>Scores by field, in order; the three of RFM always.</summary>
    public IReadOnlyList<string> Scores => [.. _scores.Order(StringComparer.Ordinal)];

    /// <summary>Asks for a rank.</summary>
    public void Add(RankRequest rank) => _ranks.Add(rank);

    /// <summary>Asks for a score.</summary>
    public void AddScore(string field) => _scores.Add(field);
}
