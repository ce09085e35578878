using System.CommandLine;
using System.Text;

namespace Segue.Tests.Docs;

/// <summary>A page of every command, from the commands themselves.</summary>
internal static class CommandReference
{
    /// <summary>The page's sections.</summary>
    public static string Of(RootCommand root)
    {
        var page = new StringBuilder();
        page.Append("## Every command\n\n").Append(Table(root.Options.Where(o => o.Recursive && !o.Hidden && o.Name is not "--help")));
        foreach (var command in root.Subcommands.Where(c => !c.Hidden).OrderBy(c => c.Name, StringComparer.Ordinal))
        {
            Append(page, command, command.Name);
        }

        return page.ToString();
    }

    private static void Append(StringBuilder page, Command command, string path)
    {
        var arguments = string.Concat(command.Arguments.Select(a => a.Arity.MinimumNumberOfValues == 0 ? $" [{a.Name}]" : $" {a.Name}"));
        page.Append($"## {path}\n\n`{path}{arguments}`: {command.Description}\n\n");
        foreach (var argument in command.Arguments)
        {
            page.Append($"- `{argument.Name}`: {argument.Description}\n");
        }

        page.Append(command.Arguments.Count > 0 ? "\n" : "").Append(Table(command.Options.Where(o => !o.Hidden && o.Name is not "--help")));
        foreach (var inner in command.Subcommands.Where(c => !c.Hidden))
        {
            Append(page, inner, $"{path} {inner.Name}");
        }
    }

    private static string Table(IEnumerable<Option> options)
    {
        var rows = options.Select(o => $"| `{InTable(Usage(o))}` | {InTable(Says(o))} |\n").ToList();
        return rows.Count == 0 ? "" : $"| option | says |\n| --- | --- |\n{string.Concat(rows)}\n";
    }

    private static string Usage(Option option) =>
        option.ValueType == typeof(bool) ? option.Name : $"{option.Name} {option.HelpName ?? option.Name.TrimStart('-').ToUpperInvariant()}";

    private static string Says(Option option)
    {
        var standard = option.HasDefaultValue && option.GetDefaultValue() is { } value and not false && value.ToString() is { Length: > 0 } text
            && option.Description?.Contains("[default", StringComparison.Ordinal) != true
            ? $" [default: {(text == Environment.UserName ? "the user's name" : text.ToLowerInvariant())}]" : "";
        return option.Description + standard;
    }

    private static string InTable(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
