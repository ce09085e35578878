namespace Segue.Segmentation.Predictions;

/// <summary>
/// Means of groups, pulled to the mean of all the more the fewer customers they rest on: H. Bühlmann and E. Straub,
/// "Glaubwürdigkeit für Schadensätze", Mitteilungen der Vereinigung schweizerischer Versicherungsmathematiker 70 (1970).
/// </summary>
/// <param name="Mean">The mean of all.</param>
/// <param name="Weight">The customers that the mean of all counts for in each group: variance inside the groups by variance between them.</param>
public readonly record struct Credibility(double Mean, double Weight)
{
    // Bounds that keep one odd cell of a small shop from speaking for itself, and a hundred thousand customers from saying nothing.
    private const double Least = 5;
    private const double Most = 1000;

    /// <summary>Learns from groups.</summary>
    public static Credibility Of(IReadOnlyCollection<MoneyMoments> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        var known = groups.Where(g => g.Customers > 0).ToList();
        double all = known.Sum(g => g.Customers);
        if (all == 0)
        {
            return new(0, Most);
        }

        var mean = known.Sum(g => (double)g.Sum) / all;
        var within = all > known.Count ? known.Sum(g => g.Squares - (g.Customers * g.Mean * g.Mean)) / (all - known.Count) : 0;
        var spread = all - (known.Sum(g => (double)g.Customers * g.Customers) / all);
        var between = spread > 0 ? (known.Sum(g => g.Customers * (g.Mean - mean) * (g.Mean - mean)) - ((known.Count - 1) * within)) / spread : 0;
        return new(mean, between > 0 ? Math.Clamp(within / between, Least, Most) : Most);
    }

    /// <summary>A group's mean, pulled.</summary>
    /// <param name="group">The group; of nobody gives the mean of all.</param>
    /// <param name="towards">What it is pulled to, where that is not the mean of all.</param>
    public double Shrink(MoneyMoments group, double? towards = null) =>
        ((double)group.Sum + (Weight * (towards ?? Mean))) / (group.Customers + Weight);
}
