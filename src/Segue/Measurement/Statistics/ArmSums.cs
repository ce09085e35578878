namespace Segue.Measurement.Statistics;

/// <summary>
/// What an arm of an experiment adds up to, with the customer as the unit: sums over customers of their entries m, of an
/// outcome y over all these entries, and of the products. Sums of parts add up to the sums of the whole.
/// </summary>
/// <param name="Customers">Customers, n.</param>
/// <param name="Entries">Σ m.</param>
/// <param name="EntriesSquared">Σ m².</param>
/// <param name="Outcome">Σ y.</param>
/// <param name="OutcomeSquared">Σ y².</param>
/// <param name="OutcomeTimesEntries">Σ y·m.</param>
public readonly record struct ArmSums(
    long Customers, long Entries, double EntriesSquared, double Outcome, double OutcomeSquared, double OutcomeTimesEntries)
{
    /// <summary>The arm with nobody in it.</summary>
    public static ArmSums None => default;

    /// <summary>One customer.</summary>
    /// <param name="entries">How often they entered, 1 or more.</param>
    /// <param name="outcome">What all these entries came to.</param>
    public static ArmSums OfCustomer(int entries, double outcome) =>
        new(1, entries, (double)entries * entries, outcome, outcome * outcome, outcome * entries);

    /// <summary>The outcome per entry; 0 where nobody entered.</summary>
    public double Mean => Entries == 0 ? 0 : Outcome / Entries;

    /// <summary>
    /// Variance of <see cref="Mean"/> as the ratio of two sums over customers, who are independent of each other, while one
    /// customer's entries are not: the linearised, cluster-robust estimator (Cochran, Sampling Techniques, 3rd ed., 6.3;
    /// Deng, Knoblich and Lu 2018, "Applying the delta method in metric analytics"). NaN under two customers.
    /// </summary>
    public double VarianceOfMean
    {
        get
        {
            if (Customers < 2 || Entries == 0)
            {
                return double.NaN;
            }

            var mean = Mean;
            var squares = OutcomeSquared - (2 * mean * OutcomeTimesEntries) + (mean * mean * EntriesSquared);
            return Math.Max(0, squares) * Customers / (Customers - 1) / ((double)Entries * Entries);
        }
    }

    /// <summary>Both together.</summary>
    public static ArmSums operator +(ArmSums a, ArmSums b) => new(
        a.Customers + b.Customers, a.Entries + b.Entries, a.EntriesSquared + b.EntriesSquared, a.Outcome + b.Outcome,
        a.OutcomeSquared + b.OutcomeSquared, a.OutcomeTimesEntries + b.OutcomeTimesEntries);

    /// <summary>The first without the second.</summary>
    public static ArmSums operator -(ArmSums a, ArmSums b) => new(
        a.Customers - b.Customers, a.Entries - b.Entries, a.EntriesSquared - b.EntriesSquared, a.Outcome - b.Outcome,
        a.OutcomeSquared - b.OutcomeSquared, a.OutcomeTimesEntries - b.OutcomeTimesEntries);
}
