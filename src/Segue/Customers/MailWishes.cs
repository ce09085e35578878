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
                return Choose(work, chosen);
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
        var send = message.SendId is { } id ? work.FindSend(id) ?? await SettledAsync(work, id, cancellation) : null;
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

    private async Task<Send?> SettledAsync(CustomerWork work, string sendId, CancellationToken cancellation)
    {
        var row = await store.GetAsync(Tables.Customers, CustomerRows.Partition(work.CustomerId), CustomerRows.SettledSend(sendId), cancellation);
        return row is null ? null : RowJson.Unpack(row, SegueJson.Default.Send);
    }

    private static bool Choose(CustomerWork work, PreferencesChosen message)
    {
        const string source = "preferences";
        var changed = false;
        foreach (var (topic, wanted) in message.Topics.OrderBy(t => t.Key, StringComparer.Ordinal))
        {
            changed |= wanted ? MailChoices.Want(work, topic, message.At, source)
                : MailChoices.Refuse(work, topic, message.At, source, SuppressionReason.Unsubscribe);
        }

        return changed | message.Marketing switch
        {
            true => MailChoices.Want(work, null, message.At, source),
            false => MailChoices.Refuse(work, null, message.At, source, SuppressionReason.Unsubscribe),
            null => false,
        };
    }
}
