using System.Globalization;
using Segue.Customers;
using Segue.Messaging;

namespace Segue.Http.Unsubscribe;

/// <summary>Opens the sealed links of mails, and puts what they say on the bus.</summary>
public sealed class UnsubscribeByLink(SegueEngine engine) : IUnsubscribe
{
    /// <inheritdoc/>
    public async Task<MailPreferences?> FindAsync(string token, CancellationToken cancellation) =>
        engine.UnsubscribeLinks.Open(token) is var (customer, send) ? await engine.Preferences.ReadAsync(customer, send, cancellation) : null;

    /// <inheritdoc/>
    public Task<MailPreferences?> UnsubscribeAsync(string token, bool all, CancellationToken cancellation) => TellAsync(
        token,
        (customer, send, now) => (
            new Unsubscribed { CustomerId = customer, At = now, SendId = send, OnlyItsTopic = !all },
            all ? $"unsubscribe-all~{send}" : $"unsubscribe~{send}"),
        cancellation);

    /// <inheritdoc/>
    public async Task<MailPreferences?> ChooseAsync(string token, ChosenPreferences chosen, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(chosen);
        if (await FindAsync(token, cancellation) is not { } before)
        {
            return null;
        }

        // Only what the shop has is taken: a form may name anything.
        var topics = before.Topics.Select(t => (t.Id, Wanted: chosen.Of(ChosenPreferences.BoxOf(t.Id)))).Where(t => t.Wanted is not null).ToDictionary(t => t.Id, t => t.Wanted!.Value);
        var wantsAny = topics.ContainsValue(true);
        var isAgain = wantsAny && chosen.Again && !before.IsClosed;
        return await TellAsync(
            token,
            (customer, send, now) => (
                new PreferencesChosen
                {
                    CustomerId = customer,
                    At = now,
                    SendId = send,
                    Topics = topics,
                    // Nothing ticked of all there is means nothing of what may come either.
                    Marketing = topics.Count == 0 ? null : isAgain ? true : wantsAny ? null : false,
                    Words = isAgain ? ChosenPreferences.Words : null,
                    Profiling = before.IsKnown ? chosen.Of(ChosenPreferences.Profiling) : null,
                    Calls = before.WantsCalls is null ? null : chosen.Of(ChosenPreferences.Calls),
                },
                string.Create(CultureInfo.InvariantCulture, $"preferences~{send}~{now.UtcTicks}")),
            cancellation);
    }

    private async Task<MailPreferences?> TellAsync(
        string token, Func<string, string, DateTimeOffset, (CustomerMessage Message, string Name)> tell, CancellationToken cancellation)
    {
        if (engine.UnsubscribeLinks.Open(token) is not var (customer, send))
        {
            return null;
        }

        // What they want is taken before anything is looked up: a store that is away must not keep anybody subscribed.
        var (message, name) = tell(customer, send, engine.Ports.Clock.GetUtcNow());
        await engine.Ports.Bus.SendAsync(Queues.Customers, [message.ToBus(name)], cancellation);
        return await engine.Preferences.ReadAsync(customer, send, cancellation);
    }
}
