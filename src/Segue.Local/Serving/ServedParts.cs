using Segue.Http.Calls;
using Segue.Http.Campaigns;
using Segue.Http.Codes;
using Segue.Http.Customers;
using Segue.Http.Events;
using Segue.Http.Health;
using Segue.Http.Journeys;
using Segue.Http.Orders;
using Segue.Http.Products;
using Segue.Http.Reports;
using Segue.Http.Surveys;
using Segue.Http.Unsubscribe;
using Segue.Http.Webhooks;
using Segue.Local.DeadLetters;
using Segue.Local.Hosting;
using Segue.Messaging;

namespace Segue.Local.Serving;

/// <summary>All that serving needs of the product.</summary>
public sealed record ServedParts
{
    /// <summary>Takes orders.</summary>
    public required IOrderIntake Orders { get; init; }

    /// <summary>Takes events.</summary>
    public required IEventIntake Events { get; init; }

    /// <summary>Customers, one at a time.</summary>
    public required ICustomerDirectory Customers { get; init; }

    /// <summary>The agents' lists.</summary>
    public required ICallDesk Calls { get; init; }

    /// <summary>Publishes campaigns folders.</summary>
    public required ICampaignDesk Campaigns { get; init; }

    /// <summary>Discount codes, for the shop's checkout.</summary>
    public required ICodes Codes { get; init; }

    /// <summary>Takes products.</summary>
    public required IProductIntake Products { get; init; }

    /// <summary>Surveys that customers answer.</summary>
    public required ISurveys Surveys { get; init; }

    /// <summary>Shows mails before they are sent.</summary>
    public required IMailPreviews Previews { get; init; }

    /// <summary>How the shop stands.</summary>
    public required IShopReports Reports { get; init; }

    /// <summary>What the dashboard shows beyond figures.</summary>
    public required IShopInsights Insights { get; init; }

    /// <summary>Switches journeys.</summary>
    public required IJourneyControl Journeys { get; init; }

    /// <summary>Ends marketing.</summary>
    public required IUnsubscribe Unsubscribe { get; init; }

    /// <summary>The messages that were set aside; null where they are somebody else's.</summary>
    public IDeadLetters? DeadLetters { get; init; }

    /// <summary>How many facts wait to be handled, counted no further than it is told; null where nobody counts.</summary>
    public Func<int, int>? CountWaiting { get; init; }

    /// <summary>Takes what the mail service tells of mails.</summary>
    public required IMailReports MailReports { get; init; }

    /// <summary>Whether the store answers.</summary>
    public required IHealthProbe Health { get; init; }

    /// <summary>The functions that queues start.</summary>
    public required IReadOnlyList<QueueTrigger> Queues { get; init; }

    /// <summary>The functions that the clock starts.</summary>
    public required IReadOnlyList<TimerTrigger> Timers { get; init; }

    /// <summary>The receiving side of the bus.</summary>
    public required IQueueReceiver Receiver { get; init; }

    /// <summary>When each timer last ran.</summary>
    public required ITimerLedger Ledger { get; init; }

    /// <summary>Where to say how the server is reached, while it is; null for nowhere.</summary>
    public string? AddressFile { get; init; }
}
