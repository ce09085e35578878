namespace Segue.Measurement;

/// <summary>Something that happened, kept for reports under a derived name, so that twice is once. Never edited.</summary>
/// <param name="Kind">One of <see cref="FactKinds"/>.</param>
/// <param name="CustomerId">The customer; empty where they have been erased.</param>
/// <param name="Name">Derived; tells this fact from every other of the same kind and customer.</param>
/// <param name="At">When it happened.</param>
public sealed record Fact(string Kind, string CustomerId, string Name, DateTimeOffset At)
{
    /// <summary>The journey, if it happened in one.</summary>
    public string? Journey { get; init; }

    /// <summary>The step.</summary>
    public string? Step { get; init; }

    /// <summary>The variant.</summary>
    public string? Variant { get; init; }

    /// <summary>The customer's primary segment: at entry for what happens in a journey, else at the moment.</summary>
    public string? Segment { get; init; }

    /// <summary>The segment before, for a move; the answer before, for an answer.</summary>
    public string? From { get; init; }

    /// <summary>Whether the run is held out.</summary>
    public bool HeldOut { get; init; }

    /// <summary>Why: an exit's or a withheld mail's reason.</summary>
    public string? Reason { get; init; }

    /// <summary>The order, for a conversion.</summary>
    public string? OrderId { get; init; }

    /// <summary>Money, in the shop's currency.</summary>
    public decimal? Amount { get; init; }

    /// <summary>
    /// For <see cref="FactKinds.Entered"/> and <see cref="FactKinds.Sent"/>: what the customer was expected to spend in the next
    /// twelve months, by the calibration in force; null where it can't tell.
    /// </summary>
    public decimal? PredictedValue { get; init; }

    /// <summary>For <see cref="FactKinds.SurveyAnswered"/>: the survey. The answer is the reason, the one before it <see cref="From"/>.</summary>
    public string? Survey { get; init; }

    /// <summary>For <see cref="FactKinds.Stood"/>: what reports knew of the customer before; null for nothing.</summary>
    public CustomerTotals? Before { get; init; }

    /// <summary>For <see cref="FactKinds.Stood"/>: what they know from here on; null where the customer is no more.</summary>
    public CustomerTotals? After { get; init; }

    /// <summary>For <see cref="FactKinds.Measured"/>: the experiment and its arm.</summary>
    public ExperimentArm? Arm { get; init; }

    /// <summary>For <see cref="FactKinds.Measured"/>: the customer's outcomes in that arm before; null before the first entry.</summary>
    public Outcomes? OutcomesBefore { get; init; }

    /// <summary>For <see cref="FactKinds.Measured"/>: the customer's outcomes in that arm from here on.</summary>
    public Outcomes? OutcomesAfter { get; init; }

    /// <summary>For <see cref="FactKinds.Attributed"/>: the mails that the order follows, oldest first.</summary>
    public IReadOnlyList<Touch>? Touches { get; init; }

    /// <summary>For <see cref="FactKinds.Attributed"/>: by how many the attributed orders change: 1, 0 or -1.</summary>
    public int Orders { get; init; }

    /// <summary>For <see cref="FactKinds.Attributed"/>: by how much the discounts given on them change.</summary>
    public decimal? Discount { get; init; }
}

/// <summary>The kinds of facts.</summary>
public static class FactKinds
{
    /// <summary>Moved from one primary segment to another.</summary>
    public const string Moved = "moved";

    /// <summary>Entered a journey.</summary>
    public const string Entered = "entered";

    /// <summary>Left a journey, for a reason.</summary>
    public const string Exited = "exited";

    /// <summary>A mail was accepted.</summary>
    public const string Sent = "sent";

    /// <summary>A mail was not sent, for a reason.</summary>
    public const string Withheld = "withheld";

    /// <summary>A mail was refused by the mail service.</summary>
    public const string Rejected = "rejected";

    /// <summary>Nobody knows whether a mail was accepted.</summary>
    public const string Unknown = "unknown";

    /// <summary>A discount code was used for an order.</summary>
    public const string Redeemed = "redeemed";

    /// <summary>A discount code was used by another customer than it was made for, or a second time.</summary>
    public const string CodeMisused = "code-misused";

    /// <summary>The recipient's server took a mail.</summary>
    public const string Delivered = "delivered";

    /// <summary>A person opened a mail, as far as that can be told.</summary>
    public const string Opened = "opened";

    /// <summary>A mail program or scanner opened a mail or followed its links: this says nothing of a person.</summary>
    public const string OpenedByMachine = "opened-by-machine";

    /// <summary>A person clicked in a mail.</summary>
    public const string Clicked = "clicked";

    /// <summary>A mail did not reach its recipient, for a reason.</summary>
    public const string Bounced = "bounced";

    /// <summary>The recipient unsubscribed, from a topic or from all, by this mail.</summary>
    public const string Unsubscribed = "unsubscribed";

    /// <summary>The recipient called a mail spam.</summary>
    public const string Complained = "complained";

    /// <summary>A person was asked to call.</summary>
    public const string CallAsked = "call-asked";

    /// <summary>Nobody called in time.</summary>
    public const string CallExpired = "call-expired";

    /// <summary>A call was made, with the outcome as its reason.</summary>
    public const string Called = "called";

    /// <summary>A webhook's receiver took a call.</summary>
    public const string WebhookTaken = "webhook-taken";

    /// <summary>A webhook was given up, for a reason.</summary>
    public const string WebhookFailed = "webhook-failed";

    /// <summary>A webhook was not called, for a reason.</summary>
    public const string WebhookWithheld = "webhook-withheld";

    /// <summary>A survey was answered, or answered otherwise than before.</summary>
    public const string SurveyAnswered = "survey-answered";

    /// <summary>A goal was reached.</summary>
    public const string Converted = "converted";

    /// <summary>The order that reached a goal was returned or called off.</summary>
    public const string ConversionReversed = "conversion-reversed";

    /// <summary>What a customer adds to the figures of their segment and stage has changed.</summary>
    public const string Stood = "stood";

    /// <summary>What a customer adds to an experiment has changed.</summary>
    public const string Measured = "measured";

    /// <summary>An order follows mails, or what is left of one that does has changed.</summary>
    public const string Attributed = "attributed";
}
