using System.CommandLine;
using Segue.Http.Reports;
using Spectre.Console;

namespace Segue.Local.Commands;

/// <summary><c>people ID</c>: who is where in a journey.</summary>
internal static class PeopleCommand
{
    public static Command Create(CommandContext context)
    {
        var id = new Argument<string>("ID") { Description = "The journey's id." };
        var version = new Option<string?>("--on") { Description = "Only those on this version of the journey.", HelpName = "VERSION" };
        var step = new Option<string?>("--step") { Description = "Only those whose next step this is.", HelpName = "STEP" };
        var after = new Option<string?>("--after") { Description = "Only customers whose ids come after this one.", HelpName = "CUSTOMER" };
        var command = new Command("people", "Shows who is where in a journey: how many at each step of each version, and by name.") { id, version, step, after };
        command.SetAction((parsed, cancellation) => context.WithShopAsync(parsed, writes: false, async (shop, printer) =>
        {
            var people = await shop.PeopleAsync(
                new(parsed.GetRequiredValue(id), parsed.GetValue(version), parsed.GetValue(step), parsed.GetValue(after)), cancellation);
            printer.Print(people, Show);
            return ExitCodes.Done;
        }, cancellation));
        return command;
    }

    private static void Show(JourneyPeople found, IAnsiConsole console)
    {
        var steps = new Table().Border(TableBorder.Simple).AddColumns("Version", "Next step", "Here", "Held out");
        foreach (var step in found.Steps)
        {
            steps.Row(step.Current ? $"{step.Version} (in force)" : step.Version, step.Step ?? "end", ResultTables.Number(step.Here), ResultTables.Number(step.HeldOut));
        }

        console.Write(steps);
        var people = new Table().Border(TableBorder.Simple).AddColumns("Customer", "Next step", "Goes on", "Entered", "");
        foreach (var one in found.People)
        {
            people.Row(one.CustomerId, one.Step ?? "end", ResultTables.Moment(one.DueAt), ResultTables.Moment(one.EnteredAt), one.HeldOut ? "held out" : "");
        }

        console.Write(people);
        console.WriteLine(found.Next is null ? $"{ResultTables.Number(found.Matching)} in all." : $"{ResultTables.Number(found.Matching)} in all; more with --after {found.Next}.");
    }
}
