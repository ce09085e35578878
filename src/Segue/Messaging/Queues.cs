namespace Segue.Messaging;

/// <summary>The queues, by the names they have on Service Bus.</summary>
public static class Queues
{
    /// <summary>Facts about one customer, and "look at this customer".</summary>
    public const string Customers = "customers";

    /// <summary>One step of one enrolment, scheduled to the second.</summary>
    public const string JourneySteps = "journey-steps";

    /// <summary>One shard of a calibration, a rebuild or a fan-out.</summary>
    public const string ShardWork = "shard-work";

    /// <summary>One e-mail to decide on, render and send.</summary>
    public const string Emails = "emails";

    /// <summary>One signed call of a webhook.</summary>
    public const string Webhooks = "webhooks";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Customers, JourneySteps, ShardWork, Emails, Webhooks];
}
