using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Segue.Customers;

/// <summary>The one place where e-mail addresses are brought into the form that they are kept and compared in.</summary>
/// <remarks>
/// Trimmed, lower-case, Unicode form C, the domain in its ASCII (punycode) form. Dots and +tags stay: what they mean is
/// the mail service's business. Form C takes effect only where the process runs with ICU; in invariant globalization
/// mode, which Segue's hosts use, text is taken as composed already.
/// </remarks>
public static class EmailAddress
{
    private const int MaxLength = 254;
    private const int MaxLocal = 64;
    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    /// <summary>The kept form of an address, or false where it is none.</summary>
    public static bool TryNormalise(string text, out string normalised)
    {
        ArgumentNullException.ThrowIfNull(text);
        normalised = "";
        var trimmed = text.Trim();
        var at = trimmed.LastIndexOf('@');
        if (at <= 0 || trimmed.Length > MaxLength || !IsLocal(trimmed.AsSpan(0, at)) || !trimmed.AsSpan(at).Contains('.'))
        {
            return false;
        }

        try
        {
            var lower = trimmed.Normalize(NormalizationForm.FormC).ToLowerInvariant();
            at = lower.LastIndexOf('@');
            var domain = Idn.GetAscii(lower[(at + 1)..]);
            if (domain.EndsWith('.'))
            {
                return false;
            }

            normalised = $"{lower[..at]}@{domain}";
            return normalised.Length <= MaxLength;
        }
        catch (ArgumentException)
        {
            // The domain has an empty or too long label or characters that no domain has, or the text is no valid Unicode.
            return false;
        }
    }

    /// <summary>
    /// The customer id of somebody known by address only: <c>email:</c> and 128 bits of the SHA-256 of the normalised
    /// address in lower-case hex, so that a guest's orders find each other.
    /// </summary>
    /// <remarks>The hash has no key: whoever can guess an address can tell its id. It is a name, not a protection.</remarks>
    public static string CustomerIdOf(string normalised) =>
        "email:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(normalised)).AsSpan(0, 16));

    private static bool IsLocal(ReadOnlySpan<char> local)
    {
        foreach (var c in local)
        {
            if (char.IsWhiteSpace(c) || char.IsControl(c) || c is '@' or '<' or '>' or '(' or ')' or ',' or ';' or ':' or '"' or '\\' or '[' or ']')
            {
                return false;
            }
        }

        return local.Length <= MaxLocal && local[0] != '.' && local[^1] != '.' && local.IndexOf("..") < 0;
    }
}
