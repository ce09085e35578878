using System.Globalization;
using System.Net.Mail;
using System.Text;

namespace Segue.Local.Email;

/// <summary>Writes header values that any mail program reads, and that nothing from outside can break out of.</summary>
internal static class MimeHeader
{
    // RFC 2047: an encoded word has at most 75 characters, 12 of them =?utf-8?B? and ?=; base64 makes 4 of 3 bytes.
    private const int BytesInWord = (75 - 12) / 4 * 3;
    private const int PlainLength = 70;

    /// <summary>Free text as a header's value: as it is, or as encoded words (RFC 2047) on folded lines.</summary>
    /// <exception cref="FormatException">It holds a line break or another control character.</exception>
    public static string Text(string text, string field)
    {
        if (text.AsSpan().IndexOfAnyInRange('\0', '\u001F') >= 0 || text.Contains('\u007F', StringComparison.Ordinal))
        {
            throw new FormatException($"{field} holds a line break or another control character.");
        }

        var plain = Ascii.IsValid(text) && text.Length <= PlainLength && !text.Contains("=?", StringComparison.Ordinal)
            && text.Trim() == text;
        return plain ? text : string.Join("\r\n ", Words(text));
    }

    /// <summary>A name and an address as a header's value.</summary>
    /// <exception cref="FormatException">The address is none, or the name holds a control character.</exception>
    public static string Mailbox(string? name, string address, string field)
    {
        var checkedAddress = Address(address, field);
        if (string.IsNullOrEmpty(name))
        {
            return $"<{checkedAddress}>";
        }

        var text = Text(name, field);
        var phrase = ReferenceEquals(text, name)
            ? $"\"{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\""
            : text;
        return $"{phrase}\r\n <{checkedAddress}>";
    }

    /// <summary>The address with its domain in ASCII.</summary>
    /// <exception cref="FormatException">It is no address that mail can be sent to.</exception>
    public static string Address(string address, string field)
    {
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

    private static IEnumerable<string> Words(string text)
    {
        var word = new StringBuilder();
        var bytes = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            // A character never spans two words.
            if (bytes + rune.Utf8SequenceLength > BytesInWord)
            {
                yield return Word(word);
                bytes = 0;
            }

            word.Append(rune);
            bytes += rune.Utf8SequenceLength;
        }

        yield return Word(word);
    }

    private static string Word(StringBuilder text)
    {
        var word = $"=?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(text.ToString()))}?=";
        text.Clear();
        return word;
    }
}
