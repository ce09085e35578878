using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Segue.Email;

/// <summary>
/// Makes the plain-text part of an e-mail from its HTML: paragraphs, underlined headings, lists, links as
/// <c>text (address)</c>, alternative texts for images. What is hidden stays hidden.
/// </summary>
public static partial class HtmlText
{
    private static readonly HashSet<string> _dropped = ["head", "style", "script", "title", "template"];

    private static readonly HashSet<string> _void = ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"];

    private static readonly HashSet<string> _blocks =
        ["p", "div", "table", "blockquote", "ul", "ol", "section", "article", "header", "footer", "main", "center"];

    /// <summary>The text, with line feeds as line ends and one at its end.</summary>
    public static string From(string html)
    {
        ArgumentNullException.ThrowIfNull(html);
        var page = new TextPage();
        var hidden = 0;
        var hiddenBy = "";
        foreach (Match token in Token().Matches(html))
        {
            var name = token.Groups["name"].Value.ToLowerInvariant();
            var closes = token.Groups["close"].Length > 0;
            if (hidden > 0)
            {
                hidden += name != hiddenBy ? 0 : closes ? -1 : 1;
            }
            else if (name.Length > 0 && !closes && Hides(name, token.Groups["attributes"].Value))
            {
                (hidden, hiddenBy) = (1, name);
            }
            else if (name.Length > 0)
            {
                Tag(page, name, closes, token.Groups["attributes"].Value);
            }
            else if (token.Groups["text"].Success)
            {
                page.Write(WebUtility.HtmlDecode(token.Value));
            }
        }

        return page.ToString();
    }

    private static bool Hides(string name, string attributes) => !_void.Contains(name)
        && (_dropped.Contains(name) || Hidden().IsMatch(attributes));

    private static void Tag(TextPage page, string name, bool closes, string attributes)
    {
        switch (name)
        {
            case "br":
                page.NewLine();
                break;
            case "hr":
                page.Rule();
                break;
            case "img":
                page.Write(Attribute(attributes, "alt"));
                break;
            case "a" when closes:
                page.CloseLink();
                break;
            case "a":
                page.OpenLink(Attribute(attributes, "href"));
                break;
            case ['h', >= '1' and <= '6'] when closes:
                page.CloseHeading(name[1] == '1' ? '=' : '-');
                break;
            case ['h', >= '1' and <= '6']:
                page.OpenHeading();
                break;
            case "li" when !closes:
                page.Item();
                break;
            case "ul" or "ol" when !closes:
                page.OpenList(numbered: name == "ol");
                break;
            case "ul" or "ol":
                page.CloseList();
                break;
            case "tr" or "li":
                page.EndLine();
                break;
            case "td" or "th" when closes:
                page.Write(" ");
                break;
            default:
                if (_blocks.Contains(name))
                {
                    page.Paragraph();
                }

                break;
        }
    }

    private static string Attribute(string attributes, string name) =>
        AttributePair().Matches(attributes).FirstOrDefault(m => m.Groups["name"].Value.Equals(name, StringComparison.OrdinalIgnoreCase))
            is { } match ? WebUtility.HtmlDecode(match.Groups["value"].Value) : "";

    [GeneratedRegex("""<!--.*?-->|<![^>]*>|<(?<close>/?)(?<name>[a-zA-Z][a-zA-Z0-9]*)(?<attributes>(?:"[^"]*"|'[^']*'|[^"'>])*)>|(?<text>[^<]+|<)""", RegexOptions.Singleline)]
    private static partial Regex Token();

    [GeneratedRegex("""(?<name>[a-zA-Z-]+)\s*=\s*(?:"(?<value>[^"]*)"|'(?<value>[^']*)')""")]
    private static partial Regex AttributePair();

    [GeneratedRegex("""display\s*:\s*none|(?:^|\s)hidden(?=\s|$|=)|aria-hidden\s*=\s*["']?true""", RegexOptions.IgnoreCase)]
    private static partial Regex Hidden();
}
