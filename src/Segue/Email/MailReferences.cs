using Segue.Storage;

namespace Segue.Email;

/// <summary>
/// What the mail service keeps beside a mail and names in its events: customer and send, sealed. It tells outsiders nothing, and
/// still finds the customer after they have changed their address.
/// </summary>
public sealed class MailReferences(DerivedNames names)
{
    /// <summary>The name under which the mail service keeps it and names it in its events.</summary>
    public const string Argument = "segue";

    private readonly SealedLinks _seal = new(names, "mail reference");

    /// <summary>The reference: letters, digits, '-' and '_'.</summary>
    public string Of(string customerId, string sendId) => _seal.Seal(sendId, customerId);

    /// <summary>Whose mail it is and which; null for a text that is no reference of ours.</summary>
    public (string CustomerId, string SendId)? Open(string reference) =>
        _seal.Open(reference) is [var sendId, .. var customer] && customer.Length > 0 ? (string.Join('\n', customer), sendId) : null;
}
