using Segue.Files;

namespace Segue.Segmentation;

/// <summary>Writes a rule on one line, as its file says it.</summary>
internal static class RuleWords
{
    /// <summary>One entry: <c>orders: &gt;= 3</c>.</summary>
    public static string Of(string key, YamlValue value) => $"{key}: {Nested(value)}";

    /// <summary>A whole value: scalars as they are, lists in brackets, mappings in braces below the first level.</summary>
    public static string Of(YamlValue value) => value.IsMap
        ? string.Join(", ", value.Entries.Select(e => $"{e.Key}: {Nested(e.Value)}")) : Nested(value);

    private static string Nested(YamlValue value) =>
        value.IsMap ? $"{{ {Of(value)} }}"
        : value.IsList ? $"[{string.Join(", ", value.Items.Select(Nested))}]"
        : value.Text ?? "";
}
