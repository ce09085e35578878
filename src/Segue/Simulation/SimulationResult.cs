using Segue.Email;
using Segue.Journeys;
using Segue.Measurement;
using Segue.Storage;

namespace Segue.Simulation;

/// <summary>One mail that would have been sent.</summary>
/// <param name="CustomerId">To whom.</param>
/// <param name="Journey">In which journey.</param>
/// <param name="Step">By which step.</param>
/// <param name="Variant">In which variant of a test, or null.</param>
/// <param name="At">When.</param>
/// <param name="Reason">The segment or tag that brought the customer in.</param>
public sealed record SimulatedSend(
    string CustomerId, string Journey, string Step, string? Variant, DateTimeOffset At, string Reason);

/// <summary>What one journey would have done.</summary>
/// <param name="Entered">Runs begun, held out or not.</param>
/// <param name="HeldOut">Runs left alone.</param>
/// <param name="Sends">Mails.</param>
/// <param name="PurchasesAnyway">
/// Runs whose customer bought within the goal's window. They bought without these mails: none of it is the journey's doing.
/// </param>
/// <param name="SmallestUplift">
/// The smallest change of the share that buys, in percentage points, which so many people and such a holdout could show
/// (two-sided 5 %, power 80 %); null without a holdout or a goal.
/// </param>
public sealed record SimulatedJourney(int Entered, int HeldOut, int Sends, int PurchasesAnyway, double? SmallestUplift);

/// <summary>What a simulation shows.</summary>
public sealed record SimulationResult
{
    /// <summary>The first moment.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>The end, exclusive.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>Every mail, by time and then customer.</summary>
    public required IReadOnlyList<SimulatedSend> Sends { get; init; }

    /// <summary>Customers who would have got at least one mail.</summary>
    public required int Customers { get; init; }

    /// <summary>Customers who would have got a mail if they had an address and consent.</summary>
    public required int Unreachable { get; init; }

    /// <summary>By journey.</summary>
    public required IReadOnlyDictionary<string, SimulatedJourney> ByJourney { get; init; }

    /// <summary>Messages handled on the way.</summary>
    public required long Messages { get; init; }

    internal static SimulationResult Of(
        SimulationRequest request, IReadOnlyDictionary<string, Journey> journeys, InMemoryTableStore store, SimulationStatistics statistics)
    {
        var facts = store.AllRows().Where(r => r.Table == Tables.Facts)
            .Select(r => RowJson.Unpack(r.Row, SegueJson.Default.Fact)).ToList();
        var sends = facts.Where(f => f.Kind == FactKinds.Sent)
            .OrderBy(f => f.At).ThenBy(f => f.CustomerId, StringComparer.Ordinal).ThenBy(f => f.Journey, StringComparer.Ordinal).ThenBy(f => f.Step, StringComparer.Ordinal)
            .Select(f => new SimulatedSend(f.CustomerId, f.Journey!, f.Step!, f.Variant, f.At, journeys[f.Journey!].Enter.Group)).ToList();
        return new()
        {
            From = request.From,
            Until = request.Until,
            Sends = sends,
            Customers = sends.DistinctBy(s => s.CustomerId).Count(),
            Unreachable = facts.Where(f => f.Kind == FactKinds.Withheld && SendPolicy.Reasons.IsUnreachable(f.Reason))
                .DistinctBy(f => f.CustomerId).Count(),
            ByJourney = journeys.Keys.Order(StringComparer.Ordinal).ToDictionary(id => id, id => Of(facts, id)),
            Messages = statistics.MessagesDelivered,
        };
    }

    private static SimulatedJourney Of(IReadOnlyList<Fact> facts, string journey)
    {
        var own = facts.Where(f => f.Journey == journey).ToLookup(f => f.Kind);
        var heldOut = own[FactKinds.Entered].Count(f => f.HeldOut);
        var entered = own[FactKinds.Entered].Count();
        var bought = own[FactKinds.Converted].Count() - own[FactKinds.ConversionReversed].Count();
        return new(entered, heldOut, own[FactKinds.Sent].Count(), bought, SmallestUplift(entered - heldOut, heldOut, bought));
    }

    /// <summary>
    /// The minimum detectable difference of two proportions by the normal approximation: (z(0.975) + z(0.8)) standard errors
    /// at the common share (Fleiss, Levin and Paik, "Statistical Methods for Rates and Proportions", 3rd edition, chapter 4).
    /// </summary>
    private static double? SmallestUplift(int treated, int heldOut, int bought)
    {
        if (treated == 0 || heldOut == 0)
        {
            return null;
        }

        var share = (double)bought / (treated + heldOut);
        return 100 * (1.959964 + 0.841621) * Math.Sqrt(share * (1 - share) * ((1.0 / treated) + (1.0 / heldOut)));
    }
}
