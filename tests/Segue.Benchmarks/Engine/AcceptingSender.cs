using Segue.Ports;

namespace Segue.Benchmarks.Engine;

/// <summary>A mail service that takes everything at once, so that no network is measured.</summary>
internal sealed class AcceptingSender : IEmailSender
{
    public Task<SendAnswer> SendAsync(RenderedEmail email, CancellationToken cancellation = default) =>
        Task.FromResult<SendAnswer>(new SendAnswer.Accepted());

    public Task<bool?> WasAcceptedAsync(string sendId, CancellationToken cancellation = default) => Task.FromResult<bool?>(null);
}
