using System.Globalization;
using Segue.Analytics;
using Segue.Analytics.Clustering;
using Segue.Customers;

namespace Segue.Segmentation.Clusters;

/// <summary>A feature, and what it is scaled by.</summary>
/// <param name="Name">As the settings call it.</param>
/// <param name="Mean">The mean of the prepared values.</param>
/// <param name="Deviation">Their standard deviation, above 0.</param>
public sealed record FeatureScale(string Name, double Mean, double Deviation);

/// <summary>How good some number of clusters would be.</summary>
/// <param name="K">Clusters.</param>
/// <param name="Inertia">The sum of squared distances to the centroids.</param>
/// <param name="Silhouette">-1 to 1; higher is better.</param>
/// <param name="StandardError">Of the silhouette, where a sample stands for all; else 0.</param>
/// <param name="DaviesBouldin">From 0; lower is better.</param>
public sealed record ClusterCandidate(int K, double Inertia, double Silhouette, double StandardError, double DaviesBouldin);

/// <summary>A group of customers who are alike.</summary>
/// <param name="Id">A number; the same from one calibration to the next where the group is.</param>
/// <param name="Name">What people have called it, or what it has more or less of than others.</param>
/// <param name="Share">Its share of the customers grouped, 0 to 1.</param>
/// <param name="Centroid">The mean of its members, scaled; in the order of the features.</param>
/// <param name="Typical">The same in plain units, by feature: days, orders, money, shares.</param>
public sealed record CustomerCluster(string Id, string Name, double Share, IReadOnlyList<double> Centroid, IReadOnlyDictionary<string, double> Typical);

/// <summary>Clusters of the customers who are not churned, made by k-means at a calibration and kept for <see cref="Lasts"/>.</summary>
public sealed record ClusterModel
{
    /// <summary>Under so many customers of the sample nobody is grouped.</summary>
    public const int LeastCustomers = 60;

    /// <summary>Under this silhouette the groups are not apart enough to be published.</summary>
    public const double LeastSilhouette = 0.25;

    /// <summary>So long clusters are kept; calibrations in between put customers into those that there are.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromDays(28);

    /// <summary>When they were made.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>What customers are alike in; those in which all are the same are left out.</summary>
    public required IReadOnlyList<FeatureScale> Features { get; init; }

    /// <summary>The features and numbers that the settings asked for then.</summary>
    public required string Asked { get; init; }

    /// <summary>By which bounds a customer is churned, and in no cluster.</summary>
    public required LifecycleSettings Bounds { get; init; }

    /// <summary>Customers of the sample that they were made of.</summary>
    public required int Sampled { get; init; }

    /// <summary>The numbers of clusters that were tried.</summary>
    public required IReadOnlyList<ClusterCandidate> Table { get; init; }

    /// <summary>The number chosen: of the highest silhouette.</summary>
    public required int K { get; init; }

    /// <summary>The clusters, largest first; none where <see cref="LeastSilhouette"/> was not reached.</summary>
    public required IReadOnlyList<CustomerCluster> Clusters { get; init; }

    /// <summary>The next id that no cluster has had.</summary>
    public required int NextId { get; init; }

    /// <summary>Some customers in two dimensions; null where there is but one.</summary>
    public ClusterMap? Map { get; init; }

    /// <summary>The customer's cluster by a calibration: the one they keep, or else the nearest as of the calibration; null for none.</summary>
    public static string? Of(CustomerSummary customer, Calibration? calibration)
    {
        ArgumentNullException.ThrowIfNull(customer);
        return customer.NoProfilingSince is not null || calibration?.Clusters is not { Clusters.Count: > 0 } model ? null
            : customer.Held is { ClusterBy: { } by } held && by == calibration.Id ? held.Cluster
            : model.Nearest(customer, calibration.AsOf ?? calibration.At);
    }

    /// <summary>Makes clusters, or keeps those that are young enough; null with a remark where there are too few customers.</summary>
    internal static ClusterModel? Of(
        CustomerSample sample, ClusterSettings settings, LifecycleSettings bounds, DateTimeOffset at, ClusterModel? previous, ICollection<string> remarks)
    {
        var asked = $"{settings.From}-{settings.To} {string.Join(' ', settings.Features)}";
        if (previous is not null && previous.Asked == asked && previous.Bounds == bounds && previous.MadeAt <= at && previous.MadeAt + Lasts > at)
        {
            return previous with { Clusters = [.. previous.Clusters.Select(c => c with { Name = settings.Names.GetValueOrDefault(c.Id) ?? c.Name })] };
        }

        var customers = sample.Customers.Where(c => c.Stage is not (Stage.Prospect or Stage.Churned)).ToList();
        if (customers.Count < LeastCustomers)
        {
            remarks.Add(string.Create(CultureInfo.InvariantCulture, $"Clusters need {LeastCustomers} customers who are not churned; there are {customers.Count:N0}."));
            return null;
        }

        try
        {
            return ClusterFit.Of(customers, settings, bounds, at, asked, previous, remarks);
        }
        catch (AnalyticsException e)
        {
            remarks.Add($"There are no clusters. {e.Message}");
            return null;
        }
    }

    private string? Nearest(CustomerSummary customer, DateTimeOffset at)
    {
        if (Lifecycle.At(customer.Purchases, Bounds, null, at).Stage is Stage.Prospect or Stage.Churned || customer.Purchases.FirstOrderAt > at)
        {
            return null;
        }

        Span<double> place = stackalloc double[Features.Count];
        for (var j = 0; j < place.Length; j++)
        {
            var (name, mean, deviation) = Features[j];
            place[j] = ClusterFeature.Find(name)?.Prepared(customer, at) is { } value ? (value - mean) / deviation : 0;
        }

        var (best, least) = (Clusters[0], double.PositiveInfinity);
        foreach (var cluster in Clusters)
        {
            var distance = 0.0;
            for (var j = 0; j < place.Length; j++)
            {
                distance += (place[j] - cluster.Centroid[j]) * (place[j] - cluster.Centroid[j]);
            }

            (best, least) = distance < least ? (cluster, distance) : (best, least);
        }

        return best.Id;
    }
}
