using Segue.Email;
using Segue.Email.Reports;
using Segue.Email.Suppression;
using Segue.Measurement;
using Segue.Ports;
using Segue.Storage;

namespace Segue.Customers;

/// <summary>What reaches a customer about their mail: a link they followed, their choices on a page, and what the mail service tells.</summary>
internal sealed class MailWishes(ITableStore store, MailReportRecorder mails)
{
    /// <summary>Applies one such message; answers whether the customer must be evaluated again.</summary>
    public async Task<bool> HearAsync(
        CustomerWork work, CustomerMessage message, DateTimeOffset now, bool isKnown, CancellationToken cancellation)
    {
        switch (message)
        {
            case Unsubscribed unsubscribed:
                return await UnsubscribeAsync(work, unsubscribed, cancellation);
            case PreferencesChosen chosen:
                return await ChooseAsync(work, chosen, cancellation);
            case AddressSuppressed suppressed:
                return MailChoices.Heed(work, suppressed);
            case MailReported report:
                return await mails.ApplyAsync(work, report, now, isKnown, cancellation);
            default:
                throw new ArgumentOutOfRangeException(nameof(message), message.GetType().Name, "not about a customer's mail");
        }
    }

    /// <summary>The mail service told of someone who isn't here: what it says of the address holds all the same.</summary>
    public Task HearOfNobodyAsync(MailReported report, CancellationToken cancellation) => mails.ApplyToNobodyAsync(report, cancellation);

    private async Task<bool> UnsubscribeAsync(CustomerWork work, Unsubscribed message, CancellationToken cancellation)
    {
        var send = await SendAsync(work, message.SendId, cancellation);
        var topic = message.OnlyItsTopic ? send?.Topic : null;
        if (!MailChoices.Refuse(work, topic, message.At, "unsubscribe link", SuppressionReason.Unsubscribe))
        {
            return false;
        }

        if (send is not null)
        {
            work.Add(SendFacts.Of(FactKinds.Unsubscribed, work.CustomerId, send, message.At, topic));
        }

        return true;
    }

    private async Task<Send?> SendAsync(CustomerWork work, string? sendId, CancellationToken cancellation)
    {
        if (sendId is null)
        {
            return null;
        }

        if (work.FindSend(sendId) is { } open)
        {
            return open;
        }

        var row = await store.GetAsync(Tables.Customers, CustomerRows.Partition(work.CustomerId), CustomerRows.SettledSend(sendId), cancellation);
        return row is null ? null : RowJson.Unpack(row, SegueJson.Default.Send);
    }

    private async Task<bool> ChooseAsync(CustomerWork work, PreferencesChosen message, CancellationToken cancellation)
    {
        const string source = "preferences";
        var (changed, refused) = (false, false);
        foreach (var (topic, wanted) in message.Topics.OrderBy(t => t.Key, StringComparer.Ordinal))
        {
            changed |= wanted ? MailChoices.Want(work, topic, message.At, source)
                : refused |= MailChoices.Refuse(work, topic, message.At, source, SuppressionReason.Unsubscribe);
        }

        changed |= message.Marketing switch
        {
            true => MailChoices.Want(work, null, message.At, source, message.Words),
            false => refused |= MailChoices.Refuse(work, null, message.At, source, SuppressionReason.Unsubscribe),
            null => false,
        };
        changed |= message.Profiling is { } profiled && MailChoices.ChooseProfiling(work, !profiled, message.At, source);
        changed |= message.Calls is { } calls && MailChoices.ChooseCalls(work, calls);

        // It is the mail that lost them, whichever of its ways out they took.
        if (refused && await SendAsync(work, message.SendId, cancellation) is { } send)
        {
            work.Add(SendFacts.Of(FactKinds.Unsubscribed, work.CustomerId, send, message.At, message.Marketing == false ? null : send.Topic));
        }

        return changed;
    }
}
