using Segue.Webhooks;

namespace Segue.Tests.Support;

/// <summary>A receiver of webhooks that answers as a test says, and remembers what it was sent.</summary>
internal sealed class ScriptedWebhooks(TimeProvider clock) : IWebhookCaller
{
    /// <summary>Every call made, with its moment.</summary>
    public List<(DateTimeOffset At, WebhookRequest Request)> Calls { get; } = [];

    /// <summary>The answer to the call of that number, from 1; by default it is taken.</summary>
    public Func<int, WebhookAnswer> Answer { get; set; } = _ => new WebhookAnswer.Taken();

    public Task<WebhookAnswer> CallAsync(WebhookRequest request, CancellationToken cancellation = default)
    {
        Calls.Add((clock.GetUtcNow(), request));
        return Task.FromResult(Answer(Calls.Count));
    }
}
