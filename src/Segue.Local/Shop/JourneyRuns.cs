using Segue.Http.Reports;
using Segue.Measurement;

namespace Segue.Local.Shop;

/// <summary>Adds a journey's facts up.</summary>
internal static class JourneyRuns
{
    public static RunFigures Of(IEnumerable<Fact> facts, string journey)
    {
        var own = facts.Where(f => f.Journey == journey).ToLookup(f => f.Kind);
        int Goals(bool heldOut) =>
            own[FactKinds.Converted].Count(f => f.HeldOut == heldOut) - own[FactKinds.ConversionReversed].Count(f => f.HeldOut == heldOut);
        return new()
        {
            Entered = own[FactKinds.Entered].Count(),
            HeldOut = own[FactKinds.Entered].Count(f => f.HeldOut),
            Sent = own[FactKinds.Sent].Count(),
            CustomersSent = own[FactKinds.Sent].DistinctBy(f => f.CustomerId).Count(),
            Conversions = Goals(heldOut: false),
            HeldOutConversions = Goals(heldOut: true),
            Exits =
            [
                .. own[FactKinds.Exited].Where(f => !f.HeldOut).CountBy(f => f.Reason ?? "").OrderByDescending(r => r.Value)
                    .ThenBy(r => r.Key, StringComparer.Ordinal).Select(r => new ExitFigures(r.Key, r.Value)),
            ],
            SentByStep = own[FactKinds.Sent].CountBy(f => f.Step ?? "").ToDictionary(),
            WithheldByStep = own[FactKinds.Withheld].CountBy(f => f.Step ?? "").ToDictionary(),
        };
    }
}
