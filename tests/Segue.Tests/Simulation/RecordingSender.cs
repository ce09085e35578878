using Segue.Ports;

namespace Segue.Tests.Simulation;

/// <summary>A mail service in memory that writes down every e-mail it accepts.</summary>
/// <param name="clock">The true time.</param>
/// <param name="answers">
/// Whether it can say what it has accepted; then sending an id again does nothing, as the port demands.
/// </param>
internal sealed class RecordingSender(TimeProvider clock, bool answers = false) : IEmailSender
{
    private readonly HashSet<string> ids = new(StringComparer.Ordinal);
    private readonly List<AcceptedEmail> accepted = [];
    private readonly List<string> copies = [];

    /// <summary>A reason to refuse the e-mail for good, or null.</summary>
    public Func<RenderedEmail, string?> Refuse { get; set; } = _ => null;

    /// <summary>Every e-mail accepted, in order.</summary>
    public IReadOnlyList<AcceptedEmail> Accepted => accepted;

    /// <summary>Send ids accepted a second time: never may there be one.</summary>
    public IReadOnlyList<string> Copies => copies;

    public Task<SendAnswer> SendAsync(RenderedEmail email, CancellationToken cancellation = default)
    {
        if (Refuse(email) is { } reason)
        {
            return Task.FromResult<SendAnswer>(new SendAnswer.Rejected(reason));
        }

        var isNew = ids.Add(email.SendId);
        if (!isNew && !answers)
        {
            copies.Add(email.SendId);
        }

        if (isNew || !answers)
        {
            accepted.Add(new(email.SendId, clock.GetUtcNow(), email));
        }

        return Task.FromResult<SendAnswer>(new SendAnswer.Accepted());
    }

    public Task<bool?> WasAcceptedAsync(string sendId, CancellationToken cancellation = default) =>
        Task.FromResult<bool?>(answers ? ids.Contains(sendId) : null);
}

/// <summary>One e-mail that the service took.</summary>
internal sealed record AcceptedEmail(string SendId, DateTimeOffset At, RenderedEmail Email);
