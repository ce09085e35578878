using System.CommandLine;
using Segue.Email;
using Segue.Ports;
using Spectre.Console;

namespace Segue.Local.Commands;

/// <summary><c>preview JOURNEY STEP CUSTOMER</c> and <c>test-send JOURNEY STEP ADDRESS</c>.</summary>
internal static class PreviewCommands
{
    public static Command CreatePreview(CommandContext context)
    {
        var (journey, step) = (Journey(), Step());
        var customer = new Argument<string>("CUSTOMER") { Description = "The customer's id." };
        var html = new Option<string?>("--html") { Description = "Writes the HTML to a file, to look at in a browser.", HelpName = "FILE" };
        var command = new Command("preview", "Shows a step's mail as a customer would get it now. Sends nothing.") { journey, step, customer, html };
        command.SetAction((parsed, cancellation) => context.WithShopAsync(parsed, writes: false, async (shop, printer) =>
        {
            var mail = await shop.PreviewAsync(
                parsed.GetRequiredValue(journey), parsed.GetRequiredValue(step), parsed.GetRequiredValue(customer), cancellation);
            if (parsed.GetValue(html) is { } file)
            {
                await File.WriteAllTextAsync(file, mail.Html, cancellation);
            }

            printer.Print(new PreviewResult(mail.From, mail.FromName, mail.ReplyTo, mail.To, mail.Subject, mail.Html, mail.Text), (m, console) =>
            {
                console.Write(ResultTables.Facts(
                    ("From", $"{m.FromName} <{m.From}>"), ("To", m.To), ("Answers to", m.ReplyTo ?? m.From), ("Subject", m.Subject)));
                console.WriteLine();
                console.WriteLine(m.Text);
            });
            return ExitCodes.Done;
        }, cancellation));
        return command;
    }

    public static Command CreateTestSend(CommandContext context)
    {
        var (journey, step) = (Journey(), Step());
        var address = new Argument<string?>("ADDRESS") { Description = "Where to.", Arity = ArgumentArity.ZeroOrOne };
        var seeds = new Option<bool>("--seeds") { Description = "To every address of seedList in settings.yaml." };
        var locale = new Option<string?>("--locale") { Description = "The language to send it in, such as de.", HelpName = "TAG" };
        var command = new Command("test-send", "Sends one mail of a step with example data and an unusable code. Counted nowhere.")
        {
            journey, step, address, seeds, locale,
        };
        command.SetAction((parsed, cancellation) => context.WithShopAsync(parsed, writes: true, async (shop, printer) =>
        {
            if (parsed.GetValue(address) is null != parsed.GetValue(seeds))
            {
                throw new RefusedException("Name one ADDRESS, or --seeds for the addresses of seedList in settings.yaml.");
            }

            var sent = await shop.TestSendAsync(
                parsed.GetRequiredValue(journey), parsed.GetRequiredValue(step), parsed.GetValue(address), parsed.GetValue(locale), cancellation);
            printer.Print(sent, (all, console) =>
            {
                foreach (var one in all)
                {
                    console.WriteLine($"{one.Address}: {one.Answer}");
                }
            });
            return sent.All(s => s.Answer == "accepted") ? ExitCodes.Done : ExitCodes.Refused;
        }, cancellation));
        return command;
    }

    /// <summary>An answer in words.</summary>
    public static string InWords(SendAnswer answer) => answer switch
    {
        SendAnswer.Accepted => "accepted",
        SendAnswer.Rejected rejected => $"rejected: {rejected.Reason}",
        SendAnswer.TryAfter later => $"not now, try again: {later.Reason}",
        SendAnswer.Unknown unknown => $"unknown: {unknown.Reason}",
        _ => answer.GetType().Name,
    };

    private static Argument<string> Journey() => new("JOURNEY") { Description = "The journey's id." };

    private static Argument<string> Step() => new("STEP") { Description = "The id of a step that sends, or its path." };
}

/// <summary>A mail as it would be sent.</summary>
public sealed record PreviewResult(string From, string FromName, string? ReplyTo, string To, string Subject, string Html, string Text);

/// <summary>What came of one trial copy.</summary>
public sealed record TestSendResult(string Address, string Answer);
