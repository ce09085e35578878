namespace Segue.Ports;

/// <summary>Hands one rendered e-mail to a mail service.</summary>
public interface IEmailSender
{
    /// <summary>
    /// Sends once. Never tries again by itself, and never throws for what the service or the network does:
    /// whatever is not a definite answer is <see cref="SendAnswer.Unknown"/>.
    /// </summary>
    Task<SendAnswer> SendAsync(RenderedEmail email, CancellationToken cancellation = default);

    /// <summary>
    /// Whether the service has accepted the e-mail with this send id. Null where the service can't say, which is so for
    /// most: then its signed events settle the matter. A sender that answers here must make <see cref="SendAsync"/>
    /// idempotent by send id.
    /// </summary>
    Task<bool?> WasAcceptedAsync(string sendId, CancellationToken cancellation = default);
}

/// <summary>An e-mail ready to go.</summary>
/// <param name="SendId">Its derived, unguessable name: letters, digits, '-' and '_' only.</param>
/// <param name="From">Sender address.</param>
/// <param name="FromName">Sender's display name.</param>
/// <param name="ReplyTo">Where answers go, or null.</param>
/// <param name="To">Recipient's address.</param>
/// <param name="ToName">Recipient's display name, or null.</param>
/// <param name="Subject">Subject line.</param>
/// <param name="Html">The HTML part.</param>
/// <param name="Text">The plain-text part.</param>
/// <param name="UnsubscribeUrl">One-click address for List-Unsubscribe (RFC 8058); null in transactional mail.</param>
/// <param name="Categories">Labels for the mail service's statistics: journey, step, variant.</param>
public sealed record RenderedEmail(
    string SendId,
    string From,
    string FromName,
    string? ReplyTo,
    string To,
    string? ToName,
    string Subject,
    string Html,
    string Text,
    Uri? UnsubscribeUrl,
    IReadOnlyList<string> Categories)
{
    /// <summary>
    /// What the mail service is to keep beside the mail and to name in its events: opaque, and found again by
    /// <see cref="Email.MailReferences"/>. Empty where nobody waits for events.
    /// </summary>
    public string Reference { get; init; } = "";
}

/// <summary>What came of handing over one e-mail.</summary>
public abstract record SendAnswer
{
    private SendAnswer()
    {
    }

    /// <summary>The service has it and will deliver it.</summary>
    /// <param name="ServiceId">The service's own name for it, if it gave one.</param>
    public sealed record Accepted(string? ServiceId = null) : SendAnswer;

    /// <summary>The service does not have it and never will: a bad address, a refused content, a wrong key.</summary>
    public sealed record Rejected(string Reason) : SendAnswer;

    /// <summary>The service surely does not have it and may take it later (429, a refused connection).</summary>
    public sealed record TryAfter(TimeSpan Delay, string Reason) : SendAnswer;

    /// <summary>The service may have it or not: a time-out, an ambiguous 5xx, a connection cut in the middle.</summary>
    public sealed record Unknown(string Reason) : SendAnswer;
}
