using System.CommandLine;
using System.Globalization;
using Spectre.Console;

namespace Segue.Local.Commands;

/// <summary><c>calibrate</c>: makes a calibration, or says which there are and puts one of them in force.</summary>
internal static class CalibrateCommand
{
    /// <summary>A table of moves has no more lines than this.</summary>
    private const int MostMoves = 10;

    public static Command Create(CommandContext context)
    {
        var list = new Option<bool>("--list") { Description = "Shows the calibrations that were made, and changes nothing." };
        var approve = new Option<string?>("--approve") { Description = "Puts one that waits in force.", HelpName = "ID" };
        var revert = new Option<string?>("--revert") { Description = "Goes back to an earlier one.", HelpName = "ID" };
        var by = new Option<string>("--by")
        {
            Description = "Who decided it, for the record.", HelpName = "NAME", DefaultValueFactory = _ => Environment.UserName,
        };
        var command = new Command("calibrate", "Learns cut points, ranks, values, tiers and clusters from all customers, and publishes them.") { list, approve, revert, by };
        command.Validators.Add(result =>
        {
            if (new Option[] { list, approve, revert }.Count(o => result.GetResult(o) is not null) > 1)
            {
                result.AddError("Only one of --list, --approve and --revert can be given.");
            }
        });
        command.SetAction((parsed, cancellation) => context.WithShopAsync(parsed, writes: !parsed.GetValue(list), async (shop, printer) =>
        {
            if (parsed.GetValue(list))
            {
                printer.Print(new CalibrationsResult(await shop.CalibrationsAsync(cancellation)), (r, console) => console.Write(TableOf(r)));
            }
            else if ((parsed.GetValue(approve) ?? parsed.GetValue(revert)) is { } id)
            {
                printer.Print(await shop.PutCalibrationInForceAsync(id, parsed.GetValue(by)!, cancellation), Show);
            }
            else
            {
                printer.Print(
                    await new ProgressDisplay(context.Streams, context.Clock).RunAsync(progress => shop.CalibrateAsync(progress, cancellation)), Show);
            }

            return ExitCodes.Done;
        }, cancellation));
        return command;
    }

    private static void Show(CalibrateResult result, IAnsiConsole console)
    {
        console.Write(ResultTables.Facts(
            ("Calibration", result.Id),
            ("Status", result.Status),
            ("As of", ResultTables.Moment(result.At)),
            ("Customers", ResultTables.Number(result.Customers)),
            ("With orders", ResultTables.Number(result.Buyers)),
            ("Moves", Moved(result))));
        var table = ResultTables.OfNumbers("Score", "1 | 2", "2 | 3", "3 | 4", "4 | 5");
        foreach (var (score, cut) in result.CutPoints)
        {
            table.Row(score, ResultTables.Money(cut.First), ResultTables.Money(cut.Second), ResultTables.Money(cut.Third), ResultTables.Money(cut.Fourth));
        }

        console.Write(table);
        if (result.Learned is { } learned)
        {
            LearnedTables.Show(learned, console);
        }

        if (result.Moves is { Count: > 0 } moves)
        {
            var moving = ResultTables.OfNumbers("From, to", "Customers");
            foreach (var move in moves.Take(MostMoves))
            {
                moving.Row($"{move.From}, {move.To}", ResultTables.Number(move.Customers));
            }

            console.Write(moving);
        }

        foreach (var warning in result.Warnings)
        {
            console.WriteLine($"warning: {warning}");
        }
    }

    private static Table TableOf(CalibrationsResult result)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("Calibration", "Status", "As of", "Customers", "Moves", "By");
        foreach (var one in result.Calibrations)
        {
            table.Row(one.Id, one.Status, ResultTables.Moment(one.At), ResultTables.Number(one.Customers), Moved(one), one.By ?? "");
        }

        return table;
    }

    private static string Moved(CalibrateResult result) => result.Moved is { } moved
        ? string.Create(CultureInfo.InvariantCulture, $"{moved:N0} customers, {100 * result.MovedShare:0.#} %") : "not compared";
}
