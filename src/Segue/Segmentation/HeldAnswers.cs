namespace Segue.Segmentation;

/// <summary>
/// What a customer keeps of earlier evaluations, so that nobody flaps: the cluster a calibration put them in, and the ranks they are in, which
/// end a little below where they begin.
/// </summary>
/// <param name="ClusterBy">The calibration that <paramref name="Cluster"/> is by; null for none.</param>
/// <param name="Cluster">The cluster at that calibration; null for none.</param>
/// <param name="Ranks">Ranks by <see cref="RankRequest.Key"/>, sorted; null for none.</param>
public sealed record HeldAnswers(string? ClusterBy, string? Cluster, IReadOnlyList<string>? Ranks)
{
    /// <summary>Whether both say the same.</summary>
    public bool SaysTheSameAs(HeldAnswers? other) =>
        other is not null && ClusterBy == other.ClusterBy && Cluster == other.Cluster && (Ranks ?? []).SequenceEqual(other.Ranks ?? []);
}
