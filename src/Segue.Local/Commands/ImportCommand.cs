using System.CommandLine;
using System.CommandLine.Parsing;

namespace Segue.Local.Commands;

/// <summary><c>import FILE</c>.</summary>
internal static class ImportCommand
{
    public static Command Create(CommandContext context)
    {
        var file = new Argument<string>("FILE") { Description = "CSV with a header row, or JSON lines." };
        var kind = new Option<ImportKind>("--kind")
        {
            Description = $"What the file holds: {Kinds}.",
            HelpName = "KIND", CustomParser = ParseKind, DefaultValueFactory = _ => ImportKind.Orders,
        };
        var zone = new Option<string?>("--zone")
        {
            Description = "The zone of times that name none, such as Europe/Berlin. [default: the shop's]", HelpName = "ZONE",
        };
        var map = new Option<Dictionary<string, string>>("--map")
        {
            Description = "The file's header for a column: --map customerId=cust_no. May be given several times.",
            HelpName = "NAME=COLUMN", CustomParser = ParseMap, DefaultValueFactory = _ => [],
        };
        var dateFormat = new Option<string?>("--date-format")
        {
            Description = "How dates are written, such as yyyyMMdd. [default: ISO 8601]", HelpName = "FORMAT",
        };
        var command = new Command("import", "Brings orders and other facts in from a file. Moves segments, mails nobody.")
        {
            file, kind, zone, map, dateFormat,
        };
        command.SetAction((parsed, cancellation) => context.WithShopAsync(parsed, writes: true, async (shop, printer) =>
        {
            ImportRequest request = new(
                parsed.GetRequiredValue(file), parsed.GetValue(kind), parsed.GetValue(zone),
                parsed.GetValue(map)!, parsed.GetValue(dateFormat));
            if (!File.Exists(request.File))
            {
                throw new RefusedException($"There is no file {request.File}.");
            }

            var result = await new ProgressDisplay(context.Streams, context.Clock)
                .RunAsync(progress => shop.ImportAsync(request, progress, cancellation));
            foreach (var remark in result.Remarks)
            {
                await context.Streams.Error.WriteLineAsync(remark);
            }

            printer.Print(result, (r, console) => console.Write(ResultTables.Facts(
                ("Accepted", ResultTables.Number(r.Accepted)),
                ("Known already", ResultTables.Number(r.Duplicates)),
                ("Refused", ResultTables.Number(r.Refused) + (r.RefusedRows is null ? "" : $"  (reasons in {r.RefusedRows})")),
                ("Customers", ResultTables.Number(r.Customers)),
                ("Revenue", $"{ResultTables.Money(r.Revenue)} {r.Currency}"))));
            return result.Refused > 0 && result.Accepted + result.Duplicates == 0 ? ExitCodes.Refused : ExitCodes.Done;
        }, cancellation));
        return command;
    }

    private static readonly string Kinds = string.Join(", ", Enum.GetNames<ImportKind>().SkipLast(1)).ToLowerInvariant()
        + " or " + Enum.GetNames<ImportKind>()[^1].ToLowerInvariant();

    private static ImportKind ParseKind(ArgumentResult result)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        if (text.All(char.IsAsciiLetterLower) && Enum.TryParse<ImportKind>(text, ignoreCase: true, out var kind))
        {
            return kind;
        }

        result.AddError($"--kind is {Kinds}, not '{text}'.");
        return ImportKind.Orders;
    }

    private static Dictionary<string, string> ParseMap(ArgumentResult result)
    {
        var columns = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var token in result.Tokens)
        {
            var at = token.Value.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0 || at == token.Value.Length - 1)
            {
                result.AddError($"--map wants NAME=COLUMN, not '{token.Value}'.");
            }
            else if (!columns.TryAdd(token.Value[..at], token.Value[(at + 1)..]))
            {
                result.AddError($"--map names '{token.Value[..at]}' twice.");
            }
        }

        return columns;
    }
}
