using System.CommandLine;
using Spectre.Console;

namespace Segue.Local.Commands;

/// <summary><c>validate [DIR]</c>.</summary>
internal static class ValidateCommand
{
    public static Command Create(CommandContext context)
    {
        var directory = new Argument<string?>("DIR")
        {
            Description = "The campaigns folder. [default: --campaigns]", Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command("validate", "Checks a campaigns folder and names each fault by file, line and field.") { directory };
        command.SetAction((parsed, cancellation) => context.GuardAsync(() =>
        {
            var folder = CampaignsFolder.Find(
                parsed.GetValue(directory) ?? parsed.GetValue(context.Campaigns), Environment.CurrentDirectory, AppContext.BaseDirectory);
            var result = context.Opener.Validate(folder);
            context.PrinterFor(parsed).Print(result, (r, console) =>
            {
                foreach (var error in r.Errors)
                {
                    console.WriteLine($"error: {error}");
                }

                foreach (var warning in r.Warnings)
                {
                    console.WriteLine($"warning: {warning}");
                }

                console.WriteLine(r.Valid
                    ? $"{folder} is valid, with {r.Warnings.Count} warnings."
                    : $"{folder} is not valid: {r.Errors.Count} errors, {r.Warnings.Count} warnings.");
            });
            return Task.FromResult(result.Valid ? ExitCodes.Done : ExitCodes.Refused);
        }, cancellation));
        return command;
    }
}
