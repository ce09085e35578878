using System.Collections;
using System.Globalization;
using HandlebarsDotNet;

namespace Segue.Email;

/// <summary>
/// The helpers that templates may call, besides <c>if</c>, <c>unless</c> and <c>each</c>: our own, and those of SendGrid's dynamic
/// templates, so that a template of there reads the same here.
/// </summary>
internal static class TemplateHelpers
{
    /// <summary>How many words each takes.</summary>
    public static IReadOnlyDictionary<string, int> Arguments { get; } = new Dictionary<string, int>
    {
        ["money"] = 1,
        ["date"] = 1,
        ["percent"] = 1,
        ["default"] = 2,
        ["insert"] = 2,
        ["formatDate"] = 2,
        ["length"] = 1,
    };

    /// <summary>Blocks that compare two words.</summary>
    public static IReadOnlyDictionary<string, Func<object?, object?, bool>> Comparisons { get; } = new Dictionary<string, Func<object?, object?, bool>>
    {
        ["equals"] = (a, b) => Text(a) == Text(b),
        ["notEquals"] = (a, b) => Text(a) != Text(b),
        ["greaterThan"] = (a, b) => Compare(a, b) > 0,
        ["lessThan"] = (a, b) => Compare(a, b) < 0,
        ["and"] = (a, b) => IsTrue(a) && IsTrue(b),
        ["or"] = (a, b) => IsTrue(a) || IsTrue(b),
    };

    /// <summary>An environment with the helpers, that escapes for HTML or, for subject lines, not at all.</summary>
    public static IHandlebars Environment(EmailFormats formats, bool html)
    {
        var handlebars = Handlebars.Create(new HandlebarsConfiguration { NoEscape = !html, TextEncoder = new HtmlEncoding() });
        handlebars.RegisterHelper("money", (_, words) => formats.Money(Value(words[0])));
        handlebars.RegisterHelper("date", (_, words) => formats.Date(Value(words[0])));
        handlebars.RegisterHelper("percent", (_, words) => EmailFormats.Percent(Value(words[0])));
        handlebars.RegisterHelper("default", (_, words) => Value(words[0]) is null or "" ? Value(words[1]) ?? "" : words[0]);
        handlebars.RegisterHelper("insert", (_, words) => Value(words[0]) is null or "" ? Default(Text(Value(words[1]))) : words[0]);
        handlebars.RegisterHelper("formatDate", (_, words) => formats.Date(Value(words[0]), Text(Value(words[1]))));
        handlebars.RegisterHelper("length", (_, words) => Value(words[0]) is ICollection list ? list.Count : 0);
        foreach (var (name, compare) in Comparisons)
        {
            handlebars.RegisterHelper(name, (output, options, context, words) =>
            {
                if (compare(Value(words[0]), Value(words[1])))
                {
                    options.Template(output, context);
                }
                else
                {
                    options.Inverse(output, context);
                }
            });
        }

        return handlebars;
    }

    private static object? Value(object? word) => word is UndefinedBindingResult ? null : word;

    private static string Text(object? value) => value switch
    {
        null => "",
        bool flag => flag ? "true" : "false",
        decimal number => number.ToString("0.############################", CultureInfo.InvariantCulture),
        IFormattable text => text.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static int Compare(object? a, object? b) =>
        EmailFormats.Number(a) is { } x && EmailFormats.Number(b) is { } y ? x.CompareTo(y) : string.CompareOrdinal(Text(a), Text(b));

    private static bool IsTrue(object? value) => value switch
    {
        null or "" or false or 0 or 0m => false,
        ICollection list => list.Count > 0,
        _ => true,
    };

    // {{insert customer.name "default=there"}}
    private static string Default(string word) =>
        word.StartsWith("default=", StringComparison.Ordinal) ? word["default=".Length..] : word;
}
