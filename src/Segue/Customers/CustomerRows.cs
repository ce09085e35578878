using System.Globalization;
using Segue.Journeys;
using Segue.Storage;

namespace Segue.Customers;

/// <summary>
/// Row keys within a customer's partition of Customers. The hot rows, which every handler needs, begin with <c>0-</c>, so
/// that one range read brings them all.
/// </summary>
public static class CustomerRows
{
    /// <summary>Prefix of the hot rows.</summary>
    public const string Hot = "0-";

    /// <summary>The profile.</summary>
    public const string Profile = "0-profile";

    /// <summary>Prefix of the enrolments under way.</summary>
    public const string Enrolments = "0-enrolment-";

    /// <summary>Prefix of the open e-mails.</summary>
    public const string OpenSends = "0-send-";

    /// <summary>Prefix of the webhooks' open calls.</summary>
    public const string OpenWebhooks = "0-webhook-";

    /// <summary>Prefix of the webhooks' settled calls.</summary>
    public const string SettledWebhooks = "webhook-";

    /// <summary>Prefix of the orders.</summary>
    public const string Orders = "order-";

    /// <summary>Prefix of the settled e-mails.</summary>
    public const string SettledSends = "send-";

    /// <summary>Prefix of the ended enrolments.</summary>
    public const string EndedEnrolments = "enrolment-";

    /// <summary>A customer's partition.</summary>
    public static string Partition(string customerId) => Keys.Escape(customerId);

    /// <summary>An enrolment under way.</summary>
    public static string Enrolment(Enrolment enrolment) => Enrolments + enrolment.Id;

    /// <summary>An ended enrolment.</summary>
    public static string EndedEnrolment(Enrolment enrolment) =>
        string.Create(CultureInfo.InvariantCulture, $"{EndedEnrolments}{enrolment.Id}~{enrolment.Run:D6}");

    /// <summary>An open e-mail.</summary>
    public static string OpenSend(string sendId) => OpenSends + sendId;

    /// <summary>A settled e-mail.</summary>
    public static string SettledSend(string sendId) => SettledSends + sendId;

    /// <summary>Prefix of the events, in order of time.</summary>
    public const string Events = "event-";

    /// <summary>Prefix of the rows that keep each event's id taken.</summary>
    public const string EventGuards = "eventid-";

    /// <summary>The property of such a row that names the event's own.</summary>
    public const string EventGuardKey = "row";

    /// <summary>Prefix of the discount codes.</summary>
    public const string Codes = "code-";

    /// <summary>Prefix of the calls that ended, each with what names it in the agents' list.</summary>
    public const string Calls = "call-";

    /// <summary>Prefix of what they showed interest in by an order that says otherwise now.</summary>
    public const string PastInterests = "interest-";

    /// <summary>Prefix of the orders that turned out to be another's.</summary>
    public const string MovedOrders = "moved-";

    /// <summary>Prefix of the visitors who turned out to be the customer.</summary>
    public const string Visitors = "visitor-";

    /// <summary>Prefix of what an erasure has to take away elsewhere.</summary>
    public const string Erasures = "erasure-";

    /// <summary>The property that names a visitor.</summary>
    public const string VisitorId = "visitor";

    /// <summary>The property that names an order that moved.</summary>
    public const string OrderId = "order";

    /// <summary>A call that ended.</summary>
    public static string Call(Segue.Calls.CallChange change) =>
        string.Create(CultureInfo.InvariantCulture, $"{Calls}{change.End!.At.UtcTicks:D19}-{Messaging.MessageIds.Of(change.Call.Token)}");

    /// <summary>A discount code.</summary>
    public static string Code(string code) => Codes + Keys.Escape(Offers.IssuedOffer.Normal(code));

    /// <summary>An event: sorted by its moment.</summary>
    public static string Event(DateTimeOffset at, string eventId) =>
        string.Create(CultureInfo.InvariantCulture, $"{Events}{at.UtcTicks:D19}-{Keys.Escape(eventId)}");

    /// <summary>Keeps an event's id taken, whatever moment a second one of that id names.</summary>
    public static string EventGuard(string eventId) => EventGuards + Keys.Escape(eventId);

    /// <summary>An order.</summary>
    public static string Order(string orderId) => Orders + Keys.Escape(orderId);

    /// <summary>Effects to dispatch.</summary>
    public static string Outbox(long sequence) =>
        string.Create(CultureInfo.InvariantCulture, $"{Messaging.Outbox.Prefix}{sequence:D10}");
}
