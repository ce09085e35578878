namespace Segue.Measurement.Reports;

/// <summary>Adds facts up.</summary>
internal static class FactCounter
{
    /// <summary>Takes one fact in.</summary>
    public static void Count(DayCounts counts, Fact fact)
    {
        switch (fact.Kind)
        {
            case FactKinds.Stood:
                Stand(counts, fact.Before, -1);
                Stand(counts, fact.After, 1);
                counts.Ordered(fact.After?.LastOrderAt);
                return;
            case FactKinds.Moved:
                var move = fact.From + DayCounts.Separator + fact.Segment;
                counts.Moves[move] = counts.Moves.GetValueOrDefault(move) + 1;
                return;
            case FactKinds.SurveyAnswered:
                Answer(counts, fact.Survey, fact.From, -1);
                Answer(counts, fact.Survey, fact.Reason, 1);
                return;
            case FactKinds.Measured:
                DayCounts.Of(counts.Arms, DayCounts.ArmKey(fact.Arm!, fact.Segment))
                    .Change(fact.OutcomesBefore, fact.OutcomesAfter!, DateOnly.FromDateTime(fact.At.UtcDateTime));
                return;
            case FactKinds.Attributed:
                Attribute(counts, fact);
                return;
        }

        if (fact.Journey is null)
        {
            return;
        }

        // How a run ended is told with the step it stood at; runs are counted by journey and segment alone.
        var step = fact.Kind == FactKinds.Exited ? null : fact.Step;
        var cell = DayCounts.Of(counts.Cells, DayCounts.CellKey(fact.Journey, step, fact.Variant, fact.Segment));
        cell.Add(fact.HeldOut ? fact.Kind + CellCounts.Held : fact.Kind);
        if (fact is { HeldOut: false, PredictedValue: { } value })
        {
            (fact.Kind == FactKinds.Entered ? cell.Entered : cell.Mailed).Add(value);
        }

        if (fact.Kind == FactKinds.Exited && !fact.HeldOut)
        {
            var exit = fact.Journey + DayCounts.Separator + fact.Reason;
            counts.Exits[exit] = counts.Exits.GetValueOrDefault(exit) + 1;
        }
        else if (fact.Kind is (FactKinds.Sent or FactKinds.Rejected or FactKinds.Unknown) && fact.CustomerId.Length > 0)
        {
            var status = fact.Kind == FactKinds.Sent ? "accepted" : fact.Kind;
            counts.Add(new LatelyMail(fact.At, fact.CustomerId, fact.Journey, fact.Step ?? "", status, fact.Name));
        }
    }

    private static void Answer(DayCounts counts, string? survey, string? answer, int sign)
    {
        if (answer is not null)
        {
            var key = survey + DayCounts.Separator + answer;
            counts.Answers[key] = counts.Answers.GetValueOrDefault(key) + sign;
        }
    }

    private static void Stand(DayCounts counts, CustomerTotals? totals, int sign)
    {
        if (totals is not null)
        {
            DayCounts.Of(counts.Segments, totals.Segment).Add(totals, sign);
            DayCounts.Of(counts.Stages, totals.Stage).Add(totals, sign);
        }
    }

    /// <summary>Under each rule the parts add up to the order, to the cent: the last mail has what division leaves.</summary>
    private static void Attribute(DayCounts counts, Fact fact)
    {
        var cells = fact.Touches!.Select(t => DayCounts.Of(counts.Cells, DayCounts.CellKey(t.Journey, t.Step, t.Variant, t.Segment))).ToList();
        var (orders, revenue, discount) = (fact.Orders, fact.Amount ?? 0, fact.Discount ?? 0);
        cells[^1].Last.Add(orders, revenue, discount);
        cells[0].First.Add(orders, revenue, discount);
        var (o, r, d) = (Part(orders, cells.Count, 6), Part(revenue, cells.Count, 2), Part(discount, cells.Count, 2));
        foreach (var cell in cells.SkipLast(1))
        {
            cell.Even.Add(o, r, d);
        }

        var others = cells.Count - 1;
        cells[^1].Even.Add(orders - (others * o), revenue - (others * r), discount - (others * d));
    }

    private static decimal Part(decimal whole, int parts, int decimals) => Math.Round(whole / parts, decimals);
}
