namespace Segue.Webhooks;

/// <summary>
/// Calls a system outside, once. It is no port: what is simulated has one that calls nobody, and no state of Segue's depends on
/// what a receiver says beyond whether it took the call, but for a code that it was asked for.
/// </summary>
public interface IWebhookCaller
{
    /// <summary>Makes one call, signed, and says what came of it. Throws only where it is cancelled.</summary>
    /// <param name="request">The call.</param>
    /// <param name="cancellation">Gives up.</param>
    Task<WebhookAnswer> CallAsync(WebhookRequest request, CancellationToken cancellation = default);

    /// <summary>As <see cref="CallAsync"/>, and reads what a receiver that took the call answers: JSON of 4 KiB at most.</summary>
    /// <returns>What came of it, and the text; null where it was not taken, or more was written.</returns>
    async Task<(WebhookAnswer Answer, string? Text)> AskAsync(WebhookRequest request, CancellationToken cancellation = default) =>
        (await CallAsync(request, cancellation), null);
}

/// <summary>One call.</summary>
/// <param name="Id">Names the delivery: the same for each try, so that the receiver can tell one it has had.</param>
/// <param name="Url">Where to.</param>
/// <param name="Body">JSON.</param>
/// <param name="Timeout">How long the receiver may take.</param>
/// <param name="MayBePrivate">Whether the shop's settings let it reach this host on the shop's own network.</param>
public sealed record WebhookRequest(string Id, Uri Url, string Body, TimeSpan Timeout, bool MayBePrivate);

/// <summary>What came of one call. Of the answer to a call nothing is read but its status and Retry-After.</summary>
public abstract record WebhookAnswer
{
    private WebhookAnswer()
    {
    }

    /// <summary>The receiver took it.</summary>
    public sealed record Taken : WebhookAnswer;

    /// <summary>It will never be taken: the receiver says so, or may not be called.</summary>
    /// <param name="Reason">Why, for people; no personal data.</param>
    public sealed record Refused(string Reason) : WebhookAnswer;

    /// <summary>Nobody knows, or not now.</summary>
    /// <param name="Reason">Why, for people; no personal data.</param>
    /// <param name="After">How long the receiver asks to be left alone, or null.</param>
    public sealed record TryAgain(string Reason, TimeSpan? After = null) : WebhookAnswer;
}

/// <summary>Where no host has said who calls: every call fails, and says so.</summary>
internal sealed class NoWebhooks : IWebhookCaller
{
    public Task<WebhookAnswer> CallAsync(WebhookRequest request, CancellationToken cancellation = default) =>
        Task.FromResult<WebhookAnswer>(new WebhookAnswer.Refused("this host calls no webhooks"));
}

/// <summary>For simulations: every call counts as taken, and none is made.</summary>
internal sealed class SimulatedWebhooks : IWebhookCaller
{
    public Task<WebhookAnswer> CallAsync(WebhookRequest request, CancellationToken cancellation = default) =>
        Task.FromResult<WebhookAnswer>(new WebhookAnswer.Taken());
}
