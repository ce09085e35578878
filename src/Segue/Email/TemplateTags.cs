using System.Text.RegularExpressions;

namespace Segue.Email;

/// <summary>One <c>{{…}}</c> of a template.</summary>
/// <param name="Line">1-based line in its file.</param>
/// <param name="Text">What stands between the braces, trimmed.</param>
/// <param name="Raw">Whether its output is not escaped: three braces or <c>&amp;</c>.</param>
/// <param name="Before">The text of the template up to it.</param>
/// <param name="Open">Whether nothing closes it; then <paramref name="Text"/> is empty.</param>
internal readonly record struct TemplateTag(int Line, string Text, bool Raw, string Before, bool Open = false);

/// <summary>Finds the tags of a Handlebars template, and the words of one.</summary>
internal static partial class TemplateTags
{
    /// <summary>The tags of a text in their order, without comments.</summary>
    /// <param name="text">The template.</param>
    /// <param name="firstLine">The line of its file that it begins on.</param>
    public static IEnumerable<TemplateTag> In(string text, int firstLine)
    {
        var (line, from) = (firstLine, 0);
        foreach (Match match in Tag().Matches(text))
        {
            line += text.AsSpan(from, match.Index - from).Count('\n');
            from = match.Index;
            var before = text[Math.Max(0, match.Index - 16)..match.Index];
            if (match.Groups["open"].Success)
            {
                yield return new(line, "", Raw: false, before, Open: true);
            }
            else if (match.Groups["tag"] is { Success: true } tag)
            {
                var inner = tag.Value.Trim().Trim('~').Trim();
                var raw = match.Value.StartsWith("{{{", StringComparison.Ordinal) || inner.StartsWith('&');
                yield return new(line, inner.TrimStart('&').Trim(), raw, before);
            }
        }
    }

    /// <summary>Words, parentheses and texts in quotes.</summary>
    public static IReadOnlyList<string> Words(string tag) => [.. Word().Matches(tag).Select(m => m.Value)];

    [GeneratedRegex(@"\{\{~?!--.*?--~?\}\}|\{\{~?!.*?\}\}|\{\{\{(?<tag>.*?)\}\}\}|\{\{(?<tag>.*?)\}\}|(?<open>\{\{)", RegexOptions.Singleline)]
    private static partial Regex Tag();

    [GeneratedRegex("""
        "[^"]*"|'[^']*'|[()]|[^\s()"']+
        """)]
    private static partial Regex Word();
}
