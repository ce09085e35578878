using HandlebarsDotNet;

namespace Segue.Email;

/// <summary>The helpers that templates may call, besides <c>if</c> and <c>unless</c>.</summary>
internal static class TemplateHelpers
{
    /// <summary>How many words each takes.</summary>
    public static IReadOnlyDictionary<string, int> Arguments { get; } = new Dictionary<string, int>
    {
        ["money"] = 1,
        ["date"] = 1,
        ["percent"] = 1,
        ["default"] = 2,
    };

    /// <summary>An environment with the helpers, that escapes for HTML or, for subject lines, not at all.</summary>
    public static IHandlebars Environment(EmailFormats formats, bool html)
    {
        var handlebars = Handlebars.Create(new HandlebarsConfiguration { NoEscape = !html, TextEncoder = new HtmlEncoding() });
        handlebars.RegisterHelper("money", (_, words) => formats.Money(Value(words[0])));
        handlebars.RegisterHelper("date", (_, words) => formats.Date(Value(words[0])));
        handlebars.RegisterHelper("percent", (_, words) => EmailFormats.Percent(Value(words[0])));
        handlebars.RegisterHelper("default", (_, words) => Value(words[0]) is null or "" ? Value(words[1]) ?? "" : words[0]);
        return handlebars;
    }

    private static object? Value(object? word) => word is UndefinedBindingResult ? null : word;
}
