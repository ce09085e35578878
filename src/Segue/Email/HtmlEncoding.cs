using System.Text;
using HandlebarsDotNet;

namespace Segue.Email;

/// <summary>
/// Escapes text for HTML content and for attribute values in quotes. Braces are escaped too, so that no customer's field can
/// look like a placeholder to whatever handles the mail after us; control characters are left out.
/// </summary>
internal sealed class HtmlEncoding : ITextEncoder
{
    public static string Encode(string text)
    {
        var html = new StringBuilder(text.Length + 16);
        foreach (var c in text)
        {
            _ = c switch
            {
                '&' => html.Append("&amp;"),
                '<' => html.Append("&lt;"),
                '>' => html.Append("&gt;"),
                '"' => html.Append("&quot;"),
                '\'' => html.Append("&#39;"),
                '`' => html.Append("&#96;"),
                '{' => html.Append("&#123;"),
                '}' => html.Append("&#125;"),
                '\n' or '\t' => html.Append(c),
                _ => char.IsControl(c) ? html : html.Append(c),
            };
        }

        return html.ToString();
    }

    public void Encode(StringBuilder? text, TextWriter target) => Encode(text?.ToString(), target);

    public void Encode(string? text, TextWriter target)
    {
        if (!string.IsNullOrEmpty(text))
        {
            target.Write(Encode(text));
        }
    }

    public void Encode<T>(T? text, TextWriter target)
        where T : IEnumerator<char>
    {
        var whole = new StringBuilder();
        while (text?.MoveNext() ?? false)
        {
            whole.Append(text.Current);
        }

        Encode(whole, target);
    }
}
