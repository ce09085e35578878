using System.CommandLine;
using Segue.Local.Serving;

namespace Segue.Local.Commands;

/// <summary><c>serve</c>.</summary>
internal static class ServeCommand
{
    public static Command Create(CommandContext context)
    {
        var urls = UrlsOption();
        var backlog = new Option<int>("--backlog")
        {
            Description = "So many orders and events may wait to be handled; then more are put off with 429.", HelpName = "N",
            DefaultValueFactory = _ => Backpressure.DefaultLimit,
        };
        backlog.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
            {
                result.AddError("--backlog is 1 or more.");
            }
        });
        var command = new Command("serve", "Serves API and dashboard, and runs timers and queues.") { urls, backlog };
        command.SetAction((parsed, cancellation) => context.WithShopAsync(parsed, writes: true, async (shop, _) =>
        {
            await RunAsync(shop, parsed.GetValue(urls)!, context, cancellation, parsed.GetValue(backlog));
            return ExitCodes.Done;
        }, cancellation));
        return command;
    }

    public static Option<string> UrlsOption() => new("--urls")
    {
        Description = "Where to listen, separated by semicolons. Whatever it is, API and dashboard answer this machine only.",
        HelpName = "URLS", DefaultValueFactory = _ => LocalServer.DefaultUrls,
    };

    public static async Task RunAsync(IShop shop, string urls, CommandContext context, CancellationToken cancellation, int backlog = Backpressure.DefaultLimit)
    {
        await using var server = await LocalServer.StartAsync(shop.Parts, urls, context.Clock, cancellation, backlog);
        foreach (var address in server.Addresses)
        {
            await context.Streams.Error.WriteLineAsync($"Serving {address} (dashboard: {address}/dashboard). Stop with Ctrl+C.");
        }

        await server.WaitForStopAsync(cancellation);
    }
}
