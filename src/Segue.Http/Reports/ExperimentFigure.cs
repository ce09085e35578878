using System.Globalization;
using Segue.Journeys;
using Segue.Measurement;
using Segue.Measurement.Reports;
using Segue.Measurement.Statistics;

namespace Segue.Http.Reports;

/// <summary>Makes reports of experiments' sums.</summary>
internal static class ExperimentFigure
{
    public const string Holdout = "holdout";

    private const string Test = "test";

    /// <summary>All experiments of a journey, running ones first, newest first.</summary>
    public static IReadOnlyList<ExperimentReport> Of(Journey journey, double globalShare, IReadOnlyDictionary<string, ArmCounts> arms)
    {
        var sums = new Dictionary<string, SortedDictionary<string, ArmCounts>>(StringComparer.Ordinal);
        foreach (var (key, counts) in arms)
        {
            var parts = key.Split(DayCounts.Separator);
            if (!sums.TryGetValue(parts[0], out var experiment))
            {
                sums.Add(parts[0], experiment = new(StringComparer.Ordinal));
            }

            if (!experiment.TryGetValue(parts[1], out var arm))
            {
                experiment.Add(parts[1], arm = new());
            }

            arm.Add(counts);
        }

        var running = journey.Steps.Values.OfType<TestStep>().Select(t => t.ExperimentOf(journey.Id))
            .Append(Experiments.HoldoutOf(journey.Id, journey.Holdout, globalShare)).ToHashSet(StringComparer.Ordinal);
        return [.. sums.Select(e => Report(e.Key, e.Value, running)).OfType<ExperimentReport>()
            .OrderByDescending(e => e.Running).ThenByDescending(e => e.Since).ThenBy(e => e.Id, StringComparer.Ordinal)];
    }

    private static ExperimentReport? Report(string id, SortedDictionary<string, ArmCounts> counts, HashSet<string> running)
    {
        var parts = id.Split(Segue.Storage.Keys.Separator);
        var isHoldout = parts[1] == Holdout;
        var shares = isHoldout ? HoldoutShares(parts) : TestShares(parts);
        var arms = shares.Where(s => s.Share > 0 || counts.ContainsKey(s.Id))
            .Select(s => (s.Id, s.Name, s.Share, Counts: counts.GetValueOrDefault(s.Id) ?? new())).ToList();
        if (arms.Count < 2)
        {
            return null;
        }

        var first = arms[0];
        var treated = arms.Find(a => a.Id == Experiments.Treated);
        var pairs = isHoldout
            ? arms.Where(a => a.Id != Experiments.Treated).Select(a => Compare(treated, a))
            : arms.Skip(1).Select(a => Compare(a, first));
        var comparisons = pairs.ToList();
        var split = SampleRatio.Of([.. arms.Select(a => a.Counts.Customers)], [.. arms.Select(a => Math.Max(a.Share, 1e-9))]);
        return new()
        {
            Id = id,
            Kind = isHoldout ? Holdout : Test,
            Name = isHoldout ? "Let in against held out" : parts[2],
            Since = arms.Min(a => a.Counts.Since) ?? default,
            Running = running.Contains(id),
            Arms = [.. arms.Select(a => Figures(a.Id, a.Name, a.Share, a.Counts))],
            Comparisons = comparisons,
            Split = split is null ? null : new(split.PValue, split.IsSuspicious),
            Verdict = Verdict(split, comparisons),
        };
    }

    private static List<(string Id, string Name, double Share)> HoldoutShares(string[] parts)
    {
        var (own, all) = (Number(parts[2]), Number(parts[3]));
        return
        [
            (Experiments.Control, "Held out", (1 - all) * own), (Experiments.Treated, "Let in", (1 - all) * (1 - own)),
            (Experiments.Global, "Held out of all marketing", all),
        ];
    }

    private static List<(string Id, string Name, double Share)> TestShares(string[] parts)
    {
        var weights = parts[3].Split(',').Select(w => w.Split(':')).Select(w => (Id: w[0], Weight: Number(w[1]))).ToList();
        var sum = weights.Sum(w => w.Weight);
        return [.. weights.Select(w => (w.Id, w.Id, w.Weight / sum))];
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static ArmFigures Figures(string id, string name, double share, ArmCounts c) => new(
        id, name, share, c.Customers, c.Entries, c.Conversions, c.OfConversions().Mean, c.Revenue,
        c.Entries == 0 ? 0 : Math.Round(c.Revenue / c.Entries, 4));

    private static ArmComparison Compare(
        (string Id, string Name, double Share, ArmCounts Counts) arm, (string Id, string Name, double Share, ArmCounts Counts) against)
    {
        var (a, b) = (arm.Counts.OfConversions(), against.Counts.OfConversions());
        var lift = b.Mean * 0.2;
        var share = against.Share / (arm.Share + against.Share);
        return new(
            arm.Id, against.Id, Between(a, b), Between(arm.Counts.OfRevenue(), against.Counts.OfRevenue()), SampleSize.SmallestDifference(a, b),
            lift > 0 && share is > 0 and < 1 ? SampleSize.CustomersNeeded(a + b, lift, share) : null);
    }

    /// <summary>Under so many customers in an arm, a range by the normal distribution says more than is known.</summary>
    private const int FewestForARange = 20;

    private static Difference? Between(ArmSums a, ArmSums b)
    {
        if (a.Customers < FewestForARange || b.Customers < FewestForARange || Uplift.Between(a, b) is not { } effect)
        {
            return null;
        }

        var always = ConfidenceSequence.Between(a, b);
        return new(
            effect.Difference, effect.Lower, effect.Upper, b.Mean == 0 ? null : effect.Difference / b.Mean,
            always is null ? null : new(always.Lower, always.Upper), ConfidenceSequence.PValue(a, b));
    }

    private static string Verdict(SampleRatio? split, List<ArmComparison> comparisons)
    {
        if (split?.IsSuspicious == true)
        {
            return "The split is not what was asked for, and chance can't explain it: trust no figure here before the cause is found.";
        }

        var c = comparisons[0];
        if (c.Conversion?.Always is not { } always)
        {
            return $"Too early: an interval that may be looked at daily takes {ConfidenceSequence.FewestCustomers} customers in each arm, and some who reached the goal.";
        }

        var said = always.Lower > 0 ? "reaches the goal more often" : always.Upper < 0 ? "reaches the goal less often" : null;
        return said is not null ? $"'{c.Arm}' {said} than '{c.Against}', and that holds however often one looks."
            : c.CustomersFor20Percent is { } needed ? string.Create(CultureInfo.InvariantCulture, $"Nothing shown yet: to see a relative change of 20 % takes about {needed:N0} customers in both arms.")
            : "Nothing shown yet.";
    }
}
