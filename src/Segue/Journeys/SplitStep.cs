using Segue.Segmentation;

namespace Segue.Journeys;

/// <summary>Takes the first branch whose rule holds, else the last.</summary>
/// <param name="Id">See <see cref="JourneyStep"/>.</param>
/// <param name="Branches">In order.</param>
/// <param name="Else">First step of the branch taken when none holds; null goes to the end.</param>
public sealed record SplitStep(string Id, IReadOnlyList<SplitBranch> Branches, string? Else) : JourneyStep(Id, Else)
{
    internal override IEnumerable<string> Successors => Branches.Select(b => b.First).Append(Else).OfType<string>();

    internal override IEnumerable<Rule> Rules => Branches.Select(b => b.If);

    internal override Enrolment Take(StepTaking taking)
    {
        var context = taking.Context();
        return taking.GoTo(Branches.FirstOrDefault(branch => branch.If.Evaluate(context).Holds) is { } taken ? taken.First : Else);
    }
}

/// <summary>One branch of a split.</summary>
/// <param name="If">When it is taken.</param>
/// <param name="First">Its first step; null goes to the end.</param>
public sealed record SplitBranch(Rule If, string? First);
