using System.Globalization;
using Segue.Files;
using Segue.Journeys;
using Segue.Journeys.Definitions;

namespace Segue.Campaigns;

/// <summary>Reads the fields of campaign files; whatever is wrong is named with what was found and what would be right.</summary>
internal static class YamlFields
{
    /// <summary>Adds an error about a key that a mapping lacks.</summary>
    public static void Missing(this FileErrors errors, YamlValue map, string key, string expected) => errors.Add(new FileError(
        map.File, map.Line, map.Path.Length == 0 ? key : $"{map.Path}.{key}", $"'{key}' is missing; expected {expected}."));

    /// <summary>Adds an error about a value.</summary>
    public static void Unexpected(this FileErrors errors, YamlValue value, string expected) =>
        errors.Add(value, $"Found {value.Found}; expected {expected}.");

    /// <summary>Whether the node is a mapping with known keys only; each fault is named.</summary>
    public static bool IsMapOf(this YamlValue value, FileErrors errors, IReadOnlyList<string> keys)
    {
        if (!value.IsMap)
        {
            errors.Unexpected(value, $"a mapping with {string.Join(", ", keys)}");
            return false;
        }

        value.RefuseUnknownKeys(errors, keys);
        return true;
    }

    /// <summary>The value of a key that must be there, or null after naming the fault.</summary>
    public static YamlValue? Required(this YamlValue map, string key, string expected, FileErrors errors)
    {
        var value = map[key];
        if (value is null)
        {
            errors.Missing(map, key, expected);
        }

        return value;
    }

    /// <summary>Text on one line that is not blank, trimmed.</summary>
    public static string? ReadText(this YamlValue value, string expected, FileErrors errors)
    {
        var text = value.Text?.Trim();
        if (string.IsNullOrEmpty(text) || text.Any(char.IsControl))
        {
            errors.Unexpected(value, expected);
            return null;
        }

        return text;
    }

    /// <summary>An id: it starts with a letter and holds lower-case letters, digits and hyphens, at most 64.</summary>
    public static string? ReadId(this YamlValue value, FileErrors errors)
    {
        if (value.Text is { } id && IsId(id))
        {
            return id;
        }

        errors.Unexpected(value, "an id of lower-case letters, digits and hyphens that starts with a letter, 64 at most");
        return null;
    }

    /// <summary>Whether the text may be an id.</summary>
    public static bool IsId(string text) => text.Length is > 0 and <= 64 && char.IsAsciiLetterLower(text[0])
        && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    /// <summary>One of some words.</summary>
    public static T? ReadChoice<T>(this YamlValue value, IReadOnlyDictionary<string, T> choices, FileErrors errors)
        where T : struct
    {
        if (value.Text is { } text && choices.TryGetValue(text, out var choice))
        {
            return choice;
        }

        errors.Add(value, $"Found {value.Found}; expected {string.Join(" or ", choices.Keys)}."
            + (value.Text is { } near && Suggestion.For(near, choices.Keys) is { } hint && hint.Contains('?', StringComparison.Ordinal) ? hint : ""));
        return null;
    }

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public static bool? ReadBool(this YamlValue value, FileErrors errors) => value.ReadChoice(Bools, errors);

    /// <summary>A length of time.</summary>
    public static Duration? ReadDuration(this YamlValue value, FileErrors errors, bool zero = false)
    {
        if (DurationText.TryParse(value.Text, out var duration) && (zero || duration != default))
        {
            return duration;
        }

        errors.Unexpected(value, DurationText.Expected + (zero ? "" : ", longer than nothing"));
        return null;
    }

    /// <summary>A percentage with its sign, as a share of 1.</summary>
    public static double? ReadShare(this YamlValue value, FileErrors errors, string expected, Predicate<decimal> allowed)
    {
        if (value.Text is { } text && text.EndsWith('%') && TryDecimal(text[..^1].TrimEnd(), out var percent) && allowed(percent))
        {
            return (double)(percent / 100);
        }

        errors.Unexpected(value, expected);
        return null;
    }

    /// <summary>A number in invariant notation.</summary>
    public static decimal? ReadNumber(this YamlValue value, FileErrors errors, string expected, Predicate<decimal> allowed, bool percentSign = false)
    {
        var text = value.Text;
        if (percentSign && text is not null && text.EndsWith('%'))
        {
            text = text[..^1].TrimEnd();
        }

        if (text is not null && TryDecimal(text, out var number) && allowed(number))
        {
            return number;
        }

        errors.Unexpected(value, expected);
        return null;
    }

    private static readonly Dictionary<string, bool> Bools = new() { ["true"] = true, ["false"] = false };

    private static bool TryDecimal(string text, out decimal number) => decimal.TryParse(
        text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
}
