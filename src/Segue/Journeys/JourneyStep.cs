using Segue.Segmentation;

namespace Segue.Journeys;

/// <summary>One step of a journey.</summary>
/// <param name="Id">The <c>id</c> that the file gives it, else its path: <c>3.then.1</c>.</param>
/// <param name="Next">Id of the step after it; null is the end of the journey.</param>
public abstract record JourneyStep(string Id, string? Next);

/// <summary>Sends an e-mail, with an offer or without.</summary>
/// <param name="Id">See <see cref="JourneyStep"/>.</param>
/// <param name="Next">See <see cref="JourneyStep"/>.</param>
/// <param name="Email">Name of the template.</param>
/// <param name="Topic">What the customer can unsubscribe from; null only where <paramref name="Transactional"/>.</param>
/// <param name="Transactional">Needs no marketing consent.</param>
/// <param name="OnFail">When the mail is refused for good.</param>
/// <param name="Offer">What it offers, or null.</param>
public sealed record SendStep(
    string Id, string? Next, string Email, string? Topic, bool Transactional, OnFail OnFail, Offers.Offer? Offer)
    : JourneyStep(Id, Next);

/// <summary>What a journey does when a mail is refused for good.</summary>
public enum OnFail
{
    /// <summary>Goes on as if it had been sent.</summary>
    Skip,

    /// <summary>Ends.</summary>
    Exit,
}

/// <summary>Waits for a length of time, counted from the moment the step was due.</summary>
public sealed record WaitStep(string Id, string? Next, Duration For) : JourneyStep(Id, Next);

/// <summary>Takes the first branch whose rule holds, else the last.</summary>
/// <param name="Id">See <see cref="JourneyStep"/>.</param>
/// <param name="Branches">In order.</param>
/// <param name="Else">First step of the branch taken when none holds; null goes to the end.</param>
public sealed record SplitStep(string Id, IReadOnlyList<SplitBranch> Branches, string? Else) : JourneyStep(Id, Else);

/// <summary>One branch of a split.</summary>
/// <param name="If">When it is taken.</param>
/// <param name="First">Its first step; null goes to the end.</param>
public sealed record SplitBranch(Rule If, string? First);

/// <summary>Goes to a step, at most so many times in one run; after that it goes on to <see cref="JourneyStep.Next"/>.</summary>
/// <param name="Id">See <see cref="JourneyStep"/>.</param>
/// <param name="Next">See <see cref="JourneyStep"/>.</param>
/// <param name="To">Id of the step it goes to.</param>
/// <param name="MaxVisits">How often it goes there in one run, 1 or more.</param>
/// <param name="MinDelay">How long it waits before it goes there, counted from the moment the step was due.</param>
public sealed record LinkStep(string Id, string? Next, string To, int MaxVisits, Duration MinDelay = default)
    : JourneyStep(Id, Next);

/// <summary>Ends the journey.</summary>
public sealed record EndStep(string Id, string Reason) : JourneyStep(Id, null);
