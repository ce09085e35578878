using System.Text.Json.Serialization;
using Segue.Email;
using Segue.Events;
using Segue.Measurement;
using Segue.Offers;
using Segue.Orders;
using Segue.Privacy;
using Segue.Segmentation;

namespace Segue.Customers;

/// <summary>
/// Row <c>0-profile</c>: what is known of a customer and where they stand. Every batch that moves the customer from one
/// state to the next replaces it under its ETag, so that of two handlers only one can be right.
/// </summary>
public sealed record CustomerProfile
{
    /// <summary>The customer.</summary>
    public required string CustomerId { get; init; }

    /// <summary>One more with every batch.</summary>
    public long Sequence { get; init; }

    /// <summary>The id that holdouts and variants are drawn by; survives a merge.</summary>
    public required string DrawId { get; init; }

    /// <summary>Who they are and how they may be reached.</summary>
    public CustomerFacts Contact { get; set; } = new();

    /// <summary>What the orders add up to.</summary>
    public PurchaseSummary Purchases { get; set; } = PurchaseSummary.None;

    /// <summary>What the events add up to; null without any.</summary>
    public EventMemory? Events { get; init; }

    /// <summary>What is in the cart; null for nothing.</summary>
    public Cart? Cart { get; init; }

    /// <summary>Offers that were sent, and neither used nor run out when the next was.</summary>
    public IReadOnlyList<IssuedOffer> OpenOffers { get; set; } = [];

    /// <summary>Marketing mails claimed lately, which frequency caps count.</summary>
    public IReadOnlyList<MailedAt> Mailed { get; set; } = [];

    /// <summary>How they answer to mail; null before the first.</summary>
    public MailEngagement? Mail { get; init; }

    /// <summary>What they said about single topics; null for nothing.</summary>
    public IReadOnlyDictionary<string, TopicChoice>? Topics { get; init; }

    /// <summary>An address that does not exist; as long as it is theirs, no mail goes out. Null for none.</summary>
    public string? BouncedEmail { get; init; }

    /// <summary>Mails in a row that their server refused, with nothing delivered between.</summary>
    public int SoftBounces { get; init; }

    /// <summary>Where they stand; null until the first evaluation.</summary>
    public Evaluation? Standing { get; init; }

    /// <summary>The moment <see cref="Standing"/> was evaluated for.</summary>
    public DateTimeOffset? EvaluatedAt { get; init; }

    /// <summary>What evaluations keep for the next; null for nothing.</summary>
    public HeldAnswers? Held { get; init; }

    /// <summary>The calibration it was evaluated by.</summary>
    public string? CalibrationId { get; init; }

    /// <summary>The segments file it was evaluated by.</summary>
    public string? SegmentsVersion { get; init; }

    /// <summary>What is left of each journey that ended, by <c>journey~key</c>.</summary>
    public IReadOnlyDictionary<string, JourneyRecord> Journeys { get; set; } = new Dictionary<string, JourneyRecord>();

    /// <summary>Successes that may still come, or be reversed.</summary>
    public IReadOnlyList<OpenGoal> Goals { get; set; } = [];

    /// <summary>What reports have been told of the customer; null before the first time.</summary>
    public CustomerTotals? Told { get; init; }

    /// <summary>The experiments that the customer was drawn into, by <see cref="ExperimentArm.Key"/>; null for none.</summary>
    public IReadOnlyDictionary<string, ExperimentRecord>? Experiments { get; init; }

    /// <summary>Mails that an order may still be attributed to; null for none.</summary>
    public IReadOnlyList<SentTouch>? Touches { get; init; }

    /// <summary>Orders that are attributed to mails and may still come back; null for none.</summary>
    public IReadOnlyList<AttributedOrder>? Attributed { get; init; }

    /// <summary>When the first batch was written; null in rows from before it was kept.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The latest moment that was ever written to Due; null in rows from before it was kept.</summary>
    public DateTimeOffset? DueUntil { get; init; }

    /// <summary>The erasure whose stragglers may still come; null for none.</summary>
    public Erasure? Erased { get; init; }

    /// <summary>Tells what happens after an erasure from what had happened before it; null where there was none.</summary>
    public string? Life { get; init; }

    /// <summary>Whether the customer was erased and nothing has come since.</summary>
    [JsonIgnore]
    public bool IsTombstone => Erased is not null && Life is null;

    /// <summary>Whether the customer objects to being profiled.</summary>
    [JsonIgnore]
    public bool Objects => Contact.Profiling is { Objects: true };

    /// <summary>The summary that evaluation looks at.</summary>
    [JsonIgnore]
    public CustomerSummary Summary => new()
    {
        Purchases = Purchases,
        Balance = Contact.Balance ?? 0,
        Reachable = Contact.Email is not null && Contact.EmailConsent == Consent.Granted && Contact.Email != BouncedEmail,
        Attributes = Contact.Attributes,
        Events = Events,
        Mail = Mail,
        Held = Held,
        NoProfilingSince = Objects ? Contact.Profiling!.At : null,
    };
}

/// <summary>What is left of a journey's runs when they are over.</summary>
/// <param name="Runs">How many there were, the one under way included.</param>
/// <param name="LastEntryAt">When the last began.</param>
/// <param name="LastExitAt">When the last ended; null while it is under way.</param>
public sealed record JourneyRecord(int Runs, DateTimeOffset LastEntryAt, DateTimeOffset? LastExitAt);

/// <summary>A run's goal, open until its window and the time for returns are over.</summary>
/// <param name="Journey">The journey.</param>
/// <param name="Key">The entry's key.</param>
/// <param name="Run">The run.</param>
/// <param name="From">Counted from here, inclusive.</param>
/// <param name="Until">To here, inclusive.</param>
/// <param name="HeldOut">Whether the customer was left alone.</param>
/// <param name="OrderId">The order that reached it, or null.</param>
public sealed record OpenGoal(
    string Journey, string Key, int Run, DateTimeOffset From, DateTimeOffset Until, bool HeldOut, string? OrderId = null)
{
    /// <summary>The customer's primary segment at entry; null in rows from before it was kept.</summary>
    public string? Segment { get; init; }

    /// <summary>Net money of the counted orders placed after <see cref="From"/>, up to <see cref="Until"/>.</summary>
    public decimal Revenue { get; init; }

    /// <summary>The arms that the run's outcome counts in, by experiment; null for none.</summary>
    public IReadOnlyDictionary<string, string>? Arms { get; init; }
}
