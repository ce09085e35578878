using System.Globalization;
using Segue.Customers;
using Segue.Segmentation;

namespace Segue.Measurement;

/// <summary>
/// Tells reports what a batch changes of what the customer adds to them. A fact says before and after, so that counts, money
/// and sums of squares over customers come from adding facts up, and nobody need look at a customer again.
/// </summary>
internal static class Ledger
{
    /// <summary>Adds the facts, and keeps in the profile what has been told.</summary>
    /// <param name="before">The profile as it was read.</param>
    /// <param name="next">The profile as it will be written, its new sequence included: it names the facts.</param>
    /// <param name="at">The moment of the batch.</param>
    /// <param name="facts">Takes the facts.</param>
    public static CustomerProfile Tell(CustomerProfile before, CustomerProfile next, DateTimeOffset at, List<Fact> facts)
    {
        var name = next.Sequence.ToString("D10", CultureInfo.InvariantCulture);
        if (next.Standing is { } standing)
        {
            var purchases = next.Purchases;
            var totals = new CustomerTotals(
                standing.Segment, Stages.NameOf(standing.Stage), purchases.Orders, purchases.TotalSpend, next.Summary.Reachable, purchases.LastOrderAt);
            if (totals != before.Told)
            {
                facts.Add(new(FactKinds.Stood, next.CustomerId, name, at) { Before = before.Told, After = totals });
                next = next with { Told = totals };
            }
        }

        return ReferenceEquals(before.Goals, next.Goals) ? next : next with { Experiments = Measure(before, next, name, at, facts) };
    }

    private static Dictionary<string, ExperimentRecord>? Measure(
        CustomerProfile before, CustomerProfile next, string name, DateTimeOffset at, List<Fact> facts)
    {
        var known = before.Goals.ToDictionary(g => (g.Journey, g.Key, g.Run));
        var records = new Dictionary<string, ExperimentRecord>(next.Experiments ?? new Dictionary<string, ExperimentRecord>());
        foreach (var goal in next.Goals)
        {
            var was = known.GetValueOrDefault((goal.Journey, goal.Key, goal.Run));
            foreach (var (experiment, arm) in goal.Arms ?? new Dictionary<string, string>())
            {
                var earlier = was?.Arms?.ContainsKey(experiment) == true ? Of(was) : new(0, 0, 0);
                var change = Minus(Of(goal), earlier);
                var id = new ExperimentArm(experiment, arm);
                var record = records.GetValueOrDefault(id.Key) ?? new(id, goal.Segment, new(0, 0, 0));
                records[id.Key] = record with { Outcomes = Plus(record.Outcomes, change) };
            }
        }

        foreach (var (key, record) in records)
        {
            var was = before.Experiments?.GetValueOrDefault(key)?.Outcomes;
            if (was != record.Outcomes)
            {
                facts.Add(new(FactKinds.Measured, next.CustomerId, $"{name}~{MessageName(key)}", at)
                {
                    Arm = record.Arm, Segment = record.Segment, OutcomesBefore = was, OutcomesAfter = record.Outcomes,
                });
            }
        }

        return records.Count == 0 ? null : records;
    }

    private static string MessageName(string key) => Messaging.MessageIds.Of(key);

    private static Outcomes Of(OpenGoal goal) => new(1, goal.OrderId is null ? 0 : 1, goal.Revenue);

    private static Outcomes Plus(Outcomes a, Outcomes b) => new(a.Entries + b.Entries, a.Conversions + b.Conversions, a.Revenue + b.Revenue);

    private static Outcomes Minus(Outcomes a, Outcomes b) => new(a.Entries - b.Entries, a.Conversions - b.Conversions, a.Revenue - b.Revenue);
}
