using System.CommandLine.Parsing;

namespace Segue.Local.Commands;

/// <summary>How results are printed.</summary>
public enum OutputFormat
{
    /// <summary>For people.</summary>
    Table,

    /// <summary>For scripts.</summary>
    Json,
}

/// <summary>Reads <c>--format</c>.</summary>
internal static class OutputFormats
{
    public static OutputFormat Parse(ArgumentResult result)
    {
        switch (result.Tokens.Count == 1 ? result.Tokens[0].Value : null)
        {
            case "table":
                return OutputFormat.Table;
            case "json":
                return OutputFormat.Json;
            default:
                result.AddError($"--format is table or json, not '{string.Join(' ', result.Tokens.Select(t => t.Value))}'.");
                return OutputFormat.Table;
        }
    }
}
