using Segue.Ports;

namespace Segue.Tests.Simulation;

/// <summary>A sender whose every call may go wrong.</summary>
/// <param name="turns">Where calls wait.</param>
/// <param name="inner">The mail service.</param>
/// <param name="hasRoom">Whether some seconds are left before the next instant of history: only then "try after" is said.</param>
internal sealed class FaultySender(Turnstile turns, IEmailSender inner, Func<bool> hasRoom) : IEmailSender
{
    private static readonly FaultKind[] Asking =
        [FaultKind.CrashBefore, FaultKind.CrashAfter, FaultKind.LostLock, FaultKind.Slow, FaultKind.FailBefore];

    private static readonly FaultKind[] Sending =
        [
            FaultKind.CrashBefore, FaultKind.CrashAfter, FaultKind.LostLock, FaultKind.Slow, FaultKind.DoneButThrows,
            FaultKind.UnknownAccepted, FaultKind.UnknownNotAccepted, FaultKind.Rejected,
        ];

    private static readonly FaultKind[] SendingWithRoom = [.. Sending, FaultKind.TryAfter];

    public Task<SendAnswer> SendAsync(RenderedEmail email, CancellationToken cancellation = default) =>
        turns.CallAsync("email", "send", hasRoom() ? SendingWithRoom : Sending, fault => fault.Kind switch
        {
            FaultKind.UnknownNotAccepted => Answer(new SendAnswer.Unknown("connection cut before the e-mail")),
            FaultKind.TryAfter => Answer(new SendAnswer.TryAfter(TimeSpan.FromSeconds(1 + (fault.Number % 3)), "busy")),
            FaultKind.Rejected => Answer(new SendAnswer.Rejected("refused")),
            FaultKind.UnknownAccepted => AcceptAsync(email, cancellation),
            _ => inner.SendAsync(email, cancellation),
        });

    public Task<bool?> WasAcceptedAsync(string sendId, CancellationToken cancellation = default) =>
        turns.CallAsync("email", "was-accepted", Asking, _ => inner.WasAcceptedAsync(sendId, cancellation));

    private static Task<SendAnswer> Answer(SendAnswer answer) => Task.FromResult(answer);

    private async Task<SendAnswer> AcceptAsync(RenderedEmail email, CancellationToken cancellation)
    {
        await inner.SendAsync(email, cancellation);
        return new SendAnswer.Unknown("connection cut after the e-mail");
    }
}
