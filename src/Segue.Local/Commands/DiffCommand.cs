using System.CommandLine;
using Spectre.Console;

namespace Segue.Local.Commands;

/// <summary><c>diff ID</c>: what the folder's version of a journey has that the one in force has not.</summary>
internal static class DiffCommand
{
    public static Command Create(CommandContext context)
    {
        var id = new Argument<string>("ID") { Description = "The journey's id." };
        var command = new Command("diff", "Says in words how a journey's file differs from the version in force, or that from the one before.") { id };
        command.SetAction((parsed, cancellation) => context.GuardAsync(async () =>
        {
            var folder = CampaignsFolder.Find(parsed.GetValue(context.Campaigns), Environment.CurrentDirectory, AppContext.BaseDirectory);
            var result = await context.Opener.DiffAsync(parsed.GetValue(context.Data)!, folder, parsed.GetRequiredValue(id), cancellation);
            context.PrinterFor(parsed).Print(result, (r, console) =>
            {
                console.WriteLine($"{r.Journey}: {r.Before} against {r.After}");
                foreach (var change in r.Changes.DefaultIfEmpty("No difference."))
                {
                    console.WriteLine($"- {change}");
                }
            });
            return ExitCodes.Done;
        }, cancellation));
        return command;
    }
}
