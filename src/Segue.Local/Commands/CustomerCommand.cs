using System.CommandLine;
using Segue.Http.Customers;
using Spectre.Console;

namespace Segue.Local.Commands;

/// <summary><c>customer ID</c>.</summary>
internal static class CustomerCommand
{
    public static Command Create(CommandContext context)
    {
        var id = new Argument<string>("ID") { Description = "The customer's id." };
        var command = new Command("customer", "Shows one customer: profile, why this segment, journeys, timeline.") { id };
        command.SetAction((parsed, cancellation) => context.WithShopAsync(parsed, writes: false, async (shop, printer) =>
        {
            var customer = await shop.CustomerAsync(parsed.GetRequiredValue(id), cancellation)
                ?? throw new RefusedException($"There is no customer '{parsed.GetRequiredValue(id)}'.");
            printer.Print(customer, Show);
            return ExitCodes.Done;
        }, cancellation));
        return command;
    }

    private static void Show(CustomerView customer, IAnsiConsole console)
    {
        console.Write(ResultTables.Facts(
            ("Customer", customer.Id),
            ("Name", customer.Name ?? "unknown"),
            ("E-mail", $"{customer.Email ?? "none"} (consent {customer.EmailConsent.ToString().ToLowerInvariant()})"),
            ("Segment", customer.Segment),
            ("Stage", customer.Stage.ToString()),
            ("Tags", customer.Tags.Count == 0 ? "none" : string.Join(", ", customer.Tags)),
            ("Scores", customer.Scores is { } s ? $"R{s.Recency} F{s.Frequency} M{s.Monetary}" : "none yet"),
            ("Orders", $"{ResultTables.Number(customer.Orders)}, {ResultTables.Money(customer.TotalSpend)} in all"),
            ("First, last order", $"{ResultTables.Moment(customer.FirstOrderAt)}, {ResultTables.Moment(customer.LastOrderAt)}"),
            ("May change", ResultTables.Moment(customer.ChangesAt))));
        foreach (var reason in customer.Why)
        {
            console.WriteLine($"- {reason}");
        }

        if (customer.Journeys.Count > 0)
        {
            var journeys = new Table().Border(TableBorder.Simple).AddColumns("Journey", "Status", "Step", "Goes on");
            foreach (var journey in customer.Journeys)
            {
                journeys.Row(journey.Journey, journey.Status, journey.Step ?? "", journey.DueAt is null ? "" : ResultTables.Moment(journey.DueAt));
            }

            console.Write(journeys);
        }

        var timeline = new Table().Border(TableBorder.Simple).AddColumns("When", "What", "");
        foreach (var entry in customer.Timeline)
        {
            timeline.Row(ResultTables.Moment(entry.At), entry.What, entry.Detail);
        }

        console.Write(timeline);
    }
}
