using System.Text;
using Segue.Email;

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
        MailHeaders.Text(text, field);
        var plain = Ascii.IsValid(text) && text.Length <= PlainLength && !text.Contains("=?", StringComparison.Ordinal)
            && text.Trim() == text;
        return plain ? text : string.Join("\r\n ", Words(text));
    }

    /// <summary>A name and an address as a header's value.</summary>
    /// <exception cref="FormatException">The address is none, or the name holds a control character.</exception>
    public static string Mailbox(string? name, string address, string field)
    {
        var checkedAddress = MailHeaders.Address(address, field);
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
