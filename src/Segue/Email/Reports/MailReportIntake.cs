using Segue.Customers;
using Segue.Email.Suppression;
using Segue.Messaging;
using Segue.Ports;
using Segue.Webhooks;

namespace Segue.Email.Reports;

/// <summary>Something that a mail service tells of a mail.</summary>
/// <param name="Reference">What was kept beside the mail.</param>
/// <param name="What">What happened.</param>
/// <param name="At">When, by the service's clock.</param>
/// <param name="EventId">The service's name of the event.</param>
public sealed record MailEvent(string Reference, MailReport What, DateTimeOffset At, string EventId)
{
    /// <summary>The address that the mail went to, in its kept form; null where it was not told.</summary>
    public string? Email { get; init; }

    /// <summary>Why, for what failed.</summary>
    public string? Reason { get; init; }
}

/// <summary>What came of a call.</summary>
/// <param name="Accepted">Events put on the bus.</param>
/// <param name="Ignored">Events of mails that are not ours.</param>
/// <param name="Replayed">The call was taken before, and nothing was done.</param>
public sealed record MailReportReceipt(int Accepted, int Ignored, bool Replayed);

/// <summary>Takes what a mail service tells, once the call is known to be its own.</summary>
public sealed class MailReportIntake
{
    private const int ReasonLength = 200;
    private readonly IMessageBus _bus;
    private readonly MailReferences _references;
    private readonly AddressNames _addresses;
    private readonly SeenCalls _seen;

    internal MailReportIntake(IMessageBus bus, MailReferences references, AddressNames addresses, SeenCalls seen) =>
        (_bus, _references, _addresses, _seen) = (bus, references, addresses, seen);

    /// <summary>Puts each event on the bus, named by its id; then remembers the call.</summary>
    /// <param name="source">The service, such as <c>sendgrid</c>.</param>
    /// <param name="call">The call's name: a hash of all that was signed.</param>
    /// <param name="events">Any number, in any order.</param>
    /// <param name="cancellation">Gives up; the same call may come again.</param>
    /// <exception cref="PortUnavailableException">A service can't be reached; the same call may come again.</exception>
    public async Task<MailReportReceipt> AcceptAsync(
        string source, string call, IReadOnlyList<MailEvent> events, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(events);
        if (await _seen.WasSeenAsync(source, call, cancellation))
        {
            return new(0, 0, true);
        }

        var messages = events.Select(ToMessage).OfType<MailReported>().Select(m => m.ToBus(m.Name)).ToList();
        if (messages.Count > 0)
        {
            await _bus.SendAsync(Queues.Customers, messages, cancellation);
        }

        await _seen.NoteAsync(source, call, cancellation);
        return new(messages.Count, events.Count - messages.Count, false);
    }

    private MailReported? ToMessage(MailEvent e) => _references.Open(e.Reference) is not var (customer, send) ? null : new()
    {
        CustomerId = customer,
        SendId = send,
        What = e.What,
        At = e.At,
        EventId = e.EventId,
        Address = e.Email is { } email ? _addresses.Of(email) : null,
        Reason = e.Reason is { Length: > ReasonLength } reason ? reason[..ReasonLength] : e.Reason,
    };
}
