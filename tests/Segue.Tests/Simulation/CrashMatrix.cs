using System.Globalization;
using System.Text;

namespace Segue.Tests.Simulation;

/// <summary>
/// Every port call of every function, found by running, tried with everything that can go wrong there, one fault a run:
/// a new call is covered without anyone writing a case.
/// </summary>
/// <param name="seed">Decides who runs when, the same in every run.</param>
/// <param name="run">Makes a world by a plan and runs it to its end.</param>
/// <param name="check">Compares the end of a run with the undisturbed one; throws, or says what came of it in a word.</param>
internal sealed class CrashMatrix(ulong seed, Func<FaultPlan, FaultyWorld> run, Func<FaultyWorld, FaultyWorld, string> check)
{
    /// <summary>What changes the outcome rightly: a mail refused for good, an entry that a wrong clock dates seconds off.</summary>
    private static readonly FaultKind[] Without = [FaultKind.Rejected, FaultKind.ClockSkew];

    private readonly Dictionary<(string Place, FaultKind Kind), Dictionary<string, int>> outcomes = [];
    private readonly List<string> failures = [];

    /// <summary>Ways to port calls.</summary>
    public int Ways { get; private set; }

    /// <summary>Runs with a fault.</summary>
    public int Cases { get; private set; }

    /// <summary>Function and point of every call found.</summary>
    public IReadOnlyCollection<string> Places => [.. outcomes.Keys.Select(o => o.Place).Distinct()];

    /// <summary>Cases that did not end as they must, in words.</summary>
    public IReadOnlyList<string> Failures => failures;

    /// <summary>Runs all cases, or one in so many.</summary>
    /// <param name="each">1 for all; otherwise each way still meets a part of what can go wrong there, another way another part.</param>
    /// <param name="untilFailure">Stops at the first failure.</param>
    public void Run(int each, bool untilFailure = false)
    {
        var observing = new ObservingPlan(seed);
        var undisturbed = run(observing);
        Ways = observing.Ways;
        var number = 0;
        foreach (var cell in observing.Cells.OrderBy(c => c.Path, StringComparer.Ordinal).ThenBy(c => c.Delivery, StringComparer.Ordinal))
        {
            foreach (var kind in cell.Kinds.Except(Without).Where(_ => number++ % each == 0))
            {
                Try(undisturbed, cell, kind);
                if (untilFailure && failures.Count > 0)
                {
                    return;
                }
            }
        }
    }

    /// <summary>One line a place: what was tried there and how it ended.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Places.Count} places, {Ways} ways to them, {Cases} cases, {failures.Count} failures\n");
        foreach (var place in outcomes.GroupBy(o => o.Key.Place).OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            var kinds = place.OrderBy(o => o.Key.Kind).Select(o =>
                $"{o.Key.Kind} {string.Join('/', o.Value.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => $"{v.Value} {v.Key}"))}");
            text.Append(CultureInfo.InvariantCulture, $"{place.Key} | {string.Join(", ", kinds)}\n");
        }

        return text.ToString();
    }

    private void Try(FaultyWorld undisturbed, MatrixCell cell, FaultKind kind)
    {
        Cases++;
        var plan = new SingleFaultPlan(seed, new(cell.Delivery, cell.Call, cell.Point, kind));
        string outcome;
        try
        {
            var world = run(plan);
            outcome = plan.Injected.Count == 0 ? "not met" : check(undisturbed, world);
        }
        catch (Exception failure)
        {
            outcome = "FAILED";
            failures.Add($"{cell.Path} ({cell.Delivery}, call {cell.Call}): {kind}: {failure.Message}");
        }

        var counts = outcomes.TryGetValue((cell.Place, kind), out var known) ? known : outcomes[(cell.Place, kind)] = [];
        counts[outcome] = counts.GetValueOrDefault(outcome) + 1;
    }
}
