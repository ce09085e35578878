using System.Globalization;
using System.Net.Mail;
using System.Text;
using Segue.Ports;

namespace Segue.Email;

/// <summary>What may stand in an e-mail's headers: the same for every sender, so that none takes what another refuses.</summary>
public static class MailHeaders
{
    /// <summary>Free text, as it is.</summary>
    /// <exception cref="FormatException">It holds a line break or another control character.</exception>
    public static string Text(string text, string field)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.AsSpan().IndexOfAnyInRange('\0', '\u001F') >= 0 || text.Contains('\u007F', StringComparison.Ordinal)
            ? throw new FormatException($"{field} holds a line break or another control character.")
            : text;
    }

    /// <summary>The address with its domain in ASCII.</summary>
    /// <exception cref="FormatException">It is no address that mail can be sent to.</exception>
    public static string Address(string address, string field)
    {
        ArgumentNullException.ThrowIfNull(address);
        var at = address.LastIndexOf('@');
        if (at is < 1 or > 64 || at == address.Length - 1 || address.Length > 254
            || address.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c is '<' or '>' or '"' or ',' or ';' or '(' or ')' or '\\')
            || !MailAddress.TryCreate(address, out var parsed) || parsed.Address != address)
        {
            throw new FormatException($"{field} is no e-mail address.");
        }

        if (!Ascii.IsValid(address.AsSpan(0, at)))
        {
            throw new FormatException($"{field} has characters before its @ that most mail services can't take.");
        }

        try
        {
            return string.Concat(address.AsSpan(0, at + 1), new IdnMapping().GetAscii(address[(at + 1)..]));
        }
        catch (ArgumentException e)
        {
            throw new FormatException($"{field} has no valid domain.", e);
        }
    }

    /// <summary>The e-mail with its addresses in ASCII, once everything that becomes a header was looked at.</summary>
    /// <exception cref="FormatException">The first fault.</exception>
    public static RenderedEmail Checked(RenderedEmail email)
    {
        ArgumentNullException.ThrowIfNull(email);
        Text(email.Subject, "The subject");
        Text(email.FromName, "The sender's name");
        Text(email.ToName ?? "", "The recipient's name");
        foreach (var category in email.Categories)
        {
            Text(category, "A category");
        }

        return email with
        {
            From = Address(email.From, "The sender"),
            To = Address(email.To, "The recipient"),
            ReplyTo = email.ReplyTo is null ? null : Address(email.ReplyTo, "The reply-to address"),
        };
    }
}
