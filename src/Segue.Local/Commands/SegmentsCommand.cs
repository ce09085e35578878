using System.CommandLine;

namespace Segue.Local.Commands;

/// <summary><c>segments</c>.</summary>
internal static class SegmentsCommand
{
    public static Command Create(CommandContext context)
    {
        var at = MomentOption.Create("--at", "The moment to count for. [default: now]");
        var command = new Command("segments", "Counts customers, orders and revenue by segment and stage, and how that changed in 30 days.") { at };
        command.SetAction((parsed, cancellation) => context.WithShopAsync(parsed, writes: false, async (shop, printer) =>
        {
            printer.Print(await shop.SegmentsAsync(parsed.GetValue(at), cancellation), (r, console) =>
            {
                console.Write(ResultTables.Facts(("As of", ResultTables.Moment(r.At)), ("Change since", ResultTables.Moment(r.Since))));
                console.Write(ResultTables.OfChanges("Segment", r.Segments, r.Currency));
                console.Write(ResultTables.OfChanges("Stage", r.Stages, r.Currency));
            });
            return ExitCodes.Done;
        }, cancellation));
        return command;
    }
}
