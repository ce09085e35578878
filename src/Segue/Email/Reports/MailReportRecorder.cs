using Segue.Customers;
using Segue.Email.Suppression;
using Segue.Events;
using Segue.Measurement;
using Segue.Ports;
using Segue.Storage;

namespace Segue.Email.Reports;

/// <summary>
/// Takes what the mail service tells into the customer's state. Reports come in any order and more than once: each kind counts once
/// a mail, from its earliest moment, and whatever proves that the service has a mail settles it, however its own answer was lost.
/// </summary>
internal sealed class MailReportRecorder(ITableStore store, EventRecorder events, AddressBook addresses)
{
    /// <summary>Refusals in a row, with nothing delivered between, that count as a box that does not exist.</summary>
    public const int SoftBounces = 5;

    /// <summary>Applies one report.</summary>
    /// <param name="work">The customer.</param>
    /// <param name="report">The report.</param>
    /// <param name="now">The moment.</param>
    /// <param name="isKnown">A try before this one found the click recorded: look what is there.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<bool> ApplyAsync(CustomerWork work, MailReported report, DateTimeOffset now, bool isKnown, CancellationToken cancellation)
    {
        var send = work.FindSend(report.SendId) ?? await FindSettledAsync(work, report.SendId, cancellation);
        var isFirst = send is not null && Note(work, send, report, now);
        if (report.What == MailReport.Clicked && send is not null)
        {
            await ClickAsync(work, send, report, now, isKnown, cancellation);
        }

        return React(work, send, report, isFirst);
    }

    /// <summary>A report on a mail to somebody who is gone: what stands against the address stays known.</summary>
    public async Task ApplyToNobodyAsync(MailReported report, CancellationToken cancellation)
    {
        SuppressionReason? reason = report.What switch
        {
            MailReport.Bounced => SuppressionReason.Bounce,
            MailReport.Complained => SuppressionReason.Complaint,
            MailReport.Unsubscribed or MailReport.TopicUnsubscribed => SuppressionReason.Unsubscribe,
            _ => null,
        };
        if (reason is not null && report.Address is { } address)
        {
            await addresses.ApplyAsync(report.CustomerId, [new(address, AddressChange.Suppress, report.At) { Reason = reason }], cancellation);
        }
    }

    /// <summary>Settles the mail where it was open, and notes the report; false where it was noted before.</summary>
    private static bool Note(CustomerWork work, Send send, MailReported report, DateTimeOffset now)
    {
        var kind = KindOf(report.What);
        var settled = Settle(work, send, report, now);
        if (settled.Reported?.TryGetValue(kind, out var known) == true && known <= report.At)
        {
            return false;
        }

        var isFirst = settled.Reported?.ContainsKey(kind) != true;
        work.PutSettled(settled with { Reported = new Dictionary<string, DateTimeOffset>(settled.Reported ?? new Dictionary<string, DateTimeOffset>()) { [kind] = report.At } });
        if (isFirst && FactOf(report.What) is { } fact)
        {
            work.Add(SendFacts.Of(fact, work.CustomerId, send, report.At, report.Reason));
        }

        return isFirst;
    }

    private static Send Settle(CustomerWork work, Send send, MailReported report, DateTimeOffset now)
    {
        if (send.Status is not (SendStatus.Pending or SendStatus.Attempting or SendStatus.Unknown))
        {
            return send;
        }

        // One that waits to be tried again is with the service already: its answer, not its mail, was lost.
        SendAnswer answer = report.What == MailReport.Dropped ? new SendAnswer.Rejected(report.Reason ?? "dropped") : new SendAnswer.Accepted();
        return SendSettlement.Settle(work, send, answer, now);
    }

    private async Task ClickAsync(CustomerWork work, Send send, MailReported report, DateTimeOffset now, bool isKnown, CancellationToken cancellation)
    {
        CustomerEvent click = new()
        {
            EventId = report.Name,
            CustomerId = work.CustomerId,
            Name = EventNames.EmailClicked,
            At = report.At,
            Attributes = new Dictionary<string, string> { ["sendId"] = send.Id, ["email"] = send.Email, ["journey"] = send.Journey, ["step"] = send.Step },
        };
        if (await events.RecordAsync(work, click, isKnown, cancellation))
        {
            CustomerTimeline.Happen(work, click, now, startsJourneys: !FactTime.IsHistory(report.At, now, work.Campaigns.Set.Settings));
        }
    }

    /// <summary>What follows for the customer and the address; true where it may change who they are.</summary>
    private static bool React(CustomerWork work, Send? send, MailReported report, bool isFirst)
    {
        switch (report.What)
        {
            case MailReport.Delivered when isFirst && work.Profile.SoftBounces > 0:
                work.Profile = work.Profile with { SoftBounces = 0 };
                return false;
            case MailReport.Blocked when isFirst:
                work.Profile = work.Profile with { SoftBounces = work.Profile.SoftBounces + 1 };
                return work.Profile.SoftBounces >= SoftBounces && MailChoices.Bounce(work, report.At, report.Address);
            case MailReport.Bounced when isFirst || send is null:
                return MailChoices.Bounce(work, report.At, report.Address);
            case MailReport.Complained when isFirst || send is null:
                return MailChoices.Refuse(work, null, report.At, "complaint", SuppressionReason.Complaint, report.Address);
            case MailReport.Unsubscribed when isFirst || send is null:
                return MailChoices.Refuse(work, null, report.At, "unsubscribed at the mail service", SuppressionReason.Unsubscribe, report.Address);
            case MailReport.TopicUnsubscribed when isFirst || send is null:
                return MailChoices.Refuse(work, send?.Topic, report.At, "unsubscribed at the mail service", SuppressionReason.Unsubscribe, report.Address);
            default:
                return false;
        }
    }

    private async Task<Send?> FindSettledAsync(CustomerWork work, string sendId, CancellationToken cancellation)
    {
        var row = await store.GetAsync(Tables.Customers, CustomerRows.Partition(work.CustomerId), CustomerRows.SettledSend(sendId), cancellation);
        return row is null ? null : RowJson.Unpack(row, SegueJson.Default.Send);
    }

    private static string KindOf(MailReport what) => what switch
    {
        MailReport.TopicUnsubscribed => "topic-unsubscribed",
        _ => what.ToString().ToLowerInvariant(),
    };

    private static string? FactOf(MailReport what) => what switch
    {
        MailReport.Delivered => FactKinds.Delivered,
        MailReport.Opened => FactKinds.Opened,
        MailReport.Clicked => FactKinds.Clicked,
        MailReport.Scanned => FactKinds.OpenedByMachine,
        MailReport.Bounced or MailReport.Blocked or MailReport.Dropped => FactKinds.Bounced,
        MailReport.Unsubscribed or MailReport.TopicUnsubscribed => FactKinds.Unsubscribed,
        MailReport.Complained => FactKinds.Complained,
        _ => null,
    };
}
