using Segue.Measurement;
using Segue.Storage;

namespace Segue.Journeys;

/// <summary>
/// Draws one of some variants: by a hash of the customer and the test's name, so that a customer gets the same one in every
/// run of every journey that has the test, and after a merge.
/// </summary>
/// <param name="Id">See <see cref="JourneyStep"/>.</param>
/// <param name="Name">The test's name: reports and draws go by it.</param>
/// <param name="Variants">In the order of the file.</param>
/// <param name="Metric">What reports compare them by.</param>
public sealed record TestStep(string Id, string Name, IReadOnlyList<TestVariant> Variants, TestMetric Metric)
    : JourneyStep(Id, null)
{
    /// <summary>What a winner is chosen by; null for none. Clicks choose none: a test is about what customers do, not what they look at.</summary>
    public TestMetric? Winner { get; init; }

    internal override IEnumerable<string> Successors => Variants.Select(v => v.First).OfType<string>();

    /// <summary>The variant of a customer.</summary>
    public TestVariant VariantOf(string drawId)
    {
        var left = Draw.Of("test", Name, drawId) * (double)Variants.Sum(v => v.Weight);
        foreach (var variant in Variants)
        {
            left -= (double)variant.Weight;
            if (left < 0)
            {
                return variant;
            }
        }

        return Variants.Last(v => v.Weight > 0);
    }

    /// <summary>Names the experiment that the test is in a journey: with other variants or weights it is another.</summary>
    public string ExperimentOf(string journey) =>
        Experiments.TestOf(journey, Name, Variants.Select(v => KeyValuePair.Create(v.Name, (double)v.Weight)));

    internal override Enrolment Take(StepTaking taking)
    {
        var experiment = ExperimentOf(taking.Journey.Id);
        if (taking.Work.Campaigns.Winners.GetValueOrDefault(experiment) is { } won && Variants.FirstOrDefault(v => v.Name == won) is { } winner)
        {
            // The test is over: whoever comes now is in no arm of it.
            return taking.GoTo(winner.First) with { Variant = $"{Name}:{winner.Name}" };
        }

        var variant = VariantOf(taking.Work.Profile.DrawId);
        Experiments.Join(taking.Work, taking.Run, experiment, variant.Name);
        return taking.GoTo(variant.First) with { Variant = $"{Name}:{variant.Name}" };
    }
}

/// <summary>One variant of a test.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Weight">Its share is this of the sum of all, 0 or more.</param>
/// <param name="First">Its first step; null goes to the end.</param>
public sealed record TestVariant(string Name, decimal Weight, string? First);

/// <summary>What a test's variants are compared by. Opens are none: machines open mails too.</summary>
public enum TestMetric
{
    /// <summary>The share of runs that reached the goal.</summary>
    Conversion,

    /// <summary>Money of the orders that reached it, for each run.</summary>
    Revenue,

    /// <summary>The share of runs in which a person clicked.</summary>
    Clicks,
}
