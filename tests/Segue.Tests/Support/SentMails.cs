using Segue.Measurement;
using Segue.Ports;
using Segue.Simulation;
using Segue.Storage;

namespace Segue.Tests.Support;

internal static class SentMails
{
    /// <summary>All mails that the facts say were sent, by time, customer and step.</summary>
    public static IReadOnlyList<(string Customer, string Step, DateTimeOffset At)> Of(InMemoryTableStore store) =>
    [
        .. store.AllRows().Where(r => r.Table == Tables.Facts)
            .Select(r => RowJson.Unpack(r.Row, SegueJson.Default.Fact))
            .Where(f => f.Kind == FactKinds.Sent)
            .OrderBy(f => f.At).ThenBy(f => f.CustomerId, StringComparer.Ordinal).ThenBy(f => f.Step, StringComparer.Ordinal)
            .Select(f => (f.CustomerId, f.Step!, f.At)),
    ];
}

/// <summary>A mail service that takes everything.</summary>
internal sealed class AcceptingSender : IEmailSender
{
    public List<RenderedEmail> Taken { get; } = [];

    public Task<SendAnswer> SendAsync(RenderedEmail email, CancellationToken cancellation = default)
    {
        Taken.Add(email);
        return Task.FromResult<SendAnswer>(new SendAnswer.Accepted());
    }

    public Task<bool?> WasAcceptedAsync(string sendId, CancellationToken cancellation = default) => Task.FromResult<bool?>(null);
}
