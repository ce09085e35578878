using System.CommandLine;
using Segue.Http.Journeys;

namespace Segue.Local.Commands;

/// <summary><c>golive ID</c>, <c>pause ID</c>, <c>resume ID</c> and <c>archive ID</c>: show whom the journey would mail, then switch it.</summary>
internal static class SwitchCommands
{
    public static Command CreateGoLive(CommandContext context) => Create(
        context, "golive", "Switches a journey on, after showing whom it would mail.", SwitchTo.Live, "live", asks: true);

    public static Command CreatePause(CommandContext context) => Create(
        context, "pause", "Holds everyone in a journey where they are.", SwitchTo.Paused, "paused", asks: false);

    public static Command CreateArchive(CommandContext context) => Create(
        context, "archive", "Ends a journey: nobody enters any more, and who is under way finishes.", SwitchTo.Archived, "archived", asks: false);

    public static Command CreateResume(CommandContext context) => Create(
        context, "resume", "Lets a paused journey go on, after showing whom it would mail.", SwitchTo.Resumed, "live", asks: true);

    private static Command Create(
        CommandContext context, string name, string description, SwitchTo to, string status, bool asks)
    {
        var id = new Argument<string>("ID") { Description = "The journey's id." };
        var by = new Option<string>("--by")
        {
            Description = "Who decided it, for the record.", HelpName = "NAME", DefaultValueFactory = _ => Environment.UserName,
        };
        var yes = new Option<bool>("--yes") { Description = "Do not ask." };
        var command = new Command(name, description) { id, by };
        if (asks)
        {
            command.Add(yes);
        }

        command.SetAction((parsed, cancellation) => context.WithSwitchboardAsync(parsed, async (journeys, printer) =>
        {
            var forecast = await journeys.ForecastAsync(parsed.GetRequiredValue(id), cancellation);
            if (asks && context.Streams.InputIsTerminal && !parsed.GetValue(yes))
            {
                await context.Streams.Error.WriteLineAsync(
                    $"'{forecast.Name}' is {forecast.Status}. It would mail {ResultTables.Number(forecast.Today)} customers today and {ResultTables.Number(forecast.In30Days)} within 30 days.");
                await context.Streams.Error.WriteAsync("Go on? [y/N] ");
                if (await context.Streams.Input.ReadLineAsync(cancellation) is not ("y" or "Y" or "yes"))
                {
                    throw new RefusedException("Nothing was changed.");
                }
            }

            await journeys.SwitchAsync(forecast.Journey, to, parsed.GetValue(by)!, cancellation);
            printer.Print(new SwitchResult(forecast.Journey, status, parsed.GetValue(by)!, forecast), (r, console) => console.Write(ResultTables.Facts(
                ("Journey", $"{r.Journey} ({r.Forecast.Name})"),
                ("Status", $"{r.Status}, was {r.Forecast.Status}"),
                ("Approved by", r.By),
                ("Members now", ResultTables.Number(r.Forecast.Members)),
                ("Would mail today", ResultTables.Number(r.Forecast.Today)),
                ("Within 30 days", ResultTables.Number(r.Forecast.In30Days)),
                ("Held out", ResultTables.Number(r.Forecast.HeldOut)),
                ("Unreachable", ResultTables.Number(r.Forecast.Unreachable)))));
            return ExitCodes.Done;
        }, cancellation));
        return command;
    }
}
