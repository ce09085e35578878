using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Segue.Local.Commands;

/// <summary>Options that take a day or a moment.</summary>
internal static class MomentOption
{
    private static readonly string[] Formats =
    [
        "yyyy-MM-dd", "yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK",
    ];

    /// <summary>An option for a day (its first moment) or a moment; UTC unless it says otherwise.</summary>
    public static Option<DateTimeOffset?> Create(string name, string description, bool required = false) => new(name)
    {
        Description = description, HelpName = "DATE", Required = required, CustomParser = Parse,
    };

    /// <summary>The option's moment, or null where it is missing or wrong: for checks, which must not ask for a wrong value.</summary>
    public static DateTimeOffset? Peek(CommandResult command, Option<DateTimeOffset?> option) =>
        command.GetResult(option) is { Tokens: [var token] } && Read(token.Value) is { } at ? at : null;

    private static DateTimeOffset? Parse(ArgumentResult result)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        if (Read(text) is { } at)
        {
            return at;
        }

        result.AddError($"'{text}' is no day such as 1998-07-01 and no moment such as 1998-07-01T08:30:00Z.");
        return null;
    }

    private static DateTimeOffset? Read(string text) => DateTimeOffset.TryParseExact(
        text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)
            ? at : null;
}
