using Segue.Storage;

namespace Segue.Email;

/// <summary>
/// Links by which a customer unsubscribes: opaque, sealed with the installation's key, and without personal data in clear.
/// </summary>
public sealed class UnsubscribeLinks(DerivedNames names)
{
    private readonly SealedLinks _links = new(names, "unsubscribe");

    /// <summary>The link in a mail.</summary>
    public Uri Of(Uri publicUrl, string customerId, string sendId) => new(publicUrl, $"/unsubscribe/{_links.Seal(customerId, sendId)}");

    /// <summary>Whose link it is and in which mail it came; null for one that is not ours.</summary>
    public (string CustomerId, string SendId)? Open(string token) =>
        _links.Open(token) is [var customer, var send] ? (customer, send) : null;
}
