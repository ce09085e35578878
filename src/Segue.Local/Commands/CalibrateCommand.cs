using System.CommandLine;
using Spectre.Console;

namespace Segue.Local.Commands;

/// <summary><c>calibrate</c>.</summary>
internal static class CalibrateCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command("calibrate", "Learns cut points and ranks from all customers, and publishes them.");
        command.SetAction((parsed, cancellation) => context.WithShopAsync(parsed, writes: true, async (shop, printer) =>
        {
            var result = await new ProgressDisplay(context.Streams, context.Clock)
                .RunAsync(progress => shop.CalibrateAsync(progress, cancellation));
            printer.Print(result, (r, console) =>
            {
                console.Write(ResultTables.Facts(
                    ("Calibration", r.Id),
                    ("As of", ResultTables.Moment(r.At)),
                    ("Customers", ResultTables.Number(r.Customers)),
                    ("With orders", ResultTables.Number(r.Buyers))));
                var table = ResultTables.OfNumbers("Score", "1 | 2", "2 | 3", "3 | 4", "4 | 5");
                foreach (var (score, cut) in r.CutPoints)
                {
                    table.Row(score, ResultTables.Money(cut.First), ResultTables.Money(cut.Second), ResultTables.Money(cut.Third), ResultTables.Money(cut.Fourth));
                }

                console.Write(table);
                foreach (var warning in r.Warnings)
                {
                    console.WriteLine($"warning: {warning}");
                }
            });
            return ExitCodes.Done;
        }, cancellation));
        return command;
    }
}
