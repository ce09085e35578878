using System.CommandLine;
using System.CommandLine.Help;
using Segue.Files;

namespace Segue.Local.Commands;

/// <summary>The program's command line: parses, runs, and answers with an exit code.</summary>
public sealed class SegueCommandLine
{
    // Longer than the queues' drain, so that a stop is never cut short from here.
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(45);

    private readonly RootCommand _root;
    private readonly CommandStreams _streams;

    /// <summary>Sets the commands up.</summary>
    public SegueCommandLine(IShopOpener opener, TimeProvider clock, CommandStreams streams)
    {
        ArgumentNullException.ThrowIfNull(streams);
        _streams = streams;
        CommandContext context = new(opener, clock, streams);
        _root = new("Segue turns a shop's orders into hands-off campaigns. Without words: a demo shop, served.")
        {
            context.Data, context.Campaigns, context.Format,
            ImportCommand.Create(context), ServeCommand.Create(context), SimulateCommand.Create(context),
            SegmentsCommand.Create(context), ReportCommand.Create(context), CalibrateCommand.Create(context), ValidateCommand.Create(context), DiffCommand.Create(context), PublishCommand.Create(context), PeopleCommand.Create(context),
            SwitchCommands.CreateGoLive(context), SwitchCommands.CreatePause(context), SwitchCommands.CreateResume(context), SwitchCommands.CreateArchive(context),
            CustomerCommand.Create(context), ClvCommand.Create(context), ClusterCommand.Create(context),
            PreviewCommands.CreatePreview(context), PreviewCommands.CreateTestSend(context), DeadLetterCommands.Create(context),
        };
        DemoCommand.AddTo(_root, context);
    }

    /// <summary>All commands with their options, for the reference.</summary>
    internal RootCommand Root => _root;

    /// <summary>Runs a command: 0 done, 1 the input was refused, 2 wrong usage.</summary>
    public async Task<int> RunAsync(IReadOnlyList<string> words)
    {
        var parsed = _root.Parse(words, new() { ResponseFileTokenReplacer = null });
        if (parsed.Action is not HelpAction && parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await _streams.Error.WriteLineAsync(error.Message);
            }

            await _streams.Error.WriteLineAsync(Hint(parsed));
            return ExitCodes.Usage;
        }

        InvocationConfiguration invocation = new()
        {
            Output = _streams.Output, Error = _streams.Error, EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = StopWithin,
        };
        return await parsed.InvokeAsync(invocation);
    }

    private string Hint(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        if (command != _root)
        {
            return $"Usage: {string.Join(' ', command.Arguments.Select(a => a.Name).Prepend(command.Name))} [options]. See {command.Name} --help.";
        }

        var stray = parsed.UnmatchedTokens.FirstOrDefault(t => !t.StartsWith('-'));
        var suggestion = stray is null ? "" : Suggestion.For(stray, _root.Subcommands.Select(c => c.Name)).Trim() + " ";
        return $"{suggestion}See --help.";
    }
}
