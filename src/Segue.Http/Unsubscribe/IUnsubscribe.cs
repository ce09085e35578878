namespace Segue.Http.Unsubscribe;

/// <summary>Ends marketing for the address that a mail's link was made for.</summary>
public interface IUnsubscribe
{
    /// <summary>What the link is for, or null where no mail of ours carries it. Changes nothing.</summary>
    Task<UnsubscribeSubject?> FindAsync(string token, CancellationToken cancellation);

    /// <summary>Unsubscribes; again is no error. False where no mail of ours carries the link.</summary>
    Task<bool> UnsubscribeAsync(string token, CancellationToken cancellation);
}

/// <summary>What a link is for.</summary>
/// <param name="ShopName">Whose mails they are.</param>
/// <param name="Topic">The topic, or null for all marketing.</param>
public sealed record UnsubscribeSubject(string ShopName, string? Topic);
