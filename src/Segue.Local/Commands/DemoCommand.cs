using System.CommandLine;
using Spectre.Console;

namespace Segue.Local.Commands;

/// <summary>No words at all: the demo shop, made at the first start, served at every start.</summary>
internal static class DemoCommand
{
    public static void AddTo(RootCommand root, CommandContext context)
    {
        var urls = ServeCommand.UrlsOption();
        root.Add(urls);
        root.SetAction((parsed, cancellation) => context.WithShopAsync(parsed, writes: true, async (shop, printer) =>
        {
            var result = await new ProgressDisplay(context.Streams, context.Clock)
                .RunAsync(progress => shop.EnsureDemoAsync(progress, cancellation));
            if (result is not null)
            {
                printer.Print(result, Show);
            }

            await ServeCommand.RunAsync(shop, parsed.GetValue(urls)!, context, cancellation);
            return ExitCodes.Done;
        }, cancellation));
    }

    private static void Show(DemoResult result, IAnsiConsole console)
    {
        var overview = result.Overview;
        console.WriteLine();
        console.Write(new Text($"{overview.ShopName}: a demo shop's history since {result.From.UtcDateTime:yyyy-MM-dd}, replayed"));
        console.WriteLine();
        console.Write(ResultTables.Of("Segment", overview.Segments, overview.Currency));
        var journeys = ResultTables.OfNumbers("Journey", "In it now", "Mails", "Conversions");
        foreach (var journey in overview.Journeys)
        {
            journeys.Row(journey.Name, ResultTables.Number(journey.UnderWay), ResultTables.Number(journey.Sent), ResultTables.Number(journey.Conversions));
        }

        console.Write(journeys);
        console.WriteLine("All of it happened on a virtual clock: no mail has left this machine.");
        if (result.Example is { } customer)
        {
            console.WriteLine($"One customer's story: dotnet run --project src/Segue.Local -- customer {customer}");
        }

        console.WriteLine("The overview is on the dashboard, at the address below.");
    }
}
