using Segue.Webhooks;

namespace Segue.Tests.Support;

/// <summary>A receiver of webhooks that answers as a test says, and remembers what it was sent.</summary>
internal sealed class ScriptedWebhooks(TimeProvider clock) : IWebhookCaller
{
    /// <summary>Every call made, with its moment.</summary>
    public List<(DateTimeOffset At, WebhookRequest Request)> Calls { get; } = [];

    /// <summary>The answer to the call of that number, from 1; by default it is taken.</summary>
    public Func<int, WebhookAnswer> Answer { get; set; } = _ => new WebhookAnswer.Taken();

    /// <summary>What the receiver writes where it is asked.</summary>
    public Func<WebhookRequest, string?> Text { get; set; } = _ => null;

    public async Task<(WebhookAnswer Answer, string? Text)> AskAsync(WebhookRequest request, CancellationToken cancellation = default) =>
        await CallAsync(request, cancellation) is var answer && answer is WebhookAnswer.Taken ? (answer, Text(request)) : (answer, null);

    public Task<WebhookAnswer> CallAsync(WebhookRequest request, CancellationToken cancellation = default)
    {
        Calls.Add((clock.GetUtcNow(), request));
        return Task.FromResult(Answer(Calls.Count));
    }
}
