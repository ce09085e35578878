using Segue.Email.Reports;

namespace Segue.Http.Webhooks;

/// <summary>Takes what a mail service tells, once the call is known to be its own.</summary>
public interface IMailReports
{
    /// <summary>Puts the events on the bus; a call taken before is not taken again.</summary>
    /// <param name="source">The service.</param>
    /// <param name="call">The call's name: a hash of all that was signed.</param>
    /// <param name="events">The events.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="Segue.Ports.PortUnavailableException">Nothing was lost: the same call may come again.</exception>
    Task<MailReportReceipt> TakeAsync(string source, string call, IReadOnlyList<MailEvent> events, CancellationToken cancellation);
}

/// <summary>Gives them to the engine.</summary>
public sealed class MailReports(SegueEngine engine) : IMailReports
{
    /// <inheritdoc/>
    public Task<MailReportReceipt> TakeAsync(string source, string call, IReadOnlyList<MailEvent> events, CancellationToken cancellation) =>
        engine.MailReports.AcceptAsync(source, call, events, cancellation);
}
