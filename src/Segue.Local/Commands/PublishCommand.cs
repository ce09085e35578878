using System.CommandLine;
using Segue.Campaigns;
using Segue.Files;
using Segue.Http.Campaigns;
using Spectre.Console;

namespace Segue.Local.Commands;

/// <summary><c>publish [DIR]</c>: puts a whole campaigns folder in force, at once or not at all, after showing what changes.</summary>
internal static class PublishCommand
{
    public static Command Create(CommandContext context)
    {
        var directory = new Argument<string?>("DIR") { Description = "The campaigns folder. [default: --campaigns]", Arity = ArgumentArity.ZeroOrOne };
        var to = new Option<Uri?>("--to")
        {
            Description = "The server to publish to; its key, where it wants one, in the environment variable SEGUE_KEY.", HelpName = "URL",
            CustomParser = r => Uri.TryCreate(r.Tokens[0].Value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url : Wrong(r),
        };
        var by = new Option<string>("--by")
        {
            Description = "Who decided it, for the record.", HelpName = "NAME", DefaultValueFactory = _ => Environment.UserName,
        };
        var dryRun = new Option<bool>("--dry-run") { Description = "Show what would change, and change nothing." };
        var yes = new Option<bool>("--yes") { Description = "Do not ask." };
        var list = new Option<bool>("--list") { Description = "Show what is and was in force." };
        var revert = new Option<string?>("--revert")
        {
            Description = "Put an earlier version in force again: the one named, or the one before.", HelpName = "VERSION", Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command("publish", "Puts a whole campaigns folder in force, at once or not at all, without a redeploy.")
        {
            directory, to, by, dryRun, yes, revert, list,
        };
        command.SetAction((parsed, cancellation) => context.GuardAsync(
            async () =>
            {
                var folder = CampaignsFolder.Find(parsed.GetValue(directory) ?? parsed.GetValue(context.Campaigns), Environment.CurrentDirectory, AppContext.BaseDirectory);
                await using var desk = await context.Opener.OpenPublishingAsync(
                    new(parsed.GetValue(context.Data)!, folder, Writes: true), parsed.GetValue(to), cancellation);
                var printer = context.PrinterFor(parsed);
                if (parsed.GetValue(list))
                {
                    printer.Print(await desk.HistoryAsync(cancellation), ListOf);
                    return ExitCodes.Done;
                }

                var run = parsed.GetResult(revert) is not null
                    ? Reverting(desk, parsed.GetValue(revert), parsed.GetValue(by)!)
                    : Publishing(desk, folder, parsed.GetValue(by)!);
                var ask = !parsed.GetValue(yes) && context.Streams.InputIsTerminal;
                return await PublishAsync(context, printer, run, parsed.GetValue(dryRun), ask, cancellation);
            },
            cancellation));
        return command;
    }

    /// <summary>Puts in force, or tries; the version that must be in force, where one was seen.</summary>
    private delegate Task<PublishResult> Run(bool dryRun, string? expected, CancellationToken cancellation);

    private static Run Publishing(IPublishing desk, string folder, string by)
    {
        var errors = new FileErrors();
        var files = CampaignFiles.Read(folder, errors);
        return (dryRun, expected, cancellation) => errors.None
            ? desk.PublishAsync(new(files, by, expected, dryRun), cancellation)
            : Task.FromResult(new PublishResult { Errors = errors.Errors });
    }

    private static Run Reverting(IPublishing desk, string? version, string by) =>
        (dryRun, _, cancellation) => desk.RevertAsync(version, by, dryRun, cancellation);

    private static async Task<int> PublishAsync(
        CommandContext context, Printer printer, Run run, bool dryRun, bool ask, CancellationToken cancellation)
    {
        string? seen = null;
        if (ask && !dryRun)
        {
            var trial = await run(true, null, cancellation);
            if (trial.Version is not null && trial.Version != trial.Previous)
            {
                foreach (var line in Lines(trial))
                {
                    await context.Streams.Error.WriteLineAsync(line);
                }

                await context.Streams.Error.WriteAsync("Go on? [y/N] ");
                if (await context.Streams.Input.ReadLineAsync(cancellation) is not ("y" or "Y" or "yes"))
                {
                    throw new RefusedException("Nothing was changed.");
                }
            }

            seen = trial.Previous;
        }

        var result = await run(dryRun, seen, cancellation);
        printer.Print(result, (r, console) =>
        {
            foreach (var line in Lines(r))
            {
                console.WriteLine(line);
            }
        });
        return result.Version is null ? ExitCodes.Refused : ExitCodes.Done;
    }

    private static IEnumerable<string> Lines(PublishResult r)
    {
        foreach (var line in r.Errors.Select(e => $"error: {e}").Concat(r.Warnings.Select(w => $"warning: {w}")))
        {
            yield return line;
        }

        if (r.Version is null)
        {
            yield return $"Not valid: {r.Errors.Count} errors. Nothing was changed.";
            yield break;
        }

        foreach (var change in r.Changes)
        {
            yield return $"{change.What}: {change.File}";
            foreach (var sentence in change.Says)
            {
                yield return $"  - {sentence}";
            }
        }

        foreach (var line in r.GoesLive.Select(id => $"goes live: {id}").Concat(r.Stops.Select(id => $"takes nobody in any more: {id}")))
        {
            yield return line;
        }

        yield return r.Version == r.Previous ? $"{r.Version} is in force already."
            : r.InForce ? $"{r.Version} is in force, was {r.Previous ?? "nothing"}."
            : $"{r.Version} would be in force, is {r.Previous ?? "nothing"}.";
    }

    private static void ListOf(CampaignHistory history, IAnsiConsole console)
    {
        var table = new Table().AddColumns("Version", "In force since", "By", "");
        for (var i = 0; i < history.History.Count; i++)
        {
            var one = history.History[i];
            table.AddRow(one.Version, one.At.ToString("u", System.Globalization.CultureInfo.InvariantCulture), Markup.Escape(one.By), i == 0 ? "now" : "");
        }

        console.Write(table);
    }

    private static Uri? Wrong(System.CommandLine.Parsing.ArgumentResult result)
    {
        result.AddError($"--to: found '{result.Tokens[0].Value}'; expected an address such as https://segue.example.com.");
        return null;
    }
}
