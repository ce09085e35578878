using Segue.Ports;

namespace Segue.Tests.Support;

/// <summary>A mail service that answers as a test says, and remembers what it was asked.</summary>
internal sealed class ScriptedSender(TimeProvider clock) : IEmailSender
{
    /// <summary>Every mail handed over, with the moment.</summary>
    public List<(DateTimeOffset At, RenderedEmail Email)> Tries { get; } = [];

    /// <summary>The answer to a mail; by default it is accepted.</summary>
    public Func<RenderedEmail, SendAnswer> Answer { get; set; } = _ => new SendAnswer.Accepted();

    /// <summary>Whether it has accepted a send id; null for one that can't say.</summary>
    public Func<string, bool?> WasAccepted { get; set; } = _ => null;

    public Task<SendAnswer> SendAsync(RenderedEmail email, CancellationToken cancellation = default)
    {
        Tries.Add((clock.GetUtcNow(), email));
        return Task.FromResult(Answer(email));
    }

    public Task<bool?> WasAcceptedAsync(string sendId, CancellationToken cancellation = default) =>
        Task.FromResult(WasAccepted(sendId));
}
