namespace Segue.Email.Suppression;

/// <summary>The marketing mails that an address was sent of late, whoever has it: row <c>mailed</c> of Addresses. Only caps ask for it.</summary>
/// <param name="Mails">Those that a cap may still look at.</param>
public sealed record AddressMailed(IReadOnlyList<MailedAt> Mails)
{
    /// <summary>Longer than any cap looks back.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(9);

    /// <summary>With a mail that is claimed now; what is old is forgotten.</summary>
    public AddressMailed With(string sendId, DateTimeOffset now) => new([.. Mails.Where(m => m.SendId != sendId && m.At > now - Kept), new(sendId, now)]);

    /// <summary>Without a mail that did not go after all.</summary>
    public AddressMailed Without(string sendId) => Mails.Any(m => m.SendId == sendId) ? new([.. Mails.Where(m => m.SendId != sendId)]) : this;
}

/// <summary>An address's mails as they were read, to be written under the ETag they were read with.</summary>
internal sealed record AddressPlace(string Address, AddressMailed Mailed, string? ETag);
