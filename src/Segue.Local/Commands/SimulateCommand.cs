using System.CommandLine;

namespace Segue.Local.Commands;

/// <summary><c>simulate</c>.</summary>
internal static class SimulateCommand
{
    public static Command Create(CommandContext context)
    {
        var from = MomentOption.Create("--from", "First moment; what lies before is history.", required: true);
        var until = MomentOption.Create("--until", "The moment before which it ends.", required: true);
        var journeys = new Option<string[]>("--journey")
        {
            Description = "A journey to run, draft or live; may be given several times. [default: all that are live]",
            HelpName = "ID", DefaultValueFactory = _ => [],
        };
        var sends = new Option<string?>("--sends") { Description = "A CSV file to write each send to.", HelpName = "FILE" };
        var reachable = new Option<bool>("--assume-reachable")
        {
            Description = "Count everybody as having an address and consent.",
        };
        var command = new Command("simulate", "Replays history on a virtual clock and shows who would have been mailed. Sends nothing.")
        {
            from, until, journeys, sends, reachable,
        };
        command.Validators.Add(result =>
        {
            if (MomentOption.Peek(result, from) >= MomentOption.Peek(result, until))
            {
                result.AddError("--until must be later than --from.");
            }
        });
        command.SetAction((parsed, cancellation) => context.WithShopAsync(parsed, writes: false, async (shop, printer) =>
        {
            SimulateRequest request = new(
                parsed.GetValue(from)!.Value, parsed.GetValue(until)!.Value, parsed.GetValue(journeys)!,
                parsed.GetValue(sends), parsed.GetValue(reachable));
            var result = await new ProgressDisplay(context.Streams, context.Clock)
                .RunAsync(progress => shop.SimulateAsync(request, progress, cancellation));
            if (result.ByJourney.Count == 0)
            {
                await context.Streams.Error.WriteLineAsync("No journey is live, so nobody would be mailed: name one with --journey ID.");
            }

            printer.Print(result, (r, console) =>
            {
                console.Write(ResultTables.Facts(
                    ("From", ResultTables.Moment(r.From)),
                    ("Until", ResultTables.Moment(r.Until)),
                    ("Sends", ResultTables.Number(r.Sends)),
                    ("Customers", ResultTables.Number(r.Customers)),
                    ("Unreachable", ResultTables.Number(r.Unreachable))));
                var table = ResultTables.OfNumbers("Journey", "Entered", "Held out", "Sends", "Bought anyway", "Smallest visible uplift");
                foreach (var (id, journey) in r.ByJourney)
                {
                    table.Row(
                        id, ResultTables.Number(journey.Entered), ResultTables.Number(journey.HeldOut), ResultTables.Number(journey.Sends),
                        ResultTables.Number(journey.PurchasesAnyway), ResultTables.Points(journey.SmallestUplift));
                }

                console.Write(table);
            });
            return ExitCodes.Done;
        }, cancellation));
        return command;
    }
}
