using System.CommandLine;
using Segue.Local.Serving;

namespace Segue.Local.Commands;

/// <summary><c>serve</c>.</summary>
internal static class ServeCommand
{
    public static Command Create(CommandContext context)
    {
        var urls = UrlsOption();
        var command = new Command("serve", "Serves API and dashboard, and runs timers and queues.") { urls };
        command.SetAction((parsed, cancellation) => context.WithShopAsync(parsed, writes: true, async (shop, _) =>
        {
            await RunAsync(shop, parsed.GetValue(urls)!, context, cancellation);
            return ExitCodes.Done;
        }, cancellation));
        return command;
    }

    public static Option<string> UrlsOption() => new("--urls")
    {
        Description = "Where to listen, separated by semicolons. Whatever it is, API and dashboard answer this machine only.",
        HelpName = "URLS", DefaultValueFactory = _ => LocalServer.DefaultUrls,
    };

    public static async Task RunAsync(IShop shop, string urls, CommandContext context, CancellationToken cancellation)
    {
        await using var server = await LocalServer.StartAsync(shop.Parts, urls, context.Clock, cancellation);
        foreach (var address in server.Addresses)
        {
            await context.Streams.Error.WriteLineAsync($"Serving {address} (dashboard: {address}/dashboard). Stop with Ctrl+C.");
        }

        await server.WaitForStopAsync(cancellation);
    }
}
