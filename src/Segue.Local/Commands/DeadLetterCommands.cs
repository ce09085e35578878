using System.CommandLine;
using System.Globalization;
using Segue.Local.DeadLetters;
using Segue.Local.Storage;
using Segue.Messaging;
using Spectre.Console;

namespace Segue.Local.Commands;

/// <summary><c>deadletters list|replay|drop</c>: what no handler could deal with, also while a server holds the folder.</summary>
internal static class DeadLetterCommands
{
    public static Command Create(CommandContext context) => new("deadletters", "Messages that could not be handled, each with its reason.")
    {
        CreateList(context),
        CreateChange(context, "replay", "Puts messages back on their queues, once what was wrong is mended.", "replayed", (l, n, c) => l.ReplayAsync(n, c)),
        CreateChange(context, "drop", "Removes messages for good.", "dropped", (l, n, c) => l.DropAsync(n, c)),
    };

    private static Option<string?> QueueOption() => new Option<string?>("--queue")
    {
        Description = "Only those of one queue.", HelpName = string.Join('|', Queues.All),
    }.AcceptOnlyFromAmong([.. Queues.All]);

    private static Command CreateList(CommandContext context)
    {
        var queue = QueueOption();
        var command = new Command("list", "Shows them, the oldest number first.") { queue };
        command.SetAction((parsed, cancellation) => context.GuardAsync(
            () =>
            {
                var letters = context.Opener.ListDeadLetters(parsed.GetValue(context.Data)!, parsed.GetValue(queue));
                context.PrinterFor(parsed).Print(new { deadLetters = letters }, (_, console) =>
                {
                    if (letters.Count == 0)
                    {
                        console.WriteLine("There are no dead letters.");
                        return;
                    }

                    var table = new Table().Border(TableBorder.Simple)
                        .AddColumns("Number", "Queue", "Set aside", "Deliveries", "Message", "Reason");
                    foreach (var letter in letters)
                    {
                        table.Row(Text(letter.Number), letter.Queue, ResultTables.Moment(letter.DiedAt), Text(letter.Deliveries), letter.Id, letter.Reason);
                    }

                    console.Write(table);
                });
                return Task.FromResult(ExitCodes.Done);
            },
            cancellation));
        return command;
    }

    private static Command CreateChange(
        CommandContext context, string name, string description, string done, Func<IDeadLetters, long, CancellationToken, Task<bool>> change)
    {
        var numbers = new Argument<long[]>("NUMBER") { Description = "Their numbers, as list shows them.", Arity = ArgumentArity.ZeroOrMore };
        var all = new Option<bool>("--all") { Description = "All that list shows." };
        var queue = QueueOption();
        var command = new Command(name, description) { numbers, all, queue };
        command.Validators.Add(result =>
        {
            if (result.GetValue(all) == (result.GetValue(numbers) is { Length: > 0 }))
            {
                result.AddError("Give the numbers of dead letters, or --all.");
            }
        });
        command.SetAction((parsed, cancellation) => context.GuardAsync(
            async () =>
            {
                var data = parsed.GetValue(context.Data)!;
                var asked = parsed.GetValue(all)
                    ? [.. context.Opener.ListDeadLetters(data, parsed.GetValue(queue)).Select(l => l.Number)]
                    : parsed.GetValue(numbers)!;
                List<long> changed = [], unknown = [];
                await using (var letters = context.Opener.OpenDeadLetters(data))
                {
                    foreach (var number in asked.Distinct())
                    {
                        (await change(letters, number, cancellation) ? changed : unknown).Add(number);
                    }
                }

                context.PrinterFor(parsed).Print(
                    new Dictionary<string, IReadOnlyList<long>> { [done] = changed, ["unknown"] = unknown },
                    (_, console) => console.WriteLine($"{Text(changed.Count)} {done}."));
                return unknown.Count == 0 ? ExitCodes.Done : throw new RefusedException(
                    $"There is no dead letter {string.Join(", ", unknown.Select(Text))}. See deadletters list.");
            },
            cancellation));
        return command;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
