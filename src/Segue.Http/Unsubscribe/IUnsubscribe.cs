using Segue.Customers;

namespace Segue.Http.Unsubscribe;

/// <summary>What a customer can do by the link of a mail: end its topic, choose, end all.</summary>
public interface IUnsubscribe
{
    /// <summary>What they get by now, or null where no mail of ours carries the link. Changes nothing.</summary>
    Task<MailPreferences?> FindAsync(string token, CancellationToken cancellation);

    /// <summary>Ends the mail's topic, or all marketing; again is no error.</summary>
    /// <param name="token">The link's.</param>
    /// <param name="all">All marketing, and not the mail's topic alone.</param>
    /// <param name="cancellation">Gives up the call.</param>
    /// <returns>What the page then shows, or null where no mail of ours carries the link.</returns>
    Task<MailPreferences?> UnsubscribeAsync(string token, bool all, CancellationToken cancellation);

    /// <summary>Takes what was chosen on the page.</summary>
    /// <returns>What the page then shows, or null where no mail of ours carries the link.</returns>
    Task<MailPreferences?> ChooseAsync(string token, ChosenPreferences chosen, CancellationToken cancellation);
}
